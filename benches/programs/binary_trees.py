"""Allocation: building and walking many short-lived binary trees."""


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def build(depth):
    if depth == 0:
        return Node(None, None)
    return Node(build(depth - 1), build(depth - 1))


def run(max_depth):
    total = 0
    long_lived = build(max_depth)
    depth = 4
    while depth <= max_depth:
        for _ in range(1 << (max_depth - depth)):
            total += build(depth).count()
        depth += 2
    return total, long_lived.count()


result = run(13)
assert result == (81238, 16383), result
print("binary_trees", *result)
