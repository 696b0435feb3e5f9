"""Hashes of numbers agree across types."""
print(hash(0), hash(1), hash(-1), hash(-2), hash(2**61 - 1), hash(2**61), hash(2**100), hash(-(2**100)))
print(hash(1.0), hash(0.5), hash(-0.5), hash(1e300), hash(float("inf")), hash(float("-inf")), hash(True), hash(3.0) == hash(3))
print(hash(()), hash((1, 2)), hash((1, (2, 3))), hash(None) == hash(None), hash(frozenset()), hash(frozenset([1, 2, 3])))
