"""Subclasses of int, list, dict, float and set keep their behaviour."""
class I(int):
    def __add__(self, o): return I(int(self) + int(o) + 100)
    def __repr__(self): return f"I({int(self)})"
class L(list):
    def append(self, x):
        super().append(x)
        return self
    total = property(lambda self: sum(self))
class D(dict):
    def __getitem__(self, k): return ("got", super().get(k))
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
class F(float): pass
class S(set):
    def add(self, x): super().add(x * 2)
i = I(5)
print(i + 1, i * 2, type(i * 2), 1 + i, i == 5, hash(i) == hash(5), [10, 20, 30, 40, 50, 60][i], {5: "five"}[i])
l = L([1, 2])
print(l.append(3), l.total, type(l + [1]), type(l[1:]), l == [1, 2, 3], len(l), isinstance(l, list))
d = D(a=1)
d["b"] = 2
print(d, d["a"], d.get("a"), dict(d), {**d}, list(d.items()))
s = S()
s.add(5)
print(s, F(1.5), F(2) + 1, type(F(2) + 1), sorted([I(3), I(1)]), max(l))
