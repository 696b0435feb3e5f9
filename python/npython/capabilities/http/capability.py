"""HTTP-ENV: requests to the hosts that are allowed, and to no others."""

from __future__ import annotations

import functools
import time
from typing import TYPE_CHECKING, Any

from npython._arguments import callable_given, mapping, switch
from npython._limits import _BYTE_UNITS, _count, _seconds
from npython._run_time import current_run, seconds_left
from npython.capabilities.capability import Capability, may_block
from npython.capabilities.http.body import text_encoding
from npython.capabilities.http.deadline import Deadline
from npython.capabilities.http.message import checked_body, checked_headers, checked_method
from npython.capabilities.http.resolver import system_resolver
from npython.capabilities.http.rules import Rules
from npython.capabilities.http.url import parse

# At run time: the sandbox looks at the annotations to see which functions take the grant.
from npython.security.grant import Grant  # noqa: TC001

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Mapping

    from npython.capabilities.http.exchange import Answer, Exchange
    from npython.capabilities.http.resolver import Resolver

__all__ = ["HttpCapability"]

_DESCRIPTION = """\
HTTP requests: fetch(url, headers=None, timeout=None) and send_request(method, url, headers=None, body=None, \
json=None, timeout=None, follow_redirects=True). Both return a response with .status, .headers (names in any case), \
.text, .json(), .content (bytes), .url, .ok and .raise_for_status(). body is str or bytes; json is data to send. \
Hosts: {hosts}. \
Methods: {methods}. What is not allowed raises PermissionError, an unreachable host ConnectionError, a slow one \
TimeoutError, an invalid URL or too large a response ValueError."""


