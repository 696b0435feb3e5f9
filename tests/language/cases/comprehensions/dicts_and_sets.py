"""Dict and set comprehensions: last key wins, order of first insertion."""
print({k: v for k, v in [("a", 1), ("b", 2), ("a", 3)]}, {x % 3 for x in range(10)}, {c: ord(c) for c in "abc"}, {len(w) for w in ["a", "bb", "c"]}, {x: {y for y in range(x)} for x in range(3)}, {i: j for i in range(3) for j in range(i)})
def f(name, value):
    print(name, end=" ")
    return value
print({f("k", n): f("v", n) for n in range(2)})
