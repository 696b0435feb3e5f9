"""From a host name to the addresses that a request may use."""

from __future__ import annotations

import ipaddress
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from npython.capabilities.http.deadline import Deadline

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address
    Resolver = Callable[[str, int], Sequence[str]]

__all__ = ["resolve", "system_resolver"]

_MOST_ADDRESSES = 16
#: Look-ups that have been given up cannot be stopped: no more than these go on at once.
_SLOTS = threading.BoundedSemaphore(16)


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses that the operating system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def resolve(host: str, port: int, resolver: Resolver, deadline: Deadline) -> list[Address]:
    """Ask a resolver, for no longer than the deadline.

    Raises:
        ConnectionError: There is no address, or none that can be understood.
        TimeoutError: It took too long.
    """
    while not _SLOTS.acquire(timeout=deadline.pause()):
        pass
    answers: list[Sequence[str]] = []

    def look_up() -> None:
        try:
            answers.append(resolver(host, port))
        except Exception:  # noqa: BLE001, S110 - whatever it is, there is no answer, and its text may name the host's network
            pass
        finally:
            _SLOTS.release()

    thread = threading.Thread(target=look_up, daemon=True, name="npython-resolver")
    try:
        thread.start()
    except BaseException:
        _SLOTS.release()
        raise
    while thread.is_alive():
        thread.join(deadline.pause())
    if not answers or not answers[0]:
        raise ConnectionError(f"there is no host {host!r}")
    try:
        return [ipaddress.ip_address(text) for text in dict.fromkeys(answers[0][:_MOST_ADDRESSES])]
    except ValueError:
        raise ConnectionError(f"there is no host {host!r}") from None
