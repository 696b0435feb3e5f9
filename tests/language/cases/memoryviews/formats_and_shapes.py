"""Memoryviews of other formats and of several dimensions, and what happens to released ones."""


def error_of(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def facts(view):
    return (
        view.format, view.itemsize, view.ndim, view.shape, view.strides, view.nbytes, view.readonly,
        view.c_contiguous, view.f_contiguous, view.contiguous, view.suboffsets,
    )


data = bytes(range(24))
for code in 'bBchHiIlLqQnNfd?P@':
    if len(data) % 8:
        print(code)
    print(code, error_of(lambda: facts(memoryview(data).cast(code))))
    print(code, error_of(lambda: memoryview(data).cast(code).tolist()[:3]))
for code in ('@B', '@i', '<i', 'xx', '', 'z', '@'):
    print(repr(code), error_of(lambda: facts(memoryview(data).cast(code))))
grid = memoryview(bytearray(data)).cast('B', (4, 6))
print(facts(grid), len(grid), grid.tolist())
print(grid[1, 2], grid[-1, -1], error_of(lambda: grid[4, 0]), error_of(lambda: grid[0, 6]), error_of(lambda: grid[0]))
print(error_of(lambda: grid[1, 2, 3]), error_of(lambda: grid[(1,)]), error_of(lambda: grid[1:2, 0:1]))
print(grid[1:3].tolist(), facts(grid[1:3]), grid[::-2].tolist(), facts(grid[::2]))
print(error_of(lambda: grid['a']), error_of(lambda: grid[1, 'a']), error_of(lambda: list(grid)), error_of(lambda: grid[()]))
grid[2, 3] = 255
print(grid.tolist()[2], grid.tobytes('F'), grid.tobytes('A'), grid.tobytes(None), grid.hex('-', 6))
print(error_of(lambda: grid.tobytes('X')), error_of(lambda: grid.tobytes(3)), grid[1:3].tobytes('F'))


def store(view, key, value):
    view[key] = value
    return view.tolist()


print(error_of(lambda: store(grid, 0, 1)), error_of(lambda: store(grid, slice(0, 1), b'x')))
print(error_of(lambda: store(grid, (0, 'a'), 1)), error_of(lambda: store(grid, (slice(1), slice(1)), b'x')))
cube = memoryview(data).cast('B').cast('h', [2, 3, 2])
print(facts(cube), cube.tolist(), cube[1, 2, 1], cube == cube.tolist(), cube.tobytes('F'))
print(facts(cube.cast('B')), error_of(lambda: cube.cast('B', (6, 4))), error_of(lambda: cube.cast('i')))
point = memoryview(b'\x01\x02\x03\x04').cast('I', ())
print(facts(point), point[()], point[...] is point, point.tolist(), error_of(lambda: len(point)), error_of(lambda: point[0]))
print(error_of(lambda: iter(point)), point.tobytes(), point == memoryview(b'\x01\x02\x03\x04').cast('I', ()))
for shape in ((2, 2), (-24,), (0, 24), ('a',), 24, [24], (5, 5), (2**62, 2**62), [2**70], (1,) * 65, (1,) * 60 + (24,)):
    print(error_of(lambda: facts(memoryview(data).cast('B', shape))[2:4]))
print(error_of(lambda: memoryview(data)[::2].cast('B')), error_of(lambda: memoryview(data).cast('h').cast('i')))
print(error_of(lambda: memoryview(data[:7]).cast('h')), error_of(lambda: memoryview(b'').cast('h').tolist()))
print(error_of(lambda: memoryview(b'').cast('B', (1,))), error_of(lambda: memoryview(data).cast(3)))

for code, values in {
    'b': (-128, 127, 128, -129, 1.5, 'a', True), 'B': (0, 255, 256, -1, None), 'h': (-32768, 32768),
    'H': (65535, 65536), 'i': (-2**31, 2**31), 'I': (2**32 - 1, 2**32), 'q': (-2**63, 2**63), 'Q': (2**64 - 1, 2**64),
    'l': (5,), 'n': (-5,), 'N': (5, 2**200), 'f': (1.5, 3, 'a', 1e300, True), 'd': (1.5, 2**70, None),
    '?': (True, 0, 'x', [], 2), 'c': (b'x', b'', b'xy', 1, 'x'), 'P': (1, -1, 2**64),
}.items():
    for value in values:
        view = memoryview(bytearray(8)).cast(code)
        print(code, repr(value), error_of(lambda: store(view, 0, value)[:1]), view.tobytes())


class Index:
    def __init__(self, number, action=lambda: None):
        self.number, self.action = number, action

    def __index__(self):
        self.action()
        return self.number

    def __bool__(self):
        self.action()
        return False

    def __float__(self):
        self.action()
        return 4.25


view = memoryview(bytearray(b'abcdefgh'))
print(view[Index(2)], view[Index(1):Index(5):Index(2)].tolist(), store(view, Index(0), Index(65)), view.cast('B', (2, 4))[Index(1), 0])
print(store(view.cast('d'), 0, Index(1)), store(view.cast('?'), 1, Index(1))[:2])
for key in (Index(0, view.release), slice(Index(3, view.release)), slice(Index(1, view.release), 3)):
    view = memoryview(bytearray(b'abcdefgh'))
    key = slice(Index(3, view.release)) if isinstance(key, slice) else Index(0, view.release)
    print(error_of(lambda: view[key].tolist() if isinstance(key, slice) else view[key]))
    view = memoryview(bytearray(b'abcdefgh'))
    key = slice(Index(3, view.release)) if isinstance(key, slice) else Index(0, view.release)
    print(error_of(lambda: store(view, key, b'abc' if isinstance(key, slice) else 7)))
    view = memoryview(bytearray(b'abcdefgh'))
    print(error_of(lambda: store(view, 0, Index(1, view.release))))

ints = memoryview(bytes([1, 0, 2, 0])).cast('h')
print(ints == memoryview(b'\x01\x02'), ints == b'\x01\x02', b'\x01\x02' == ints, ints == bytearray(b'\x01\x02'), ints != ints[::-1])
print(memoryview(b'\x01') == memoryview(b'\x01').cast('c'), memoryview(b'\x01') == memoryview(b'\x01').cast('?'), ints == 3)
nan = memoryview(b'\x00\x00\x00\x00\x00\x00\xf8\x7f').cast('d')
print(nan == nan, nan.tolist(), memoryview(b'\x00\x00\x80\x3f').cast('f') == memoryview(b'\x01'), bytes(ints[::-1]), bytes(ints))
print(hash(memoryview(b'abc')) == hash(b'abc'), hash(memoryview(b'abc')[::-1]) == hash(b'cba'), error_of(lambda: hash(ints)))
print(error_of(lambda: hash(memoryview(bytearray(b'a')))), error_of(lambda: hash(memoryview(bytearray(b'a')).toreadonly())))
target = memoryview(bytearray(8)).cast('h')
print(error_of(lambda: store(target, slice(0, 2), ints)), error_of(lambda: store(target, slice(0, 2), b'abcd')))
print(error_of(lambda: store(target, slice(None, None, 2), ints)), error_of(lambda: store(target, slice(0, 1), ints)))
print(error_of(lambda: store(target, slice(0, 2), 'ab')), error_of(lambda: store(ints, 0, 1)))


def delete(view, key):
    del view[key]


print(error_of(lambda: delete(target, 0)), error_of(lambda: delete(ints, 0)))
half = memoryview(bytearray(8)).cast('e')
for value in (1.0, -2.5, 65504, 65520, 1e-8, 6e-8, float('inf'), 0.1):
    print(error_of(lambda: store(half, 1, value)[:2]), value, half.tolist()[:2], half.tobytes()[:4])

released = memoryview(bytearray(b'abc'))
kept = released[1:]
with released as same:
    print(same is released, kept.tolist())
for action in (
    lambda: bytes(released), lambda: released.tobytes(), lambda: released.tolist(), lambda: released[0], lambda: len(released),
    lambda: released.format, lambda: released.shape, lambda: released.obj, lambda: released.hex(), lambda: list(released),
    lambda: released.cast('B'), lambda: released.toreadonly(), lambda: released.__enter__(), lambda: store(released, 0, 1),
    lambda: memoryview(released), lambda: released.nbytes, lambda: hash(released), lambda: released.release(),
):
    print(error_of(action))
print(released == released, released == b'abc', released == memoryview(b'abc'), memoryview(b'abc') == released)
print(repr(released)[:20], str(kept)[:10], kept.tolist(), kept.obj)
print(list(reversed(memoryview(b'abc'))), 98 in memoryview(b'abc'), [*memoryview(data).cast('h')][:2], bytearray(ints))
match memoryview(b'ab'):
    case [first, second]:
        print(first, second)
