"""Coroutines driven by hand."""
class Awaitable:
    def __await__(self):
        x = yield "first"
        y = yield x
        return y
async def co():
    result = await Awaitable()
    return ("result", result)
c = co()
print(c.send(None), c.send("second"))
try:
    c.send("third")
except StopIteration as stop:
    print(stop.value)
try:
    c.send(None)
except RuntimeError as error:
    print(error)
async def agen():
    yield 1
g = agen()
print(type(g).__name__, hasattr(g, "__anext__"), type(co).__name__)
try:
    for x in g:
        pass
except TypeError as error:
    print(error)
d = co()
d.send(None)
try:
    d.throw(ValueError("thrown"))
except ValueError as error:
    print(error)
