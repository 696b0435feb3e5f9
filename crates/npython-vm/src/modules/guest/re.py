Pattern = _npython_pattern_type
Match = _npython_match_type

__version__ = "2.2.1"
__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split",
    "findall", "finditer", "compile", "purge", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U",
    "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE",
    "UNICODE", "NOFLAG", "RegexFlag", "PatternError",
]

_FLAGS = {
    "NOFLAG": 0,
    "ASCII": 256, "A": 256,
    "IGNORECASE": 2, "I": 2,
    "LOCALE": 4, "L": 4,
    "UNICODE": 32, "U": 32,
    "MULTILINE": 8, "M": 8,
    "DOTALL": 16, "S": 16,
    "VERBOSE": 64, "X": 64,
    "DEBUG": 128,
}

_MOST_PATTERNS = 256
_patterns = {}
_known = _patterns.get


class PatternError(Exception):
    """Exception raised for invalid regular expressions.

    Attributes:

        msg: The unformatted error message
        pattern: The regular expression pattern
        pos: The index in the pattern where compilation failed (may be None)
        lineno: The line corresponding to pos (may be None)
        colno: The column corresponding to pos (may be None)
    """

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        text = msg
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = 1 + pattern.count(newline, 0, pos)
            self.colno = pos - pattern.rfind(newline, 0, pos)
            text = f"{msg} at position {pos}"
            if newline in pattern:
                text = f"{text} (line {self.lineno}, column {self.colno})"
        Exception.__init__(self, text)


error = PatternError


def __getattr__(name):
    # Most programs use no flags, or only a few patterns; the enumeration is made for those that ask.
    if name != "RegexFlag" and name not in _FLAGS:
        raise AttributeError(f"module 're' has no attribute {name!r}")
    global RegexFlag, NOFLAG, ASCII, A, IGNORECASE, I, LOCALE, L, UNICODE, U, MULTILINE, M, DOTALL, S, VERBOSE, X, DEBUG
    RegexFlag = _make_flags()
    NOFLAG = RegexFlag.NOFLAG
    ASCII = A = RegexFlag.ASCII
    IGNORECASE = I = RegexFlag.IGNORECASE
    LOCALE = L = RegexFlag.LOCALE
    UNICODE = U = RegexFlag.UNICODE
    MULTILINE = M = RegexFlag.MULTILINE
    DOTALL = S = RegexFlag.DOTALL
    VERBOSE = X = RegexFlag.VERBOSE
    DEBUG = RegexFlag.DEBUG
    return RegexFlag if name == "RegexFlag" else RegexFlag[name]


def _make_flags():
    import enum

    made = enum.IntFlag("RegexFlag", _FLAGS, module="re", boundary=enum.KEEP)
    made.__str__ = object.__str__
    made._numeric_repr_ = hex
    made.__repr__ = enum.global_flag_repr
    return made


def _compile(pattern, flags):
    if flags.__class__ is not int:
        flags = int(flags)
    key = (pattern.__class__, pattern, flags)
    known = _known(key)
    if known is not None:
        return known
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError("first argument must be string or compiled pattern")
    made = _npython_regex_compile(pattern, flags)
    if made.__class__ is tuple:
        message, position = made
        if position is None:
            raise PatternError(message)
        raise PatternError(message, pattern, position)
    if len(_patterns) >= _MOST_PATTERNS:
        for oldest in _patterns:
            break
        del _patterns[oldest]
    _patterns[key] = made
    return made


def compile(pattern, flags=0):
    "Compile a regular expression pattern, returning a Pattern object."
    return _compile(pattern, flags)


def match(pattern, string, flags=0):
    """Try to apply the pattern at the start of the string, returning
    a Match object, or None if no match was found."""
    return (_known((pattern.__class__, pattern, flags)) or _compile(pattern, flags)).match(string)


def fullmatch(pattern, string, flags=0):
    """Try to apply the pattern to all of the string, returning
    a Match object, or None if no match was found."""
    return (_known((pattern.__class__, pattern, flags)) or _compile(pattern, flags)).fullmatch(string)


def search(pattern, string, flags=0):
    """Scan through string looking for a match to the pattern, returning
    a Match object, or None if no match was found."""
    return (_known((pattern.__class__, pattern, flags)) or _compile(pattern, flags)).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """Return the string obtained by replacing the leftmost
    non-overlapping occurrences of the pattern in string by the
    replacement repl."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """Return a 2-tuple containing (new_string, number)."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """Split the source string by the occurrences of the pattern,
    returning a list containing the resulting substrings."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """Return a list of all non-overlapping matches in the string."""
    return (_known((pattern.__class__, pattern, flags)) or _compile(pattern, flags)).findall(string)


def finditer(pattern, string, flags=0):
    """Return an iterator over all non-overlapping matches in the
    string.  For each match, the iterator returns a Match object."""
    return _compile(pattern, flags).finditer(string)


def purge():
    "Clear the regular expression caches"
    _patterns.clear()


_escapes = {ord(character): "\\" + character for character in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """
    Escape special characters in a string.
    """
    if isinstance(pattern, str):
        return pattern.translate(_escapes)
    return str(pattern, "latin1").translate(_escapes).encode("latin1")


class Scanner:
    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self.scanner = _compile("|".join([f"({phrase})" for phrase, _ in lexicon]), flags)

    def scan(self, string):
        result = []
        match = self.scanner.scanner(string).match
        position = 0
        while found := match():
            end = found.end()
            if end == position:
                break
            action = self.lexicon[found.lastindex - 1][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            position = end
        return result, string[position:]
