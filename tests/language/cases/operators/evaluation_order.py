"""Operands, arguments, targets and displays are evaluated left to right."""
def f(name, value=0):
    print(name, end=" ")
    return value
f("a", 1) + f("b", 2) * f("c", 3); print()
[f("x"), f("y")]; {f("k1"): f("v1"), f("k2"): f("v2")}; print()
def g(*args, **kwargs):
    return args, kwargs
print(g(f("p1", 1), *f("star", [2]), k=f("kw", 3), **f("dstar", {"z": 4})))
box = [0, 0]
box[f("index", 1)] = f("value", 9); print(box)
x = y = f("chain", 5); print(x, y)
i = 0
i, box[i] = 1, "second"; print(box)
box[f("sub", 0)] += f("aug", "!") if isinstance(box[0], str) else f("augnum", 2); print(box)
f("left") < f("mid", 1) < f("right", 2); print()
