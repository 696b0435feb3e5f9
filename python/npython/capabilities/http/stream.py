"""A TCP connection, with TLS or without, that never waits longer than its deadline, nor for a run that is over."""

from __future__ import annotations

import errno
import select
import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from npython.capabilities.http.deadline import Deadline
    from npython.capabilities.http.resolver import Address

__all__ = ["WatchedStream", "connect"]

_UNDER_WAY = frozenset((errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)))
_WANT_READ = (BlockingIOError, ssl.SSLWantReadError)


def connect(addresses: Sequence[Address], port: int, deadline: Deadline) -> WatchedStream:
    """Connect to the first of the addresses that answers.

    Raises:
        httpcore.ConnectError: None does.
        TimeoutError: The deadline has passed.
    """
    failure: Exception = httpcore.ConnectError("no address")
    for address in addresses:
        try:
            return WatchedStream(_connected(address, port, deadline), deadline)
        except httpcore.ConnectError as error:  # noqa: PERF203 - a few addresses
            failure = error
    raise failure


class WatchedStream(httpcore.NetworkStream):
    """Bytes to and from a server.

    Attributes:
        deadline: Of the request under way.
        received: Bytes that have come since this was last set to 0.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self.deadline = deadline
        self.received = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline decides
        """Return what has come, at least a byte; nothing at the end.

        Raises:
            httpcore.ReadError: The connection is broken.
            TimeoutError: The deadline has passed.
        """
        with _as_errors_of(httpcore.ReadError):
            while True:
                self.deadline.remaining()
                try:
                    data = self._connection.recv(max_bytes)
                except _WANT_READ:
                    _wait(self._connection, self.deadline)
                except ssl.SSLWantWriteError:
                    _wait(self._connection, self.deadline, write=True)
                else:
                    self.received += len(data)
                    return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline decides
        """Send all of it.

        Raises:
            httpcore.WriteError: The connection is broken.
            TimeoutError: The deadline has passed.
        """
        rest = memoryview(buffer)
        with _as_errors_of(httpcore.WriteError):
            while rest:
                self.deadline.remaining()
                try:
                    rest = rest[self._connection.send(rest) :]
                except ssl.SSLWantReadError:
                    _wait(self._connection, self.deadline)
                except (BlockingIOError, ssl.SSLWantWriteError):
                    _wait(self._connection, self.deadline, write=True)

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline decides
    ) -> WatchedStream:
        """Agree on TLS, unless that was done for an earlier request.

        Raises:
            httpcore.ConnectError: The server does not, or has no valid certificate.
            TimeoutError: The deadline has passed.
        """
        if isinstance(self._connection, ssl.SSLSocket):
            return self
        with _as_errors_of(httpcore.ConnectError):
            secured = ssl_context.wrap_socket(
                self._connection, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._connection = secured
            while True:
                try:
                    secured.do_handshake()
                except ssl.SSLWantReadError:  # noqa: PERF203 - each waits
                    _wait(secured, self.deadline)
                except ssl.SSLWantWriteError:
                    _wait(secured, self.deadline, write=True)
                else:
                    return self

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def get_extra_info(self, info: str) -> Any:
        """Tell what httpcore asks for: whether something has come, or the server has gone."""
        if info == "is_readable":
            connection = self._connection
            pending = isinstance(connection, ssl.SSLSocket) and connection.pending() > 0
            return pending or connection.fileno() < 0 or _is_ready(connection, 0.0)
        return None


def _connected(address: Address, port: int, deadline: Deadline) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - the version of the protocol
    with _as_errors_of(httpcore.ConnectError):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(0)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            code = connection.connect_ex((str(address), port))
            if code in _UNDER_WAY:
                _wait(connection, deadline, write=True)
                code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        except BaseException:
            connection.close()
            raise
        if code:
            connection.close()
            raise httpcore.ConnectError("nobody listens")
        return connection


def _wait(connection: socket.socket, deadline: Deadline, *, write: bool = False) -> None:
    """Wait until there is something to read, or room to write."""
    while not _is_ready(connection, deadline.pause(), write=write):
        pass


def _is_ready(connection: socket.socket, seconds: float, *, write: bool = False) -> bool:
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(connection, select.POLLOUT if write else select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    wanted = [connection]
    return any(select.select([] if write else wanted, wanted if write else [], wanted, seconds))


@contextmanager
def _as_errors_of(kind: type[Exception]) -> Iterator[None]:
    """Turn errors of the system into those of the library. A deadline that has passed is none of them."""
    try:
        yield
    except TimeoutError as error:
        if error.errno is None:
            raise
        raise kind(str(error)) from error
    except OSError as error:
        raise kind(str(error)) from error
