"""Rich comparison, reflection, the default __ne__, and hashing."""
class P:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        print("eq", end=" ")
        return self.v == o.v if isinstance(o, P) else NotImplemented
    def __lt__(self, o):
        print("lt", end=" ")
        return self.v < o.v
    def __repr__(self):
        return f"P{self.v}"
a, b = P(1), P(2)
print(a == b, a != b, a < b, a > b, a == 1, a != 1, sorted([P(3), P(1), P(2)]), min(b, a))
for call in (lambda: a <= b, lambda: hash(a), lambda: {a}):
    try:
        call()
    except TypeError as error:
        print(error)
class Sub(P):
    def __eq__(self, o):
        return "sub eq"
print(P(1) == Sub(1), Sub(1) == P(1), P(1) != Sub(1))
class Odd:
    def __eq__(self, o): return []
    def __lt__(self, o): return "lt result"
print(Odd() == 1, Odd() < 1, Odd() != 1, 5 > Odd())
