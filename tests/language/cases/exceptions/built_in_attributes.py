

def attempt(what, function):
    try:
        print(what, function())
    except Exception as error:
        print(what, type(error).__name__, error)


e = OSError(2, "text", "a", None, "b")
print(e.errno, e.strerror, e.filename, e.filename2, e, repr(e))
print(type(e).__name__, e.args)
e = OSError(5, "text", "a")
print(e.filename, e.filename2, e, e.args)
e.filename2 = "zzz"
print(e)
e = OSError("single")
print(e.errno, e.filename, e.filename2)
attempt("characters_written", lambda: BlockingIOError(11, "x").characters_written)
b = BlockingIOError(11, "x", 7)
print(b.characters_written, b.filename, b.args)
b.characters_written = 9
print(b.characters_written)
del b.characters_written
attempt("characters_written", lambda: b.characters_written)
attempt("wrong", lambda: setattr(b, "characters_written", "x"))
b = BlockingIOError(11, "x", "file")
print(b.filename)
attempt("no", lambda: b.characters_written)
attempt("os", lambda: OSError(1, "x").characters_written)

print(ExceptionGroup[int], BaseExceptionGroup[ValueError], ExceptionGroup[ValueError].__origin__)


def generator():
    yield


async def coroutine():
    pass


async def asynchronous():
    yield


g, c, a = generator(), coroutine(), asynchronous()
c.close()
print(type(g)[int, str, None], type(c)[int, str, int], type(a)[int, str])
print(StopIteration(1, 2).value, StopIteration().value, StopAsyncIteration(1).args)
print(ImportError("m", name="n", path="p").name, ImportError("m", name="n", path="p").path)
print(repr(ImportError("m", name="n")), ModuleNotFoundError("x", name="y").msg)
print(NameError("m", name="n").name, AttributeError("m", name="n", obj=3).obj)
print(SyntaxError("m", ("f", 1, 2, "t")).text, SyntaxError("m", ("f", 1, 2, "t", 3, 4)).end_offset)
