"""Deques: every operation, with and without a maximal length, and what it says when it cannot be done."""

import collections
from collections import deque
from collections.abc import Hashable, Iterable, MutableSequence, Sequence


def show(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


print(deque, deque.__name__, deque.__qualname__, deque.__module__, deque.__mro__, collections._deque_iterator)
print(deque.append, deque.__add__, deque.maxlen, deque().append.__qualname__, deque.__hash__, deque[int])
print([name for name in dir(deque) if not name.startswith("_")])
show(lambda: deque.__slots__)
show(lambda: deque()._front)
show(lambda: deque().x)
show(lambda: vars(deque()))
print(isinstance(deque(), MutableSequence), isinstance(deque(), Sequence), isinstance(deque(), Iterable), isinstance(deque(), Hashable))

print("made")
for arguments, keywords in (
    ((), {}), (("abc",), {}), (("abc", 2), {}), (("abc", None), {}), (([], 0), {}), ((range(5), 3), {}), (((i for i in "xy"),), {}), ((), {"maxlen": 4}), ((), {"iterable": "ab", "maxlen": 1}), (({1: 2},), {}), (({7},), {}),
    ((map(str, range(3)),), {}), ((deque("ab"),), {}), ((deque("ab", 1),), {}), ((5,), {}), ((None,), {}), ((1, 2, 3), {}), ((), {"foo": 1}), ((), {"a": 1, "b": 2, "c": 3}), (([1],), {"iterable": 2}), ((), {"maxlen": -1}), ((), {"maxlen": "a"}),
    ((), {"maxlen": 1 << 70}), ((), {"maxlen": True}), ((), {"maxlen": 1.5}), (([1], -1), {}),
):
    show(lambda: deque(*arguments, **keywords))
show(lambda: deque.__new__(list))
show(lambda: deque.__new__(3))
show(lambda: deque.__init__([]))

print("at the ends")
for most in (None, 0, 1, 3):
    queue = deque("ab", most)
    steps = [queue.append(1), list(queue), queue.appendleft(2), list(queue), queue.extend("xyz"), list(queue), queue.extendleft("pqr"), list(queue), len(queue), bool(queue)]
    print(most, queue.maxlen, steps)
    queue.extend(queue)
    print(queue)
    queue.extendleft(queue)
    print(queue)
    while queue:
        print(queue.pop(), end=" ")
        if queue:
            print(queue.popleft(), end=" ")
    print()
    show(queue.pop)
    show(queue.popleft)
    queue.append(5)
    queue.clear()
    queue.clear()
    print(queue, queue == deque(), not queue)
show(lambda: deque().append())
show(lambda: deque().append(1, 2))
show(lambda: deque().append(x=1))
show(lambda: deque().pop(1))
show(lambda: deque().extend(5))
show(lambda: deque().extendleft(None))
show(lambda: deque.append([], 1))
show(lambda: deque.append())
show(lambda: deque.__len__([]))

print("indexes")
queue = deque(range(10))
for index in (0, 9, -1, -10, True, 10, -11, 1 << 70, -(1 << 70), "a", 1.5, None, slice(1, 2)):
    show(lambda: queue[index])
queue[0], queue[-1], queue[True] = "first", "last", "second"
del queue[4], queue[-2], queue[0]
print(queue)


def store(index):
    queue[index] = 1


def delete(index):
    del queue[index]


for index in (10, -11, "a", 1 << 70, slice(None)):
    show(lambda: store(index))
    show(lambda: delete(index))
show(lambda: queue.__getitem__("a"))
show(lambda: queue.__getitem__(99))
show(lambda: queue.__setitem__("a", 1))
show(lambda: queue.__delitem__("a"))
show(lambda: queue.__setitem__(1))


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


queue = deque("abcdef")
print(queue[Index(1)], queue.__getitem__(Index(-1)))
queue[Index(2)] = "C"
queue.__setitem__(Index(3), "D")
del queue[Index(0)]
queue.__delitem__(Index(0))
queue.insert(Index(1), "new")
queue.rotate(Index(2))
print(queue, queue * Index(2), Index(2) * queue, queue.index("C", Index(0), Index(9)))

print("insert, rotate, reverse")
for index in (0, 1, 2, 5, 6, 99, -1, -3, -6, -99):
    queue = deque("abcdef")
    queue.insert(index, "X")
    print(index, "".join(queue))
queue = deque("abc", 4)
queue.insert(1, "x")
show(lambda: queue.insert(1, "y"))
show(lambda: deque([], 0).insert(0, 1))
show(lambda: deque([1]).insert(1 << 70, 1))
show(lambda: deque([1]).insert("a", 1))
show(lambda: deque([1]).insert(1))
for places in (0, 1, 2, 3, 5, 6, 7, 100, -1, -2, -7, -100, 1 << 62, -(1 << 63)):
    queue = deque("abcdef")
    queue.rotate(places)
    print(places, "".join(queue))
queue.rotate()
queue.reverse()
print(queue)
show(lambda: deque("ab").rotate(1, 2))
show(lambda: deque("ab").rotate("a"))
show(lambda: deque("ab").rotate(1.5))
show(lambda: deque("ab").rotate(1 << 70))

print("searched")
nan = float("nan")
queue = deque([1, 2.0, "a", nan, (1, 2), 1, None, [3]])
for wanted in (1, 2, "a", nan, float("nan"), (1, 2), None, [3], 9, True, "b"):
    show(lambda: (wanted in queue, wanted not in queue, queue.count(wanted), queue.index(wanted)))
show(lambda: queue.index(1, 1))
show(lambda: queue.index(1, 1, 5))
show(lambda: queue.index(1, -4, -2))
show(lambda: queue.index(1, -(1 << 70), 1 << 70))
show(lambda: queue.index(1, "a"))
show(lambda: queue.index())
show(lambda: queue.count())
queue.remove(1)
queue.remove(nan)
print(queue)
show(lambda: queue.remove(99))

print("operators")
print(deque("ab") + deque("cd"), deque("ab", 3) + deque("cd"), deque("ab") + deque("cd", 1), deque([1]) * 3, 2 * deque("ab", 3), deque("ab") * 0, deque("ab") * -1, deque(maxlen=2) * 5)
print(deque("abc", 4) * 3, deque("abc", 3) * 7, deque("a", 2) * 10**9, deque([], 0) * 4)
for most in (None, 3, 0):
    queue = same = deque("ab", most)
    queue += "cd"
    queue += deque([1])
    queue += queue
    queue *= 2
    print(queue, queue is same)
    queue *= 1
    queue *= 0
    print(queue)
for action in (
    lambda: deque() + [1], lambda: [1] + deque(), lambda: deque() + 1, lambda: deque() * "a", lambda: deque() * deque(), lambda: deque([1, 2]) * (1 << 70), lambda: deque([1, 2]) * (1 << 62),
    lambda: deque() * 1.5, lambda: deque().__mul__("a"), lambda: deque().__add__([1]), lambda: deque() - deque(), lambda: deque()(), lambda: hash(deque()), lambda: {deque(): 1}, lambda: deque() < [1], lambda: deque().__lt__([1]), lambda: deque() == [],
):
    show(action)


class Reflecting:
    def __radd__(self, other):
        return "radd"

    def __rmul__(self, other):
        return "rmul"


print(deque() + Reflecting(), deque() * Reflecting())
for left, right in ((deque("ab"), deque("ab")), (deque("ab"), deque("ac")), (deque("ab"), deque("abc")), (deque(), deque([1])), (deque([nan]), deque([nan])), (deque([1, 2], 2), deque([1.0, 2.0]))):
    print(left == right, left != right, left < right, left <= right, left > right, left >= right)
show(lambda: deque([1]) < deque(["a"]))
show(lambda: deque([1, [2]]) < deque([1, [3]]))

print("texts")
queue = deque([1, "a"], 5)
queue.append(queue)
queue.append([queue])
print(queue, str(queue), f"{queue}", [deque()], deque([deque(maxlen=3)]), sep="\n")
print("%s %r" % (deque("a"), deque(maxlen=0)))

print("taken apart")
first, *middle, last = deque("abcd")
print(first, middle, last, [*deque("xy")], (lambda *a: a)(*deque("pq")), sorted(deque([3, 1])), sum(deque([1, 2])), max(deque([4, 9])), "".join(deque("st")), list(zip(deque("ab"), deque([1, 2]))), dict(enumerate(deque("u"))), tuple(deque("v")), set(deque("ww")))
show(lambda: (lambda a, b: 0)(*deque("abc")))


def unpack(queue):
    a, b = queue


show(lambda: unpack(deque("abc")))
show(lambda: unpack(deque("a")))
match deque([1, [2], 3]):
    case [1, [two], *rest]:
        print("matched", two, rest)
match deque():
    case {}:
        print("mapping")
    case []:
        print("empty sequence")
