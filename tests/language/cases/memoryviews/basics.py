"""memoryview over bytes and bytearray."""
b = bytearray(b"hello")
m = memoryview(b)
m[0] = 72
m[1:3] = b"EL"
print(b, m[1], bytes(m[1:4]), len(m), m.tolist(), m.readonly, m.format, m.nbytes, memoryview(b"abc").readonly, m == b, m[::-1].tobytes(), list(m[:2]))
for call in (lambda: memoryview(b"a").__setitem__(0, 1), lambda: m[10], lambda: memoryview("a"), lambda: m.__setitem__(0, 300), lambda: m.__setitem__(slice(0, 2), b"abc"), lambda: b.append(1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
m.release()
b.append(1)
print(b)
