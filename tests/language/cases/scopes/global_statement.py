"""global in functions and nested functions."""
n = 1
def f():
    global n, fresh
    n += 1
    fresh = "made"
    def g():
        global n
        n *= 10
    g()
f()
print(n, fresh)
def shadow():
    n = "local"
    def inner():
        global n
        return n
    return n, inner()
print(shadow())
