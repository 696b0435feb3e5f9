"""Raising inside except* handlers collects the new exceptions."""
try:
    try:
        raise ExceptionGroup("g", [ValueError("a"), TypeError("b")])
    except* ValueError:
        raise RuntimeError("from handler")
except ExceptionGroup as group:
    print(repr(group), [repr(e.__context__) for e in group.exceptions])
try:
    try:
        raise ExceptionGroup("g", [ValueError("a"), ValueError("b")])
    except* ValueError as inner:
        raise
except ExceptionGroup as group:
    print(repr(group))
try:
    try:
        1 / 0
    except* ExceptionGroup:
        pass
except Exception as error:
    print(type(error).__name__, error)
