"""Tracebacks as text."""

__all__ = ["format_exc", "format_exception", "format_exception_only", "print_exc", "print_exception"]


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
