"""Class bodies see globals and their own names; methods do not see class names."""
x = "global"
class C:
    x = "class"
    y = x + "!"
    def method(self):
        return x
    z = [x for _ in range(1)]
    w = [n for n in y]
print(C.y, C().method(), C.z, C.w[0])
def f():
    x = "function"
    class D:
        y = x
        x = "class"
    return D.y, D.x
try:
    print(f())
except NameError as error:
    print(type(error).__name__, error)
