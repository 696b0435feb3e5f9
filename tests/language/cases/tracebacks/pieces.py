import re
import traceback


def show(*values):
    print(*[re.sub('File "[^"]*/', 'File "', str(value)) for value in values])


def fail():
    raise ValueError("x")


try:
    fail()
except ValueError as error:
    saved = error.__traceback__
    error.__traceback__ = None
    show(error.__traceback__, [entry.name for entry in traceback.extract_tb(saved)])
    error.__traceback__ = saved
    show([entry.name for entry in traceback.extract_tb(error.__traceback__)], error.__traceback__ is saved)
    other = KeyError("k").with_traceback(saved)
    show([entry.name for entry in traceback.extract_tb(other.__traceback__)], other.__traceback__ is saved)
    show(traceback.format_tb(saved))
    show(traceback.format_tb(saved, 1), traceback.format_tb(saved, -1), traceback.format_tb(None))
    show(traceback.format_exception(error))
    show(traceback.format_exception(error, limit=1))
    show(traceback.format_exception_only(error), traceback.format_exception_only(ValueError("a\nb")))
    show(traceback.format_list(traceback.extract_tb(saved)))
    show(traceback.StackSummary.from_list([("file.py", 3, "function", "the source")]).format())
    told = traceback.TracebackException.from_exception(error)
    show(list(told.format()), str(told), told.exc_type_str, list(told.format_exception_only()), len(told.stack))
    error.add_note("a note")
    show(traceback.format_exception_only(error))


def chained():
    try:
        fail()
    except ValueError as error:
        raise RuntimeError("second") from error


try:
    chained()
except RuntimeError as error:
    show(traceback.format_exception(error))
    show(traceback.format_exception(error, chain=False))
    told = traceback.TracebackException.from_exception(error)
    show(list(told.format()), told.__cause__.exc_type_str, told.__context__ is not None)
try:
    compile("x y", "<agent>", "exec")
except SyntaxError as error:
    show(traceback.format_exception_only(error))
