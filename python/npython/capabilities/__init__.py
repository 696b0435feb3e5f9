"""Capabilities in the box: what programs can be given to use inside `with scope(...)`.

```
ClockCapability         CLOCK-ENV    the time of day, and sleeping
EnvironmentCapability   ENV-ENV      named values
FilesystemCapability    FS-ENV       files beneath one directory
HttpCapability          HTTP-ENV     requests to hosts that are allowed
KeyValueCapability      KV-ENV       values by key that last from run to run
RandomnessCapability    RANDOM-ENV   random values
```

Any other `Capability` is made the same way: host functions, a scope, and guest Python if need be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npython.capabilities.capability import Capability

if TYPE_CHECKING:
    from npython.capabilities.clock import ClockCapability
    from npython.capabilities.environment import EnvironmentCapability
    from npython.capabilities.filesystem import FilesystemCapability
    from npython.capabilities.http import HttpCapability
    from npython.capabilities.key_value import KeyValueCapability
    from npython.capabilities.randomness import RandomnessCapability

__all__ = [
    "Capability",
    "ClockCapability",
    "EnvironmentCapability",
    "FilesystemCapability",
    "HttpCapability",
    "KeyValueCapability",
    "RandomnessCapability",
]

_MODULES = {
    "ClockCapability": "clock",
    "EnvironmentCapability": "environment",
    "FilesystemCapability": "filesystem",
    "HttpCapability": "http",
    "KeyValueCapability": "key_value",
    "RandomnessCapability": "randomness",
}


def __getattr__(name: str) -> object:
    """Import a capability when it is asked for: each needs modules that others do without."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
