"""What a program may say in a request, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from npython.capabilities.json_size import takes_more

__all__ = ["checked_body", "checked_headers", "checked_method", "headers_for_elsewhere"]

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}", re.ASCII)
_VALUE = re.compile(r"[\t\x20-\x7e]*", re.ASCII)
_METHOD = re.compile(r"[A-Z]{1,32}", re.ASCII)
_MOST_HEADERS = 64
_LONGEST_HEADERS = 16_384
#: Headers that belong to the connection, or by which a server may understand another request than was checked.
_RESERVED = frozenset(
    (
        *("host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade"),
        *("expect", "accept-encoding", "http2-settings", "via", "forwarded", "x-forwarded-host", "x-forwarded-for"),
        *("x-http-method", "x-http-method-override", "x-method-override", "x-original-url", "x-rewrite-url"),
    )
)
#: What goes along when a redirect leads to another server: nothing that could prove who asks.
_HARMLESS = frozenset(("accept", "accept-language", "content-type", "content-language", "user-agent"))


def checked_method(method: str) -> str:
    """Return a method in capitals.

    Raises:
        ValueError: It is none, or one that turns the connection into something else.
    """
    if not isinstance(method, str) or not _METHOD.fullmatch(method.upper() if method.isascii() else ""):
        raise ValueError("the method is no word of letters")
    if method.upper() in ("CONNECT", "TRACE", "TRACK"):
        raise ValueError(f"the method {method.upper()} is not possible")
    return method.upper()


def checked_headers(headers: object) -> dict[str, str]:
    """Return headers by their names in lower case.

    Raises:
        TypeError: They are no mapping of text to text.
        ValueError: One could be mistaken for something else, or is not for the program to set.
    """
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise TypeError(f"headers must be a dict, not {type(headers).__name__}")
    if len(headers) > _MOST_HEADERS:
        raise ValueError(f"no more than {_MOST_HEADERS} headers can be sent")
    checked = dict(_checked_header(name, value) for name, value in headers.items())
    if len(checked) != len(headers):
        raise ValueError("a header is there twice")
    if sum(len(name) + len(value) for name, value in checked.items()) > _LONGEST_HEADERS:
        raise ValueError(f"the headers are longer than {_LONGEST_HEADERS} characters")
    return checked


def _checked_header(name: object, value: object) -> tuple[str, str]:
    """Return a name in lower case and a value."""
    if not isinstance(name, str) or not isinstance(value, str):
        raise TypeError("the names and values of headers must be str")
    lowered = name.lower() if name.isascii() else ""
    if not _TOKEN.fullmatch(lowered):
        raise ValueError("a header has a name with characters that are not allowed")
    if not _VALUE.fullmatch(value):
        raise ValueError(f"the header {lowered} has a value with characters that are not allowed")
    if lowered in _RESERVED or lowered.startswith("proxy-"):
        raise ValueError(f"the header {lowered} cannot be set")
    return lowered, value.strip(" \t")


def headers_for_elsewhere(headers: Mapping[str, str]) -> dict[str, str]:
    """Return those headers that another server than the one they were meant for may get."""
    return {name: value for name, value in headers.items() if name in _HARMLESS}


def checked_body(body: object, data: object, headers: dict[str, str], largest: int) -> bytes:
    """Return the bytes to send, and set the Content-Type if the program has not.

    Args:
        body: Text, sent as UTF-8, or bytes.
        data: Anything that JSON can say.
        headers: Checked headers.
        largest: Bytes that can be sent.

    Raises:
        TypeError: It is neither, or both.
        ValueError: It is larger.
    """
    kind = None
    if data is not None:
        if body is not None:
            raise TypeError("give either body or json")
        import json

        if takes_more(data, largest):
            raise ValueError(f"the body is larger than {largest} bytes")
        body, kind = json.dumps(data, allow_nan=False, check_circular=False), "application/json"
    if isinstance(body, str):
        if len(body) > largest:
            raise ValueError(f"the body is larger than {largest} bytes")
        body, kind = body.encode("utf-8"), kind or "text/plain; charset=utf-8"
    if body is None:
        return b""
    if not isinstance(body, (bytes, bytearray)):
        raise TypeError(f"body must be str or bytes, not {type(body).__name__}; for other data there is json=")
    if len(body) > largest:
        raise ValueError(f"the body is larger than {largest} bytes")
    headers.setdefault("content-type", kind or "application/octet-stream")
    return bytes(body)
