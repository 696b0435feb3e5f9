"""enumerate and reversed."""
e = enumerate("ab", 5)
print(next(e), list(e), list(enumerate([], 1)), list(enumerate(["x"], start=-1)), list(reversed([1, 2, 3])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({"a": 1, "b": 2})))
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
print(list(reversed(S())))
for call in (lambda: reversed({1}), lambda: reversed(5), lambda: enumerate(), lambda: enumerate(5), lambda: enumerate("a", "b"), lambda: reversed(x for x in "a")):
    try:
        call()
    except TypeError as error:
        print(error)
