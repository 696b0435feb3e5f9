"""close raises GeneratorExit inside; yielding then is an error."""
def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("cleanup")
it = g()
next(it)
print(it.close(), it.close(), next(it, "closed"))
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)
def returning():
    try:
        yield
    except GeneratorExit:
        return "value"
r = returning()
next(r)
print(r.close())
g().close()
