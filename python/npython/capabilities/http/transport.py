"""HTTP over a connection that goes where it was decided to go.

The address a request goes to is decided before: no name is looked up here, no proxy is asked, no variable of the
environment is read. Server name and certificate are those of the host in the URL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator

    from npython.capabilities.http.stream import WatchedStream
    from npython.capabilities.http.url import Target

__all__ = ["PinnedTransport"]


class PinnedTransport(httpx.BaseTransport):
    """Sends one request over one connection.

    Args:
        target: Where the request goes.
        stream: Returns the connection to where that is.
        tls: How certificates are checked; not used for "http".
    """

    def __init__(self, target: Target, stream: Callable[[], WatchedStream], tls: ssl.SSLContext | None) -> None:
        self._target = target
        self._origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
        self._backend = _PinnedBackend(stream)
        self._connection = httpcore.HTTPConnection(self._origin, ssl_context=tls, network_backend=self._backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; the body of the response is read as its stream is.

        Raises:
            httpcore.NetworkError: No connection, or a broken one.
            httpcore.ProtocolError: The answer is not HTTP.
            TimeoutError: The deadline has passed.
        """
        url = httpcore.URL(
            scheme=self._origin.scheme,
            host=self._origin.host,
            port=self._origin.port,
            target=self._target.path.encode("ascii"),
        )
        response = self._connection.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, content=request.content)
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def release(self) -> WatchedStream | None:
        """Return the connection if it can carry another request: the response is complete, the server still there."""
        stream = self._backend.made
        if stream is None or not self._connection.is_idle() or self._connection.has_expired():
            return None
        self._backend.made = None
        return stream

    def close(self) -> None:
        """Close the connection, unless it was released."""
        if self._backend.made is not None:
            self._backend.made.close()


class _Body(httpx.SyncByteStream):
    """The bytes of a response as they arrive."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _PinnedBackend(httpcore.NetworkBackend):
    """Has one connection, whatever it is asked for."""

    def __init__(self, stream: Callable[[], WatchedStream]) -> None:
        self._stream = stream
        self.made: WatchedStream | None = None

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - pinned
        port: int,  # noqa: ARG002 - pinned
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
        local_address: str | None = None,  # noqa: ARG002 - none
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - none
    ) -> httpcore.NetworkStream:
        """Return the connection."""
        self.made = self._stream()
        return self.made
