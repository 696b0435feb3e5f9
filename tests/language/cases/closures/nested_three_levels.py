"""Names pass through levels that do not use them."""
def a(x):
    def b():
        def c(y):
            nonlocal x
            x += y
            return x
        return c
    return b()
c = a(10)
print(c(1), c(2), a.__closure__, c.__closure__[0].cell_contents, c.__code__.co_freevars)
