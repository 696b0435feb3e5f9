"""Tracebacks as text."""

__all__ = [
    "FrameSummary", "StackSummary", "extract_tb", "format_exc", "format_exception", "format_exception_only", "print_exc",
    "print_exception",
]


class FrameSummary:
    """One entry of a traceback."""

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
                 end_colno=None, **kwargs):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self.line = None if line is None else line.strip()
        self.locals = locals

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (
                self.filename == other.filename and self.lineno == other.lineno and self.name == other.name
                and self.locals == other.locals
            )
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __getitem__(self, position):
        return (self.filename, self.lineno, self.name, self.line)[position]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4


class StackSummary(list):
    """The entries of a traceback, outermost first."""


def extract_tb(tb, limit=None):
    """The entries of a traceback: all, the first so many, or with a negative limit the last so many."""
    made = StackSummary()
    for filename, line, name, text, end_line, column, end_column in _npython_traceback_entries(tb):
        made.append(
            FrameSummary(filename, line, name.rpartition(".")[2], line=text, end_lineno=end_line, colno=column, end_colno=end_column)
        )
    if limit is not None:
        made[:] = made[:limit] if limit >= 0 else made[limit:]
    return made


def _chain(error):
    seen = []
    while error is not None and not any(other is error for other in seen) and len(seen) < 200:
        seen.append(error)
        if error.__cause__ is not None or error.__suppress_context__:
            error = error.__cause__
        else:
            error = error.__context__
    return seen


def _text(error, chain):
    _npython_describe(_chain(error) if chain else [error])
    return _npython_format_exception(error, bool(chain))


def _as_error(exc, value):
    return value if isinstance(value, BaseException) or value is None and isinstance(exc, type) else exc


def _lines(text):
    return [line for line in text.splitlines(True)]


def format_exception(exc, /, value=..., tb=..., limit=None, chain=True):
    error = exc if value is ... else _as_error(exc, value)
    if error is None:
        return ["NoneType: None\n"]
    return _lines(_text(error, chain))


def format_exception_only(exc, /, value=..., *, show_group=False):
    error = exc if value is ... else _as_error(exc, value)
    if error is None:
        return ["NoneType: None\n"]
    kept = error.__traceback__
    error.__traceback__ = None
    try:
        return _lines(_text(error, False))
    finally:
        error.__traceback__ = kept


def format_exc(limit=None, chain=True):
    return "".join(format_exception(_npython_handled_exception(), limit=limit, chain=chain))


def print_exception(exc, /, value=..., tb=..., limit=None, file=None, chain=True):
    text = "".join(format_exception(exc, value, tb, limit, chain))
    if file is None:
        _npython_write_error_output(text)
    else:
        print(text, file=file, end="")


def print_exc(limit=None, file=None, chain=True):
    print_exception(_npython_handled_exception(), limit=limit, file=file, chain=chain)
