"""Tracebacks as text."""

__all__ = [
    "FrameSummary", "StackSummary", "TracebackException", "extract_tb", "format_exc", "format_exception",
    "format_exception_only", "format_list", "format_tb", "print_exc", "print_exception", "print_tb",
]

_HEADER = "Traceback (most recent call last):\n"


class FrameSummary:
    """One entry of a traceback."""

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "line", "locals", "_text")

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
        self._text = None

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

    @classmethod
    def from_list(cls, a_list):
        made = cls()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, line, name, text = entry
                entry = FrameSummary(filename, line, name, line=text)
            made.append(entry)
        return made

    def format_frame_summary(self, frame_summary, **kwargs):
        if frame_summary._text is not None:
            return frame_summary._text
        text = f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        return f"{text}    {frame_summary.line}\n" if frame_summary.line else text

    def format(self, **kwargs):
        return [self.format_frame_summary(entry) for entry in self]


def _limited(entries, limit):
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


def extract_tb(tb, limit=None):
    """The entries of a traceback: all, the first so many, or with a negative limit the last so many."""
    made = StackSummary()
    for filename, line, name, text, end_line, column, end_column in _npython_traceback_entries(tb):
        made.append(
            FrameSummary(filename, line, name.rpartition(".")[2], line=text, end_lineno=end_line, colno=column, end_colno=end_column)
        )
    texts = _entries_of_traceback(tb)
    if len(texts) == len(made):
        for entry, text in zip(made, texts):
            entry._text = text
    made[:] = _limited(made, limit)
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
    _npython_describe(_npython_told_exceptions(error, bool(chain)))
    return _npython_format_exception(error, bool(chain))


def _as_error(exc, value):
    return value if isinstance(value, BaseException) or value is None and isinstance(exc, type) else exc


def _lines(text):
    return text.splitlines(True)


def _grouped(lines):
    """The lines of each entry of a traceback together."""
    entries = []
    for line in lines:
        if not entries or line.startswith(("  File ", "  [Previous line repeated ")):
            entries.append(line)
        else:
            entries[-1] += line
    return entries


def _text_of_traceback(tb):
    if tb is None:
        return ""
    error = Exception()
    error.__traceback__ = tb
    return _npython_format_exception(error, False).removesuffix("Exception\n")


def _entries_of_traceback(tb):
    return _grouped(_lines(_text_of_traceback(tb))[1:])


def _pieces(error, limit):
    """What is told of one exception: the header, each entry of the traceback, and the exception itself."""
    entries = _limited(_entries_of_traceback(error.__traceback__), limit)
    header = [] if error.__traceback__ is None else [_HEADER]
    return [*header, *entries, *format_exception_only(error)]


def format_exception(exc, /, value=..., tb=..., limit=None, chain=True):
    error = exc if value is ... else _as_error(exc, value)
    if error is None:
        return ["NoneType: None\n"]
    errors = _chain(error) if chain else [error]
    if any(isinstance(error, BaseExceptionGroup) for error in errors):
        return _lines(_text(error, chain))
    pieces = _pieces(errors[-1], limit)
    for error in reversed(errors[:-1]):
        if error.__cause__ is not None:
            pieces.append("\nThe above exception was the direct cause of the following exception:\n\n")
        else:
            pieces.append("\nDuring handling of the above exception, another exception occurred:\n\n")
        pieces += _pieces(error, limit)
    return pieces


def _type_name(kind):
    return kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"


def _notes(error):
    return [f"{line}\n" for note in getattr(error, "__notes__", ()) for line in str(note).split("\n")]


def _only(error, show_group, depth):
    indent = "   " * depth
    if isinstance(error, BaseExceptionGroup):
        lines = [f"{_type_name(type(error))}: {error}\n", *_notes(error)]
    else:
        text = _text(error, False).removeprefix(_text_of_traceback(error.__traceback__))
        has_parts = isinstance(error, SyntaxError) or getattr(error, "__notes__", None)
        lines = _lines(text) if has_parts else [text]
    if depth:
        lines = [f"{indent}{line}" for text in lines for line in text.splitlines(True)]
    if show_group and isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            lines += _only(member, show_group, depth + 1)
    return lines


def format_exception_only(exc, /, value=..., *, show_group=False):
    error = exc if value is ... else _as_error(exc, value)
    if error is None:
        return ["NoneType: None\n"]
    return _only(error, show_group, 0)


def format_exc(limit=None, chain=True):
    return "".join(format_exception(_npython_handled_exception(), limit=limit, chain=chain))


def _print(text, file):
    if file is None:
        _npython_write_error_output(text)
    else:
        print(text, file=file, end="")


def print_exception(exc, /, value=..., tb=..., limit=None, file=None, chain=True):
    _print("".join(format_exception(exc, value, tb, limit, chain)), file)


def print_exc(limit=None, file=None, chain=True):
    print_exception(_npython_handled_exception(), limit=limit, file=file, chain=chain)


def format_tb(tb, limit=None):
    return _limited(_entries_of_traceback(tb), limit)


def print_tb(tb, limit=None, file=None):
    _print("".join(format_tb(tb, limit)), file)


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    _print("".join(format_list(extracted_list)), file)


class TracebackException:
    """An exception as it is told, without the exception's own objects."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        self.exc_type = exc_type if save_exc_type else None
        self.stack = extract_tb(exc_traceback, limit)
        self._value_text = str(exc_value)
        self._only = format_exception_only(exc_value)
        self._with_group = format_exception_only(exc_value, show_group=True)
        self._all = format_exception(exc_value, limit=limit)
        self._unchained = format_exception(exc_value, limit=limit, chain=False)
        seen = [*(_seen or ()), exc_value]
        self.__suppress_context__ = exc_value.__suppress_context__
        self.__cause__ = self._of(exc_value.__cause__, seen, limit)
        is_told = self.__cause__ is None and not exc_value.__suppress_context__
        self.__context__ = self._of(exc_value.__context__, seen, limit) if is_told else None
        self.__notes__ = getattr(exc_value, "__notes__", None)

    def _of(self, error, seen, limit):
        if error is None or any(other is error for other in seen):
            return None
        return type(self)(type(error), error, error.__traceback__, limit=limit, _seen=seen)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type_str(self):
        return _type_name(self.exc_type)

    def __str__(self):
        return self._value_text

    def format(self, *, chain=True, **kwargs):
        yield from self._all if chain else self._unchained

    def format_exception_only(self, *, show_group=False, **kwargs):
        yield from self._with_group if show_group else self._only

    def print(self, *, file=None, chain=True, **kwargs):
        _print("".join(self.format(chain=chain)), file)
