"""str() of every kind of value."""
print(str(), str(1), str(None), str([1, "a"]), str((1,)), str({1: "x"}), str(b"ab"), str(b"ab", "ascii"), str(object=5), str(range(3)), str(type), str(len), str(...), str(NotImplemented))
