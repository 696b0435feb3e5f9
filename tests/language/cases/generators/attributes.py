"""Names and types of generators."""
def gen():
    yield
it = gen()
print(type(it).__name__, it.__name__, it.__qualname__, hasattr(it, "send"), it.gi_running, it.gi_suspended, iter(it) is it)
next(it)
print(it.gi_suspended)
expression = (x for x in [])
print(expression.__name__, type(expression) is type(it))
try:
    len(it)
except TypeError as error:
    print(error)