class HttpCapability(Capability):
    """HTTP-ENV: a program asks the hosts that are allowed.

    Args:
        hosts: `"api.example.com"`, `"*.example.com"` (subdomains), either with `":port"`; `"*"` for every public host.
            An address that is written here is meant, whatever it is for.
        private_hosts: Hosts that may be at private addresses, also without TLS. Those of clouds' metadata and the like
            are still refused, unless they are written here as addresses.
        methods: What the program may do.
        ports: Ports of hosts that are written without one; by default 80 and 443.
        plain_http: Whether public hosts may be asked without TLS.
        credentials: Headers by host (or `"host:port"`) that are added to its requests: the program need not know them.
        timeout: Seconds for a request with its redirects, from the first look-up to the last byte.
        max_bytes: The largest response, decompressed.
        max_request_bytes: The largest body that is sent.
        max_redirects: How many redirects are followed.
        max_headers: How many headers a response may have.
        resolver: Returns the addresses of a host, given its name and a port; by default the operating system.
        tls: How certificates are checked; by default against the authorities that come with httpx.

    Raises:
        ValueError: Something is malformed.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        *,
        private_hosts: Iterable[str] = (),
        methods: Iterable[str] = ("GET", "HEAD"),
        ports: Iterable[int] | None = None,
        plain_http: bool = False,
        credentials: Mapping[str, Mapping[str, str]] | None = None,
        timeout: float | str = 10.0,
        max_bytes: float | str = 4 * 2**20,
        max_request_bytes: float | str = 2**20,
        max_redirects: int = 5,
        max_headers: int = 100,
        resolver: Resolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        switch("plain_http", plain_http)
        rules = Rules.of(hosts, private_hosts, methods, ports, plain_http=plain_http)
        client = _Client(
            rules,
            credentials=_checked_credentials(mapping("credentials", credentials or {}, "hosts to headers")),
            seconds=_seconds(timeout, "timeout"),
            max_bytes=_count("max_bytes", max_bytes, _BYTE_UNITS, smallest=0),
            max_request_bytes=_count("max_request_bytes", max_request_bytes, _BYTE_UNITS, smallest=0),
            max_redirects=_count("max_redirects", max_redirects, {"": 1}, smallest=0),
            max_headers=_count("max_headers", max_headers, {"": 1}, smallest=0),
            resolver=system_resolver if resolver is None else callable_given("resolver", resolver),
            tls=_checked_context(tls),
        )
        allowed = [] if rules.hosts is None else [*(rules.hosts.hosts or ())]
        described = "every public host" if rules.hosts is None else ""
        names = ", ".join(filter(None, [described, *allowed, *(rules.private_hosts.hosts or ())]))
        super().__init__(
            scope="HTTP-ENV",
            functions={"_send_request": client.send_request},
            guest_source=_guest_source(),
            describe=_DESCRIPTION.format(hosts=names or "none", methods=", ".join(sorted(rules.methods))),
        )

    def __repr__(self) -> str:
        return f"HttpCapability({self.describe.partition('Hosts: ')[2].partition('. What')[0]})"


class _Client:
    """The host function, and what it needs."""

    def __init__(
        self,
        rules: Rules,
        *,
        credentials: Mapping[tuple[str, int | None], Mapping[str, str]],
        seconds: float,
        max_bytes: int,
        max_request_bytes: int,
        max_redirects: int,
        max_headers: int,
        resolver: Resolver,
        tls: ssl.SSLContext | None,
    ) -> None:
        self._seconds = seconds
        self._max_request_bytes = max_request_bytes
        self._exchange: Callable[[], Exchange] = functools.cache(
            lambda: _exchange(rules, (max_bytes, max_headers, max_redirects), resolver, tls, credentials)
        )

    @may_block
    def send_request(  # noqa: PLR0917 - called from guest/
        self,
        method: str,
        url: str,
        headers: dict[str, str] | None = None,
        body: str | bytes | None = None,
        data: Any = None,
        timeout: float | None = None,
        follow_redirects: bool = True,  # noqa: FBT001, FBT002
        *,
        grant: Grant,
    ) -> tuple[Any, ...]:
        """Send a request and return what the guest makes its response from."""
        from npython.capabilities.http.exchange import Request

        target = parse(url)
        verb = checked_method(method)
        sent = checked_headers(headers)
        content = checked_body(body, data, sent, self._max_request_bytes)
        run = current_run()
        seconds = self._allowed_seconds(timeout)
        deadline = Deadline(seconds, time.monotonic) if run is None else Deadline(seconds, time.monotonic, run.is_over)
        grant.check_call()
        answer = self._exchange().send(
            Request(verb, target, sent, content), deadline, grant, follow=bool(follow_redirects)
        )
        return _for_the_guest(answer)

    def _allowed_seconds(self, timeout: float | None) -> float:
        """Return the shortest of what the program, the embedder and the run allow."""
        if timeout is None:
            return seconds_left(self._seconds)
        if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not timeout > 0:
            raise ValueError("timeout must be a positive number of seconds")
        return seconds_left(min(self._seconds, timeout))


def _exchange(
    rules: Rules,
    bounds: tuple[int, int, int],
    resolver: Resolver,
    tls: ssl.SSLContext | None,
    credentials: Mapping[tuple[str, int | None], Mapping[str, str]],
) -> Exchange:
    """Import the library and make what all requests share."""
    try:
        from npython.capabilities.http.exchange import Bounds, Exchange, tls_context
    except ImportError as error:
        raise RuntimeError("HTTP-ENV needs the package httpx: pip install 'npython[http]'") from error
    return Exchange(rules, Bounds(*bounds), resolver, functools.cache(lambda: tls or tls_context()), credentials)


def _for_the_guest(answer: Answer) -> tuple[Any, ...]:
    """Return status, URL, headers, body, and its text if it is not in UTF-8, which the guest decodes itself."""
    headers: dict[str, str] = {}
    for name, value in answer.headers:
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    encoding = text_encoding(headers.get("content-type", ""))
    text = None if encoding == "utf-8" else answer.body.decode(encoding, "replace")
    return answer.status, answer.url, headers, answer.body, text


def _checked_credentials(credentials: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, int | None], dict[str, str]]:
    """Check headers that the embedder adds.

    Raises:
        ValueError: A host is no single host, or a header is malformed.
    """
    checked = {}
    for host, headers in credentials.items():
        if host.startswith("*"):
            raise ValueError(f"credentials are for one host each, which {host!r} is not")
        target = parse(f"https://{host}")
        named = host.rpartition("]")[2].rpartition(":")[2] if ":" in host.rpartition("]")[2] else None
        checked[target.host, None if named is None else target.port] = checked_headers(headers)
    return checked


def _checked_context(tls: ssl.SSLContext | None) -> ssl.SSLContext | None:
    if tls is not None and not hasattr(tls, "wrap_bio"):
        raise TypeError(f"tls must be an ssl.SSLContext, not {type(tls).__name__}")
    return tls


def _guest_source() -> str:
    from pathlib import Path

    return Path(__file__).with_name("guest").joinpath("response.py").read_text(encoding="utf-8")
