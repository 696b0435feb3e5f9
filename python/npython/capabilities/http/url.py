"""Reading a URL in the one way that leaves nothing to interpretation: what is ambiguous is refused."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

__all__ = ["Target", "join", "parse"]

_LONGEST_URL = 8192
_LONGEST_NAME = 253
_LARGEST_PORT = 65535
_DEFAULT_PORTS = {"http": 80, "https": 443}
#: What RFC 3986 allows in a path and a query, and what servers see every day besides.
_TARGET = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?%\[\]|^{}\"<>`-]*", re.ASCII)
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@dataclass(frozen=True)
class Target:
    """Where a request goes.

    Attributes:
        scheme: "http" or "https".
        host: A name or address in lower case, IPv6 without brackets.
        port: From 1 to 65535.
        path: The path and query as sent; starts with a slash.
        address: The host if it is an address, else `None`.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: ipaddress.IPv4Address | ipaddress.IPv6Address | None

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must be the same for a request to stay with the same server."""
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        """The URL in its normal form."""
        return f"{self.scheme}://{self.authority}{self.path}"

    def decoded_path(self) -> str | None:
        """Return the path without percent signs, for a comparison; `None` if the decoded one has another structure."""
        from urllib.parse import unquote_to_bytes

        segments = self.path.partition("?")[0].split("/")
        try:
            decoded = [unquote_to_bytes(segment).decode("utf-8") for segment in segments]
        except UnicodeDecodeError:
            return None
        if any("/" in segment or "\\" in segment or "%" in segment or ";" in segment for segment in decoded):
            return None
        return "/".join(decoded)


def parse(url: str) -> Target:
    """Read a URL.

    Raises:
        ValueError: It is not one that every reader understands in the same way.
    """
    if not isinstance(url, str):
        raise ValueError(f"a URL is text, not {type(url).__name__}")  # noqa: TRY004 - one kind of error for all of it
    if len(url) > _LONGEST_URL:
        raise ValueError(f"the URL is longer than {_LONGEST_URL} characters")
    if "\\" in url or not url.isprintable() or " " in url:
        raise ValueError("the URL has a space, a backslash or a control character; write them as %20, %5C, ...")
    scheme, separator, rest = url.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in _DEFAULT_PORTS:
        raise ValueError("the URL must start with https:// or http://")
    end = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    host, port = _authority(rest[:end])
    path = rest[end:].partition("#")[0]
    path = quote(path, safe="%!$&'()*+,;=:@/?[]|^{}\"<>`~") if not path.isascii() else path
    if _PERCENT.search(path) or not _TARGET.fullmatch(path):
        raise ValueError("the URL has a percent sign that is not followed by two hexadecimal digits")
    if not path.startswith("/"):
        path = "/" + path
    name, address = _host(host)
    return Target(scheme, name, port or _DEFAULT_PORTS[scheme], path, address)


def join(base: Target, location: str) -> Target:
    """Follow a redirect's Location from `base`.

    Raises:
        ValueError: It does not lead to a URL as `parse` understands it.
    """
    if "\\" in location or not location.isprintable() or " " in location:
        raise ValueError("the redirect has a space, a backslash or a control character")
    if _SCHEME.match(location):
        return parse(location)
    return parse(f"{base.scheme}:{location}" if location.startswith("//") else urljoin(base.url, location))


def _authority(text: str) -> tuple[str, int | None]:
    """Split host and port."""
    if "@" in text:
        raise ValueError("the URL has a user name or password before the host; send them as a header")
    if text.startswith("["):
        host, bracket, rest = text.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise ValueError("the URL has no closed IPv6 address")
        host, colon, port = host + bracket, rest[:1], rest[1:]
    else:
        host, colon, port = text.partition(":")
    if not colon:
        return host, None
    if not _PORT.fullmatch(port) or int(port) > _LARGEST_PORT:
        raise ValueError("the URL has a port that is no number from 1 to 65535")
    return host, int(port)


def _host(text: str) -> tuple[str, ipaddress.IPv4Address | ipaddress.IPv6Address | None]:
    """Check a host and return it in lower case, and as an address if it is one."""
    if not text.isascii():
        raise ValueError("the URL has a host with letters outside ASCII; write it in its xn-- form")
    host = text.lower()
    try:
        if host.startswith("["):
            address = ipaddress.IPv6Address(host[1:-1].replace("%", "/"))  # no zones: they are of this machine
            return str(address), address
        labels = host.split(".")
        if _NUMBER.fullmatch(labels[-1]):  # then everything reads it as an IPv4 address, in some way
            return host, ipaddress.IPv4Address(host)
    except ValueError:
        raise ValueError("the URL has an address that is not written in its usual form") from None
    if len(host) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("the URL has no valid host name")
    return host, None
