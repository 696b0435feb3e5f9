"""How much JSON a value takes at least, known before it is written: what is written may take six times as much."""

from __future__ import annotations

from typing import Any

__all__ = ["takes_more"]


def takes_more(value: Any, most: int) -> bool:
    """Tell whether plain data certainly takes more than so many bytes of JSON: a byte for each part and character."""
    left = most
    waiting = [value]
    while waiting:
        part = waiting.pop()
        left -= len(part) if isinstance(part, str) else 1
        if left < 0:
            return True
        if isinstance(part, dict):
            waiting.extend(part)
            waiting.extend(part.values())
        elif isinstance(part, (list, tuple)):
            waiting.extend(part)
    return False
