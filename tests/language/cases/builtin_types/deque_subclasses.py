"""Classes derived from deque: attributes, methods of their own, copies, and what the built-in methods ask them."""

import copy
import weakref
from collections import deque
from typing import Deque


def show(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Named(deque):
    def __init__(self, name, *arguments):
        super().__init__(*arguments)
        self.name = name


class Plain(deque):
    pass


class Slotted(deque):
    __slots__ = ("mark",)


named = Named("n", "abc", 4)
named.append("d")
named.append("e")
print(named, named.name, vars(named), len(named), named[0], named[-1], "c" in named, list(named), list(reversed(named)), named.maxlen, bool(Plain()), isinstance(named, deque))
named[0] = "B"
del named[1]
named += "x"
named *= 1
print(named, type(named).__name__, named == deque("Bdex"), deque("Bdex") == named, named < Plain("C"), named != Plain())
while named:
    print(named.popleft(), end=" ")
print()
plain = Plain("ab", maxlen=3)
plain.z = 1
for made in (plain.copy(), copy.copy(plain), plain + deque("c"), plain * 2, 2 * plain, deque("p") + plain, copy.deepcopy(plain)):
    print(made, type(made).__name__, getattr(made, "z", None))
print(plain.__reduce__()[:3], Plain().__reduce__()[:3], deque([1], 2).__reduce__()[:3], list(plain.__reduce__()[3]))
show(lambda: Plain(1, 2, 3))
show(lambda: Plain(foo=1))
show(lambda: Plain(iterable="ab", maxlen=1))
show(lambda: hash(Plain()))
slotted = Slotted("ab")
slotted.mark = 5
print(slotted, slotted.mark, hasattr(slotted, "__dict__"))
show(lambda: setattr(slotted, "other", 1))
recursive = Plain("a")
recursive.append(recursive)
print(recursive)


class Strange(deque):
    def __new__(cls, *arguments):
        return [1]


strange = deque.__new__(Strange)
show(strange.copy)
show(lambda: strange + deque())


class Counting(deque):
    def __iter__(self):
        print("iter", end=" ")
        return super().__iter__()

    def __len__(self):
        return 7

    def append(self, item):
        print("append", item, end=" ")
        super().append(item)

    def __contains__(self, item):
        return item == "everything"

    def __getitem__(self, index):
        return "item %s" % index


counting = Counting("ab")
counting.append("c")
print(len(counting), list(counting), "a" in counting, "everything" in counting, counting[0], bool(Counting()))
print(counting == deque("abc"), deque("abc") == counting, counting < deque("abd"), counting.count("a"), counting.index("b"))
print(deque(counting), counting + deque("d"), counting.copy())
counting.extend(counting)
print(deque.__len__(counting), repr(counting))


class False_(deque):
    def __bool__(self):
        return False


print(bool(False_("a")), not False_("a"), [1 for _ in range(1) if False_("a")])


class Loud:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        print("eq", self.value, end=" ")
        return self.value == (other.value if isinstance(other, Loud) else other)

    def __lt__(self, other):
        print("lt", self.value, end=" ")
        return self.value < other.value

    def __repr__(self):
        return f"Loud({self.value})"


queue = deque([Loud(1), Loud(2), Loud(3)])
print(2 in queue, queue.count(3), queue.index(2), queue)
queue.remove(2)
print(queue == deque([Loud(1), Loud(3)]), queue != deque([Loud(1), Loud(4)]), queue < deque([Loud(1), Loud(4)]), queue == deque([Loud(1)]))
show(lambda: queue <= deque([Loud(1), Loud(4)]))
show(lambda: queue.index(9))
show(lambda: queue.remove(Loud(7)))


class Ends:
    def __eq__(self, other):
        other.clear()
        return False


first, second = deque([Ends(), 1]), deque()
second.append(second)
second.append(2)
show(lambda: first == second)
show(lambda: first < second)

print("references")
queue = deque("ab")
reference, of_plain = weakref.ref(queue), weakref.ref(plain)
print(reference() is queue, of_plain() is plain)
nested = deque([[1], deque([[2]])], 5)
twin, deep = copy.copy(nested), copy.deepcopy(nested)
print(twin == nested, twin[0] is nested[0], deep == nested, deep[0] is nested[0], deep[1] is nested[1], deep.maxlen)
loop = deque()
loop.append(loop)
again = copy.deepcopy(loop)
print(again[0] is again, len(again))


def annotated(queue: Deque[int], other: deque[str] | None = None) -> deque:
    return queue


print(annotated.__annotations__)
class Holder:
    shared = deque([1])

    def __init__(self):
        self.own = deque()


holder = Holder()
for number in range(3):
    holder.own.append(number)
    holder.shared.append(number)
    Holder.shared.popleft()
print(holder.own, Holder.shared, holder.shared is Holder.shared)
