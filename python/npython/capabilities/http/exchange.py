"""One request with its redirects, each of them checked like the first."""

from __future__ import annotations

import contextlib
import functools
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import httpcore
import httpx

from npython._run_time import current_run
from npython.capabilities.http import body as bodies
from npython.capabilities.http.connections import Connections, Place
from npython.capabilities.http.message import headers_for_elsewhere
from npython.capabilities.http.resolver import resolve
from npython.capabilities.http.stream import connect
from npython.capabilities.http.transport import PinnedTransport
from npython.capabilities.http.url import Target, join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from npython.capabilities.http.deadline import Deadline
    from npython.capabilities.http.resolver import Resolver
    from npython.capabilities.http.rules import Rules
    from npython.capabilities.http.stream import WatchedStream
    from npython.security.grant import Grant

__all__ = ["Answer", "Bounds", "Exchange", "Request", "tls_context"]

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_SEE_OTHER = 303
#: Sent over a connection that was used before: if the server has closed it meanwhile, they can be sent once more.
_REPEATABLE = frozenset(("GET", "HEAD"))


@dataclass(frozen=True)
class Bounds:
    """How large an answer may be, and how far away."""

    max_bytes: int
    max_headers: int
    max_redirects: int


class Request(NamedTuple):
    """What to send where."""

    method: str
    target: Target
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    url: str
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, eq=False)
class Exchange:
    """What all requests of a capability share."""

    rules: Rules
    bounds: Bounds
    resolver: Resolver
    tls: Callable[[], ssl.SSLContext]
    credentials: Mapping[tuple[str, int | None], Mapping[str, str]] = field(repr=False)

    def send(self, request: Request, deadline: Deadline, grant: Grant, *, follow: bool) -> Answer:
        """Send a request and follow where it leads.

        Raises:
            PermissionError: It leads to where the rules or the grant do not.
            ConnectionError: No answer, or not one of HTTP.
            TimeoutError: The deadline has passed.
            ValueError: The answer is too large, or there are too many redirects.
        """
        grant.charge_bytes(len(request.body))
        for _ in range(self.bounds.max_redirects + 1):
            grant.check_expiry()
            answer, location = self._once(request, deadline, grant)
            if location is None or not follow:
                return answer
            request = _redirected(request, answer.status, join(request.target, location))
        raise ValueError(f"there are more than {self.bounds.max_redirects} redirects")

    def _once(self, request: Request, deadline: Deadline, grant: Grant) -> tuple[Answer, str | None]:
        """Send one request and return the answer, and where it redirects to."""
        target = request.target
        self.rules.check_target(target, request.method, grant)
        kept = self._connections()
        place = Place(grant, grant.usage, target.origin)
        stream = kept.take(place, deadline) if kept is not None and request.method in _REPEATABLE else None
        if stream is not None:
            try:
                return self._over(functools.partial(_same, stream), request, grant, kept, place)
            except ConnectionError:
                if stream.received > 0:
                    raise
                # The server had closed it. That is no answer, so the request is sent over a new one.
                deadline.remaining()
        return self._over(lambda: self._connected(target, deadline), request, grant, kept, place)

    def _connections(self) -> Connections | None:
        """Return the connections that the run keeps for this capability, if a run calls."""
        run = current_run()
        if run is None:
            return None
        kept = run.kept.get(self)
        if not isinstance(kept, Connections):
            kept = run.kept[self] = Connections()
        return kept

    def _connected(self, target: Target, deadline: Deadline) -> WatchedStream:
        """Find out where the host is, check that, and connect to it."""
        if target.address is None:
            addresses = resolve(target.host, target.port, self.resolver, deadline)
        else:
            addresses = [target.address]
        self.rules.check_addresses(target, addresses)
        return connect(addresses, target.port, deadline)

    def _over(
        self,
        stream: Callable[[], WatchedStream],
        request: Request,
        grant: Grant,
        kept: Connections | None,
        place: Place,
    ) -> tuple[Answer, str | None]:
        """Send one request over a connection, and keep that for the next if it can be."""
        target = request.target
        tls = self.tls() if target.scheme == "https" else None
        with (
            _as_builtin_errors(target),
            contextlib.closing(PinnedTransport(target, stream, tls)) as transport,
        ):
            response = transport.handle_request(self._message(request, keep=kept is not None))
            answer = self._read(response, request, grant)
            response.close()
            released = transport.release() if kept is not None else None
            if kept is not None and released is not None:
                kept.keep(place, released)
            return answer

    def _message(self, request: Request, *, keep: bool) -> httpx.Request:
        headers = {
            "host": request.target.authority,
            "user-agent": "npython",
            "accept": "*/*",
            **request.headers,
            **self._credentials_for(request.target),
            "accept-encoding": bodies.accepted_codings(),
            "connection": "keep-alive" if keep else "close",
        }
        if request.body or request.method in ("POST", "PUT", "PATCH"):
            headers["content-length"] = str(len(request.body))
        # The transport goes where the target says; this URL is for show.
        message = httpx.Request(request.method, "http://target", headers=headers, content=request.body or None)
        message.headers = httpx.Headers(headers)
        return message

    def _credentials_for(self, target: Target) -> Mapping[str, str]:
        exact = self.credentials.get((target.host, target.port))
        return exact if exact is not None else self.credentials.get((target.host, None), {})

    def _read(self, response: httpx.Response, request: Request, grant: Grant) -> tuple[Answer, str | None]:
        """Read a response whose head is there."""
        if len(response.headers.raw) > self.bounds.max_headers:
            raise ValueError(f"the response has more than {self.bounds.max_headers} headers")
        headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw]
        location = None
        if response.status_code in _REDIRECTS:
            location = next((value for name, value in headers if name == "location"), None)
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and request.method != "HEAD" and int(declared[:20]) > self.bounds.max_bytes:
            raise ValueError(f"the response is larger than {self.bounds.max_bytes} bytes")
        coding = response.headers.get("content-encoding", "")
        if not isinstance(response.stream, httpx.SyncByteStream):
            raise ConnectionError("the response has no body")
        content = bodies.collect(response.stream, coding, self.bounds.max_bytes, grant.charge_bytes)
        return Answer(response.status_code, request.target.url, headers, content), location


