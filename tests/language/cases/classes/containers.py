"""__len__, __getitem__, __setitem__, __delitem__, __contains__, __iter__, __reversed__, __bool__."""
class Box:
    def __init__(self):
        self.items = {}
    def __len__(self): return len(self.items)
    def __getitem__(self, k): return self.items[k]
    def __setitem__(self, k, v): self.items[k] = v
    def __delitem__(self, k): del self.items[k]
    def __contains__(self, k): return k in self.items
    def __iter__(self): return iter(sorted(self.items, key=str))
    def __reversed__(self): return "reversed"
b = Box()
print(bool(b), len(b))
b["a"] = 1
b[1, 2] = "tuple"
b["a"] += 5
print(bool(b), len(b), b["a"], b[1, 2], "a" in b, "z" in b, list(b), [*b], reversed(b))
del b["a"]
try:
    b["a"]
except KeyError as error:
    print("missing", error)
class Bad:
    def __len__(self): return -1
class Bad2:
    def __len__(self): return "x"
class Bad3:
    def __bool__(self): return 1
for call in (lambda: len(Bad()), lambda: len(Bad2()), lambda: bool(Bad3()), lambda: bool(Bad())):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
