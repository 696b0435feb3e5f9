"""yield, exhaustion, return value in StopIteration."""
def g():
    print("start")
    yield 1
    print("middle")
    yield 2
    return "result"
it = g()
print(iter(it) is it, next(it), next(it))
try:
    next(it)
except StopIteration as stop:
    print("stop", stop.value, stop.args)
try:
    next(it)
except StopIteration as stop:
    print("again", stop.value)
print(list(g()), next(iter([]), "default"))