def _same(stream: WatchedStream) -> WatchedStream:
    return stream


def tls_context() -> ssl.SSLContext:
    """Return how certificates are checked: against the authorities that come with httpx, whatever the environment."""
    return httpx.create_ssl_context(verify=True, trust_env=False)


def _redirected(request: Request, status: int, target: Target) -> Request:
    """Return the request that a redirect asks for.

    Raises:
        PermissionError: It would leave TLS.
    """
    if request.target.scheme == "https" and target.scheme != "https":
        raise PermissionError(f"the host {request.target.host!r} redirects to an address without https://")
    becomes_get = (status == _SEE_OTHER and request.method != "HEAD") or (
        status in (301, 302) and request.method == "POST"
    )
    headers = request.headers if target.origin == request.target.origin else headers_for_elsewhere(request.headers)
    if becomes_get:
        kept = {name: value for name, value in headers.items() if not name.startswith("content-")}
        return Request("GET", target, kept, b"")
    return request._replace(target=target, headers=headers)


@contextlib.contextmanager
def _as_builtin_errors(target: Target) -> Iterator[None]:
    """Turn the library's exceptions into built-in ones, which say nothing about the host's network."""
    try:
        yield
    except httpcore.TimeoutException:
        raise TimeoutError(f"the host {target.host!r} did not answer in time") from None
    except httpcore.ConnectError as error:
        causes = (error.__cause__, error.__context__)
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            raise ConnectionError(f"the host {target.host!r} has no valid certificate") from None
        raise ConnectionError(f"cannot connect to the host {target.host!r}") from None
    except (httpcore.NetworkError, OSError) as error:
        if isinstance(error, (TimeoutError, PermissionError, ConnectionError)):
            raise
        raise ConnectionError(f"the connection to the host {target.host!r} is broken") from None
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError):
        raise ConnectionError(f"the host {target.host!r} does not answer as HTTP wants it") from None
