"""A class body is executed code; names can be computed."""
class C:
    print("in body")
    values = []
    for i in range(3):
        values.append(i)
    if values:
        def method(self): return "conditional"
    total = sum(values)
    del i
print(C.values, C.total, C().method(), hasattr(C, "i"), C.__module__)
def build(n):
    class T:
        size = n
        def get(self): return n, self.size
    return T
print(build(1)().get(), build(2).size)
