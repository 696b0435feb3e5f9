"""Iterators of deques: what they notice, what is left of them, and how they are made again."""

import copy
import operator
from collections import deque


def show(action):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


forwards, backwards = type(iter(deque())), type(reversed(deque()))
print(forwards.__name__, backwards.__name__, [name for name in vars(forwards) if name in ("__next__", "__length_hint__", "__reduce__")])
iterator = iter(deque("abc"))
print(iterator is iter(iterator), operator.length_hint(iterator), iterator.__reduce__()[1], next(iterator), operator.length_hint(iterator), iterator.__reduce__()[1:])
twin = copy.copy(iterator)
print(list(iterator), list(iterator), list(twin), operator.length_hint(iterator), next(iterator, "end"))
iterator = reversed(deque("abc"))
print(next(iterator), iterator.__length_hint__(), iterator.__reduce__()[1], list(copy.copy(iterator)), list(iterator), next(iterator, "end"))
print([list(forwards(deque("abc"), at)) for at in (-1, 0, 1, 3, 9)], [list(backwards(deque("abc"), at)) for at in (0, 1, 3)], list(forwards(deque("abc"), True)))
for arguments in ((), ([1],), (deque(), "a"), (deque(), 1, 2)):
    show(lambda: forwards(*arguments))


class Index:
    def __index__(self):
        return 2


print(list(forwards(deque("abc"), Index())))


def walk(change, start="abc", most=None, turned=False):
    queue = deque(start, most)
    seen = []
    try:
        for item in reversed(queue) if turned else queue:
            seen.append(item)
            change(queue)
    except (RuntimeError, IndexError, ValueError) as error:
        seen.append(str(error))
    return seen


def assign(queue):
    queue[-1] = "new"


changes = {
    "append": lambda queue: queue.append(1), "appendleft": lambda queue: queue.appendleft(1), "pop": lambda queue: queue.pop(), "popleft": lambda queue: queue.popleft(), "clear": lambda queue: queue.clear(), "rotate": lambda queue: queue.rotate(), "rotate by 0": lambda queue: queue.rotate(0),
    "reverse": lambda queue: queue.reverse(), "insert": lambda queue: queue.insert(1, 2), "remove": lambda queue: queue.remove("b"), "delete": lambda queue: queue.__delitem__(0), "assign": assign, "extend": lambda queue: queue.extend("xy"), "extend by none": lambda queue: queue.extend(()), "extend by itself": lambda queue: queue.extend(queue),
    "repeat": lambda queue: queue.__imul__(2), "repeat once": lambda queue: queue.__imul__(1), "repeat never": lambda queue: queue.__imul__(0), "look": lambda queue: (queue.copy(), queue.count(1), len(queue), queue + queue, queue == queue), "made anew": lambda queue: queue.__init__("xyz"),
}
for name, change in changes.items():
    print(name, walk(change), walk(change, most=3), walk(change, turned=True))
print(walk(lambda queue: queue.append(1), start="", most=0), walk(lambda queue: queue.clear(), start="a"))
queue = deque("ab")
iterator = iter(queue)
queue.append("c")
show(lambda: next(iterator))
show(lambda: next(iterator))
print(operator.length_hint(iterator))
queue = deque("ab")
iterator = iter(queue)
print(list(iterator))
queue.append("c")
show(lambda: next(iterator))
queue = deque("abc")
show(lambda: queue.extend(iter(queue)))
print(queue)
queue = deque("abc")
show(lambda: queue.extendleft(reversed(queue)))
print(queue)
queue = deque([1])
show(lambda: queue.extend(int(text) for text in ("2", "3", "x", "4")))
print(queue)
show(lambda: queue.extend(map(int, ["5", "y"])))
print(queue)
show(lambda: queue.extendleft(map(lambda text: int(text), ["6", "z"])))
print(queue)


def adding(queue):
    for number in range(3):
        queue.append(number)
        yield -number


queue.extend(adding(queue))
print(queue)
print(deque(adding(queue), 2), queue)
for pair in zip(deque("abc"), deque("xyz")):
    print(*pair, end=" ")
for number, item in enumerate(deque("pq")):
    print(number, item, end=" ")
print([item for row in deque([deque([1, 2]), deque([3])]) for item in row])
