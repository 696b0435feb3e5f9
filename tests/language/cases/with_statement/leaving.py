"""Every way out of a with block runs __exit__."""
class M:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        return self
    def __exit__(self, *args):
        print("exit", self.n, args[0])
def f():
    for i in range(4):
        with M(i):
            if i == 0:
                continue
            if i == 1:
                with M("nested"):
                    continue
            if i == 2:
                break
    with M("return"):
        return "value"
print(f())
def g():
    with M("gen"):
        yield 1
        yield 2
it = g()
next(it)
it.close()
class Box: pass
box = Box()
with M("attribute") as box.target, M("last"):
    print(box.target.n)
