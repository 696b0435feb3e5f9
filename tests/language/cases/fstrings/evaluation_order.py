"""Fields are evaluated left to right, with the spec after the value."""
def f(x):
    print("eval", x)
    return x
print(f"{f(1)} {f(2):{f(3)}} {f('a')!r}")
def g():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return f"{add(1)} {add(2)} {total} {(lambda: total)()}"
print(g())
