"""Operators and methods of set algebra."""
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(a & b, a | b, a - b, a ^ b, a.intersection([3, 9], (3,)), a.union([7], "x" and [8]), a.difference([1], [2]), a.symmetric_difference([1, 9]))
print(a.issubset(range(10)), a.issuperset([1]), a.isdisjoint([9]))
a &= {1, 2, 3}; print(a)
a |= {10}; print(a)
a -= {1}; print(a)
a ^= {2, 77}; print(a)
a.update([1], [2]); a.intersection_update([1, 2, 3]); a.difference_update([3]); a.symmetric_difference_update([1, 5]); print(a)
