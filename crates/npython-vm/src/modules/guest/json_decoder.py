"""Reading JSON."""

from json.scanner import make_scanner

__all__ = ["JSONDecoder", "JSONDecodeError"]

NaN = float("nan")
PosInf = float("inf")
NegInf = float("-inf")

_CONSTANTS = {"-Infinity": NegInf, "Infinity": PosInf, "NaN": NaN}


class JSONDecodeError(ValueError):
    """A text is no JSON: `msg` says what is wrong, `doc` is the text, `pos`, `lineno` and `colno` are where."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def scanstring(s, end, strict=True):
    """The string whose opening quote stands before `end`, and the position behind its closing quote."""
    found = _npython_json_scan_string(s, end, bool(strict))
    if len(found) == 2:
        return found
    raise JSONDecodeError(found[1], s, found[2])


def _check_text(s):
    if isinstance(s, str):
        return
    if isinstance(s, (bytes, bytearray, memoryview)):
        raise TypeError("cannot use a string pattern on a bytes-like object")
    raise TypeError(f"expected string or bytes-like object, got {type(s).__name__!r}")


class JSONDecoder:
    """Reads JSON. The hooks make the values: of objects, of the pairs of objects, of floats, ints and constants."""

    def __init__(
        self,
        *,
        object_hook=None,
        parse_float=None,
        parse_int=None,
        parse_constant=None,
        strict=True,
        object_pairs_hook=None,
    ):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.parse_string = scanstring
        self.memo = {}
        self._plain_constant = not parse_constant
        self.scan_once = make_scanner(self)

    def decode(self, s, _w=None):
        """The value of a whole text."""
        _check_text(s)
        start = 0
        while s[start : start + 1] in _SPACE:
            start += 1
        value, end = self.raw_decode(s, idx=start)
        length = len(s)
        while end < length and s[end] in " \t\n\r":
            end += 1
        if end != length:
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value at a position of a text, and the position behind it."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as err:
            raise JSONDecodeError("Expecting value", s, err.value) from None


_SPACE = (" ", "\t", "\n", "\r")
