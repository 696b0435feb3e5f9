"""The position of iterators as data: copies of them, `__reduce__` and `__setstate__`."""

import copy


def made():
    return [
        iter([1, 2, 3]), reversed([1, 2, 3]), iter((1, 2, 3)), iter('abé'), iter('abc'), iter(b'abc'),
        iter(bytearray(b'abc')), iter(range(5)), iter(range(2**70)), iter({1: 2, 3: 4}), iter({1: 2, 3: 4}.items()),
        iter({3}), reversed('abc'), enumerate('abc', 5), zip('ab', 'cd'), zip('ab', 'cd', strict=True), map(str, 'ab'),
        filter(None, 'ab'), reversed({1: 2}), reversed(range(5)), reversed(range(2**70)),
    ]


def shown(reduced):
    return [part if not isinstance(part, tuple) else [type(item).__name__ for item in part] for part in reduced]


for iterator in made():
    next(iterator)
    name = type(iterator).__name__
    print(name, shown(iterator.__reduce__()))
    if name not in ('enumerate', 'zip', 'map', 'filter'):
        print(iterator.__reduce__()[1:])
    copied = copy.copy(iterator)
    print(type(copied).__name__, [item for _, item in zip(range(3), copied)])
    if name not in ('zip', 'enumerate', 'map', 'filter'):
        print([item for _, item in zip(range(3), iterator)])

for iterator in [iter(()), iter([]), iter(''), iter(b''), iter(bytearray()), iter({}), reversed([])]:
    print(iterator.__reduce__())

for iterator in [iter([1, 2, 3]), iter((1, 2)), iter('aé'), iter('ab'), iter(b'ab'), iter(bytearray(b'ab'))]:
    for _ in iterator:
        pass
    print(iterator.__reduce__())


class Old:
    def __getitem__(self, index):
        if index > 4:
            raise IndexError
        return index * 10

    def __len__(self):
        return 5


for make in [
    lambda: iter([1, 2, 3, 4]), lambda: reversed([1, 2, 3, 4]), lambda: iter((1, 2, 3, 4)), lambda: iter('aébc'),
    lambda: iter(b'abcd'), lambda: iter(range(10, 20, 3)), lambda: iter(range(2**70, 2**70 + 4)),
    lambda: iter(Old()), lambda: reversed(Old()),
]:
    for index in (-7, -1, 0, 1, 3, 4, 100, True):
        iterator = make()
        iterator.__setstate__(index)
        print(list(iterator), end=' ')
    print()
try:
    iter([]).__setstate__('x')
except TypeError as error:
    print(error)
strict = zip('ab', 'c')
strict.__setstate__(1)
try:
    print(list(strict))
except ValueError as error:
    print(error)


def call():
    list(calls)
    return 1


depth = []


def once():
    if depth:
        return 2
    depth.append(1)
    list(calls)
    return 1


calls = iter(once, 2)
print(list(calls), calls.__reduce__())


class Loud:
    def __eq__(self, other):
        print('asked', other)
        return other == 3


numbers = [1, 2, 3]
print(list(iter(lambda: numbers.pop(0), Loud())))


def stops():
    raise StopIteration


stopped = iter(stops, 1)
print(list(stopped), stopped.__reduce__())
