"""Allocation of tuples: the same trees without classes."""


def build(depth):
    if depth == 0:
        return (None, None)
    return (build(depth - 1), build(depth - 1))


def count(tree):
    left, right = tree
    if left is None:
        return 1
    return 1 + count(left) + count(right)


def run(max_depth):
    total = 0
    long_lived = build(max_depth)
    depth = 4
    while depth <= max_depth:
        for _ in range(1 << (max_depth - depth)):
            total += count(build(depth))
        depth += 2
    return total, count(long_lived)


result = run(15)
assert result == (390486, 65535), result
print("tuple_trees", *result)
