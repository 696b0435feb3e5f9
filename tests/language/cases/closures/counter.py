"""nonlocal state, shared by several closures."""
def make():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def down():
        nonlocal n
        n -= 1
        return n
    def get():
        return n
    return up, down, get
up, down, get = make()
up(); up(); down()
other = make()
print(get(), other[2](), up(), get())
