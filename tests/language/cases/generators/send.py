"""send resumes with a value; sending to a fresh generator must be None."""
def g():
    received = []
    while True:
        value = yield received
        if value is None:
            return received
        received.append(value)
it = g()
try:
    it.send(1)
except TypeError as error:
    print(error)
print(it.send(None), it.send("a"), it.send("b"))
try:
    next(it)
except StopIteration as stop:
    print(stop.value)
def bare():
    x = yield
    y = yield x
    print("got", x, y)
b = bare()
print(next(b), b.send(5), next(b, "end"))
