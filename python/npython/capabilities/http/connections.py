"""Connections that stay open for the next request of the same run.

One is used again only for the very same server (scheme, host, port: so also the same name in its certificate) and under
the very same grant. It goes to an address that was checked when it was made; a name is looked up again, and the answer
checked again, for each new connection.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from npython.capabilities.http.deadline import Deadline
    from npython.capabilities.http.stream import WatchedStream
    from npython.security.grant import Grant

__all__ = ["Connections", "Place"]

_MOST = 4
#: Seconds after which a server may well have forgotten about a connection.
_LONGEST_IDLE = 4.0


class Place(NamedTuple):
    """What must be the same for a connection to be used again.

    Attributes:
        grant: What the program may do; equal where all restrictions are.
        usage: The counter of its token, which tells tokens with equal restrictions apart.
        origin: Scheme, host and port.
    """

    grant: Grant
    usage: object
    origin: tuple[str, str, int]


class Connections:
    """The idle connections of one run, used by one request at a time each."""

    __slots__ = ("_clock", "_idle")

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._idle: dict[Place, tuple[WatchedStream, float]] = {}

    def take(self, place: Place, deadline: Deadline) -> WatchedStream | None:
        """Return the connection to a place for a request with this deadline, if one was kept and is still good."""
        stream, since = self._idle.pop(place, (None, 0.0))
        if stream is None:
            return None
        if self._clock() - since > _LONGEST_IDLE or stream.get_extra_info("is_readable"):
            stream.close()
            return None
        stream.deadline = deadline
        stream.received = 0
        return stream

    def keep(self, place: Place, stream: WatchedStream) -> None:
        """Keep a connection that is idle now."""
        forgotten = self._idle.pop(place, None)
        if forgotten is None and len(self._idle) >= _MOST:
            forgotten = self._idle.pop(next(iter(self._idle)))
        if forgotten is not None:
            forgotten[0].close()
        self._idle[place] = stream, self._clock()

    def close(self) -> None:
        """Close all of them."""
        while self._idle:
            self._idle.popitem()[1][0].close()
