"""Containers that are changed while they are compared, iterated or updated."""


def error_of(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def walk(items, change):
    for item in items:
        change()


def replace(table):
    del table[0]
    table[0] = 0


for view in (lambda table: table, dict.items, dict.values, dict.keys):
    fresh = {0: 0}
    print(error_of(lambda: walk(view(fresh), lambda: replace(fresh))))

small = {number: number for number in range(5)}
for key in list(small):
    if key > 2:
        del small[key]
small['new'] = 1
print(small, list(small), list(reversed(small)), small.popitem(), small.popitem(), small)
for number in range(40):
    small[number % 7] = number
    if number % 3 == 0:
        small.popitem()
    if number % 5 == 0:
        small.pop(number % 7, None)
print(small)


class Clearing:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target().clear()
        return NotImplemented

    def __lt__(self, other):
        self.target().clear()
        return True


first, second = [Clearing(lambda: second)], [Clearing(lambda: first)]
print(first == second, first, second)
third, fourth = [Clearing(lambda: third)], [1]
print(third == fourth, third != fourth, third <= fourth, third < fourth)
third, fourth = [Clearing(lambda: third)], [1]
print(error_of(lambda: third < fourth))
print(error_of(lambda: [3, 2, 1].sort(key=lambda item: 1)))


class Emptying:
    def __hash__(self):
        return hash(0)

    def __eq__(self, other):
        others.clear()
        return False


others = set()
others = {Emptying() for _ in range(10)}
updated = {0}
print(error_of(lambda: updated.update(others)), len(others))


class Counting(int):
    counts = 0

    def __hash__(self):
        Counting.counts += 1
        return int.__hash__(self)


keys = dict.fromkeys(map(Counting, range(10)))
print(Counting.counts)
whole = set(keys)
whole.difference(keys)
whole.symmetric_difference_update(keys)
print(whole, dict.fromkeys(set(keys)) == keys, list(dict.fromkeys(frozenset(keys), 1).values()), Counting.counts)
whole = set(keys) | frozenset(keys)
whole.update(keys)
whole -= set(keys)
print(whole, Counting.counts)


class Hashable(set):
    def __hash__(self):
        return 12345


member = Hashable([1])
family = {member}
print(member in family, Hashable([2]) in family, {1} in {frozenset([1])}, Hashable([1]) in {frozenset([1])})
family.remove(member)
family.add(member)
family.discard(member)
print(family)
