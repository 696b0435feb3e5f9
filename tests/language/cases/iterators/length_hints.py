it = reversed([1, 2, 3])
print(it.__length_hint__())
next(it)
print(it.__length_hint__())


class Seq:
    def __init__(self, n):
        self.n = n
        self.asked = 0

    def __len__(self):
        self.asked += 1
        return self.n

    def __getitem__(self, i):
        return i


from operator import length_hint

s = Seq(5)
r = reversed(s)
print(length_hint(r), s.asked)
print(next(r), length_hint(r), s.asked)
s.n = 2
print(length_hint(r), list(r), length_hint(r))
data = list(range(5))
r = reversed(data)
next(r)
data.extend(range(10))
print(length_hint(r), list(r))
data = list(range(5))
r = reversed(data)
data.clear()
print(length_hint(r), list(r), length_hint(r))
for kind in (tuple, str, bytes, bytearray, range):
    value = range(4) if kind is range else kind(b"abcd" if kind in (bytes, bytearray) else "abcd")
    r = reversed(value)
    next(r)
    print(kind.__name__, length_hint(r))
for iterable in ({1: 2}, {1: 2}.items(), {1: 2}.values()):
    print(length_hint(reversed(iterable)))
print(length_hint(iter(s)), length_hint(iter([1, 2])), length_hint(iter(range(3))), length_hint(iter("ab")))
print(length_hint(enumerate([1, 2]), 7), length_hint(zip([1]), 8), length_hint(map(len, [1]), 9))
