"""sorted is stable for equal keys, in both directions."""
rows = [("b", 2), ("a", 1), ("c", 2), ("d", 1)]
print(sorted(rows, key=lambda r: r[1]), sorted(rows, key=lambda r: r[1], reverse=True), sorted(rows, key=lambda r: (-r[1], r[0])))
big = [(n * 7919 % 50, n) for n in range(500)]
by = sorted(big, key=lambda p: p[0])
print(all(by[i] <= by[i + 1] for i in range(499)), by[:5], sorted([3, 1, 2], key=None), sorted({"b", "a"}), sorted((x for x in (2, 1)), reverse=True))
