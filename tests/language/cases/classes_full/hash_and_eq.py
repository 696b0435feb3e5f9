"""__eq__ without __hash__ makes a class unhashable; both make it a key."""
class E:
    def __eq__(self, o): return True
class H(E):
    __hash__ = object.__hash__
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __hash__(self): return hash(self.v)
print(E.__hash__, E() == 5, len({V(1), V(1), V(2)}), {V("a"): 1}[V("a")], hash(V(3)) == hash(3), H() == 1)
try:
    {E(): 1}
except TypeError as error:
    print(error)
class Big:
    def __hash__(self): return 2**100 + 7
print(hash(Big()))
