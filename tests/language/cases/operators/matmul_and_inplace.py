"""@ and in-place methods of user classes."""
class V:
    def __init__(self, *v):
        self.v = list(v)
    def __matmul__(self, other):
        return sum(x * y for x, y in zip(self.v, other.v))
    def __iadd__(self, other):
        self.v = [x + y for x, y in zip(self.v, other.v)]
        return self
    def __imatmul__(self, other):
        return "imatmul"
    def __mul__(self, n):
        return V(*[x * n for x in self.v])
    def __repr__(self):
        return f"V{self.v}"
a = V(1, 2)
alias = a
a += V(10, 10)
print(a, alias is a, a @ V(1, 1))
a *= 2
print(a, alias)
a @= 1
print(a)
