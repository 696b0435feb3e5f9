"""Hashes by identity and of one's own making, repetition and its limits, conversions of bytes and text."""

import copy
import operator


def error_of(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


class Proxy:
    def __hash__(self):
        return hash('halibut')

    def __eq__(self, other):
        return other == 'halibut'


class Fixed:
    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return self.number


print(len({'halibut', Proxy()}), hash(Proxy()) == hash('halibut'), hash(Fixed(-1)), hash(Fixed(True)))
print(hash(Fixed(2**62 + 5)), hash(Fixed(-2**63)), hash(Fixed(2**63)), hash(Fixed(2**200)))


class Nan(float):
    pass


nan, own = float('nan'), Nan('nan')
for value in (nan, own, object(), Proxy, enumerate('')):
    print(hash(value) == object.__hash__(value), type(value).__name__)
print(nan in {nan}, own in {own: 1}, hash(Nan(2.5)) == hash(2.5))


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


items, data, text = [1, 2], bytearray(b'ab'), 'ab'
same_items, same_data = items, data
items *= 2
data *= 2
print(items is same_items, data is same_data, items, data)
items *= Index(2)
data *= Index(2)
print(items is same_items, data is same_data, items, data, operator.imul(items, Index(0)) is same_items)
print(same_items, same_data.__imul__(Index(0)) is same_data, same_data)
print(error_of(lambda: items.__imul__('a')), error_of(lambda: data.__imul__('a')))
view = memoryview(same_data)
same_data *= 3
view.release()
blob = b'abc'
print(blob * 1 is blob, text * 1 is text, (1, 2) * 1 == (1, 2))


class Blob(bytes):
    pass


print(Blob(b'x') * 1 == b'x', type(Blob(b'x') * 1) is bytes)
for sequence in ('a', b'a', bytearray(b'a'), [1], (1,)):
    for count in (2**100, -2**100, -5, 0, False):
        print(error_of(lambda: sequence * count), end=' | ')
    print()
for sequence in ('ab', b'ab'):
    print(error_of(lambda: sequence * (2**63 - 1)))


class Next(int):
    def __index__(self):
        return int(self) + 1


print(operator.index(Next(7)), Next(7).__index__(), [0, 1, 2][Next(1)], 'abc'[: Next(1)], range(Next(3)), hex(Next(7)))
for wrong in ('123\ud800', '\ud800' * 3, '123\xbd'):
    print(ascii(error_of(lambda: int(wrong))), ascii(error_of(lambda: int(wrong, 16))))
print(int(memoryview(b'123')[1:3]), float(memoryview(b'12.3')[1:4]), error_of(lambda: int(memoryview(b'1'), 2)))
print(error_of(lambda: int(memoryview(b'x'))), error_of(lambda: float(memoryview(b'x')))[:44])


class Text(str):
    def __bytes__(self):
        return b'own'

    def __repr__(self):
        return Text('shown')


print(bytes(Text('x')), bytes(Text('\u20ac'), 'cp1252'), type(ascii(Text('x'))).__name__)
print('abc'.__getnewargs__(), 'abc'.__getnewargs__()[0] is not 'abc')


class Filled(bytearray):
    def __init__(self, extra=1, *args, **keywords):
        bytearray.__init__(self, *args, **keywords)
        self.extra = extra


print(Filled(4, b'abcd'), Filled(4, source=b'abcd'), Filled(extra=4, source=b'x').extra, Filled.fromhex('00ff'))
print(Filled(3, 'é', 'latin-1'), Filled(3, 'é', encoding='utf-8'), Filled(2, 5), Filled(2, [1, Index(2)]))
again = bytearray(b'old')
again.__init__(b'new')
print(again, again.__init__(), again, bytearray().__alloc__(), bytearray(b'abc').__alloc__() > 3)
seen = []
grown = bytearray()
grown.__init__(seen.append(len(grown)) or number for number in range(5))
print(grown, seen)
for arguments, keywords in [((1, 2, 3, 4), {}), ((1,), {'source': 3}), ((), {'x': 1}), (('a',), {}), ((3.4,), {})]:
    print(error_of(lambda: bytearray(*arguments, **keywords)))
parts = slice([1], [2], [3])
deep = copy.deepcopy(parts)
print(deep == parts, deep.start is parts.start, copy.copy(parts) is parts, parts.__reduce__())
