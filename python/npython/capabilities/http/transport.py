"""A connection to addresses that were checked, on which nothing takes longer than the deadline.

The address a request goes to is decided before: no name is looked up here, no proxy is asked, no variable of the
environment is read. Server name and certificate are those of the host in the URL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator, Sequence

    from npython.capabilities.http.deadline import Deadline
    from npython.capabilities.http.resolver import Address
    from npython.capabilities.http.url import Target

__all__ = ["PinnedTransport"]

_PIECE = 65_536


class PinnedTransport(httpx.BaseTransport):
    """Sends one request over a connection of its own.

    Args:
        target: Where the request goes.
        addresses: Where the host is, in the order to try.
        deadline: Until when the response must be there.
        tls: How certificates are checked; not used for "http".
    """

    def __init__(
        self, target: Target, addresses: Sequence[Address], deadline: Deadline, tls: ssl.SSLContext | None
    ) -> None:
        self._target = target
        self._origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
        self._connection = httpcore.HTTPConnection(
            self._origin, ssl_context=tls, network_backend=_PinnedBackend(addresses, target.port, deadline)
        )

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

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class _Body(httpx.SyncByteStream):
    """The bytes of a response as they arrive."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects to the given addresses, whatever it is asked for."""

    def __init__(self, addresses: Sequence[Address], port: int, deadline: Deadline) -> None:
        self._addresses = addresses
        self._port = port
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - pinned
        port: int,  # noqa: ARG002 - pinned
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
        local_address: str | None = None,  # noqa: ARG002 - none
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses:
            try:
                stream = self._plain.connect_tcp(
                    str(address), self._port, timeout=self._deadline.remaining(), socket_options=socket_options
                )
            except httpcore.ConnectError as error:  # noqa: PERF203 - a few addresses
                failure = error
            else:
                return _DeadlineStream(stream, self._deadline)
        raise failure


class _DeadlineStream(httpcore.NetworkStream):
    """A stream each of whose operations may take what is left until the deadline, so that all together take no more."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline decides
        return self._stream.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline decides
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], self._deadline.remaining())

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining())
        return _DeadlineStream(secured, self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
