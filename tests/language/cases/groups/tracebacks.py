import re
import traceback


class Named(ExceptionGroup):
    pass


class Telling(Exception):
    def __str__(self):
        return "told by itself"


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def show(error):
    print(re.sub('File ".*/', 'File "', "".join(traceback.format_exception(error))))


many = raised(ExceptionGroup("many", [ValueError(1), raised(TypeError("two\nlines")), Telling()]))
show(many)
print(traceback.format_exception_only(many))
print(traceback.format_exception_only(many, show_group=True))
nested = Named("outer", [ExceptionGroup("inner", [KeyError("k"), ValueError()]), OSError(2, "gone")])
show(nested)
show(raised(Named("last", [ValueError(), raised(ExceptionGroup("inner", [raised(KeyError("k"))]))])))
show(ExceptionGroup("crowd", [ValueError(number) for number in range(15)]))
show(ExceptionGroup("crowd", [ValueError(number) for number in range(16)]))
show(ExceptionGroup("crowd", [ValueError(number) for number in range(20)]))
deep = ValueError("bottom")
for level in range(13):
    deep = ExceptionGroup(f"level {level}", [deep])
show(deep)


def chained():
    try:
        raise ExceptionGroup("first", [ValueError("a")])
    except ExceptionGroup:
        raise RuntimeError("second")


try:
    chained()
except RuntimeError as error:
    show(error)
    error.add_note("a note\nin two lines")
    show(ExceptionGroup("around", [error, ValueError("b")]))
try:
    try:
        raise KeyError("cause")
    except KeyError as cause:
        raise ExceptionGroup("with a cause", [ValueError("a"), TypeError("b")]) from cause
except* ValueError:
    print("values")
except* TypeError as rest:
    rest.add_note("left over")
    show(rest)
    print(traceback.format_exception_only(rest))
