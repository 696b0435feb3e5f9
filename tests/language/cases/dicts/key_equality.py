"""Keys that are equal share a slot; the first key object stays."""
d = {1: "int"}
d[1.0] = "float"
d[True] = "bool"
print(d, {0: "a", False: "b"}, {"a": 1}["a"], len({1, 1.0, True}))
class K:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return self.n % 3
    def __eq__(self, other):
        return isinstance(other, K) and self.n == other.n
    def __repr__(self):
        return f"K{self.n}"
d = {K(n % 7): n for n in range(20)}
print(d, K(3) in d, K(9) in d)
