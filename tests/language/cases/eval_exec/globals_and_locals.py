"""globals() is live; locals() of a function is a snapshot."""
globals()["made"] = 5
print(made, "made" in globals(), globals() is globals(), locals() is globals())
def f(a, b=2):
    c = 3
    before = dict(locals())
    locals()["c"] = 99
    return before, c, sorted(locals())
print(f(1))
class C:
    x = 1
    names = sorted(n for n in locals() if not n.startswith("__"))
print(C.names, [sorted(locals()) for q in [1]])
