"""yield as an expression in odd places."""
def g():
    x = (yield 1) + (yield 2)
    y = [(yield 3), (yield 4)]
    z = f"{(yield 5)}"
    print(x, y, z)
    yield (yield)
    lambda: (yield)
    return (yield "last")
it = g()
values = [next(it)]
for n in range(10, 17):
    try:
        values.append(it.send(n))
    except StopIteration as stop:
        values.append(("stop", stop.value))
print(values)
