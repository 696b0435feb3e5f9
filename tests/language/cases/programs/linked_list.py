"""A linked list with iteration, equality, repr and recursion."""
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next
class LinkedList:
    def __init__(self, items=()):
        self.head = None
        for item in reversed(list(items)):
            self.head = Node(item, self.head)
    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next
    def __len__(self): return sum(1 for _ in self)
    def __eq__(self, other): return list(self) == list(other)
    def __repr__(self): return f"LinkedList({list(self)!r})"
    def __getitem__(self, i):
        if isinstance(i, slice):
            return LinkedList(list(self)[i])
        for n, v in enumerate(self):
            if n == i:
                return v
        raise IndexError(i)
    def reverse(self):
        prev, node = None, self.head
        while node:
            node.next, prev, node = prev, node, node.next
        self.head = prev
        return self
l = LinkedList("abc")
print(l, len(l), "b" in l, l[1], l[1:], l.reverse(), l == LinkedList("cba"), [*l], bool(LinkedList()))
try:
    l[9]
except IndexError as error:
    print(repr(error))
