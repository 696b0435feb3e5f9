"""The body of a response: decompressed, never larger than allowed, at any time."""

from __future__ import annotations

import codecs
import zlib
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["accepted_codings", "collect", "text_encoding"]

#: The most that is decompressed before it is counted.
_PIECE = 65_536
#: Encodings of text; other codecs of Python compress, escape, or take their time.
_TEXT_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in (
        *("ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r", "koi8-u", "mac-roman"),
        *("big5", "gb2312", "gbk", "gb18030", "shift_jis", "euc_jp", "iso2022_jp", "euc_kr"),
        *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
        *(f"cp{number}" for number in range(1250, 1259)),
    )
)


class _Decoder(Protocol):
    """Turns pieces of a coded body into pieces of the body."""

    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def finish(self) -> None:
        """Raise ValueError if the body is not complete."""


def accepted_codings() -> str:
    """Return what the Accept-Encoding header says."""
    return "gzip, deflate, br" if _brotli() is not None else "gzip, deflate"


def collect(chunks: Iterable[bytes], coding: str, largest: int, charge: Callable[[int], None]) -> bytes:
    """Read a body and undo its coding.

    Args:
        chunks: The body as it arrives.
        coding: The Content-Encoding header.
        largest: Bytes it may have, as sent and decompressed.
        charge: Told the number of bytes of each piece before the piece is kept.

    Raises:
        ValueError: It is larger, or not what the header says.
    """
    decoder = _decoder(coding.strip().lower())
    body = bytearray()
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > largest:
            raise _too_large(largest)
        for piece in decoder.feed(chunk):
            if len(body) + len(piece) > largest:
                raise _too_large(largest)
            charge(len(piece))
            body += piece
    if received:
        decoder.finish()
    return bytes(body)


def text_encoding(content_type: str) -> str:
    """Return the encoding that a Content-Type header names if it is one of text, else UTF-8."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            try:
                found = codecs.lookup(value.strip().strip("\"'")[:40]).name
            except (LookupError, ValueError):
                break
            return found if found in _TEXT_ENCODINGS else "utf-8"
    return "utf-8"


def _too_large(largest: int) -> ValueError:
    return ValueError(f"the response is larger than {largest} bytes")


def _decoder(coding: str) -> _Decoder:
    if coding in ("", "identity"):
        return _Identity()
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Zlib()
    brotli = _brotli()
    if coding == "br" and brotli is not None:
        return _Brotli(brotli)
    raise ValueError("the response has a content coding that was not asked for")


def _brotli() -> Any | None:
    """Return the optional package, if it is there and can bound its output."""
    try:
        import brotli  # type: ignore[import-untyped]
    except ImportError:
        return None
    return brotli if hasattr(brotli.Decompressor, "can_accept_more_data") else None


class _Identity:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        pass


class _Zlib:
    """gzip (also several members, one after another), and both things that are called deflate."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._first = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        data = self._first + data
        if self._stream is None and len(data) < 2:  # noqa: PLR2004 - what tells one kind from another is in two bytes
            self._first = data
            return
        self._first = b""
        while data:
            if self._stream is None:
                self._stream = zlib.decompressobj(_window(data))
            try:
                piece = self._stream.decompress(data, _PIECE)
            except zlib.error:
                raise ValueError("the response is not compressed as it says") from None
            if piece:
                yield piece
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._stream.unused_data
                if not data.startswith(b"\x1f\x8b"):  # what follows is padding
                    return
                self._stream = None

    def finish(self) -> None:
        if self._stream is None or not self._stream.eof:
            raise ValueError("the compressed response is not complete")


def _window(data: bytes) -> int:
    """Return what tells zlib which format this is: gzip, zlib, or neither header."""
    if data.startswith(b"\x1f\x8b"):
        return 16 + zlib.MAX_WBITS
    is_zlib = data[0] & 15 == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


class _Brotli:
    def __init__(self, brotli: Any) -> None:
        self._error = brotli.error
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            piece = self._stream.process(data, output_buffer_limit=_PIECE)
            while piece:
                yield piece
                piece = self._stream.process(b"", output_buffer_limit=_PIECE)
        except self._error:
            raise ValueError("the response is not compressed as it says") from None

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise ValueError("the compressed response is not complete")
