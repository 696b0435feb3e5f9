"""Closures see the variable, not the value at definition."""
fs = []
for i in range(3):
    fs.append(lambda: i)
print([f() for f in fs])
def g():
    x = 1
    def h():
        return x
    x = 2
    return h
print(g()())
print([f() for f in [(lambda k=k: k) for k in range(3)]])
