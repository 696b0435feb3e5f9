"""Defaults are evaluated at definition, in order, and shared."""
def show(x):
    print("default", x)
    return x
def f(a=show(1), b=show([])):
    b.append(a)
    return b
print(f(), f(2), f(3, ["own"]), f.__defaults__)
def g(*, k={}):
    k["n"] = k.get("n", 0) + 1
    return k
print(g(), g(), g.__kwdefaults__)
