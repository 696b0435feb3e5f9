"""bytearray is mutable."""
b = bytearray(b"hello")
b[0] = 72
b.append(33)
b.extend(b"??")
b[1:3] = b"EL"
print(b, len(b), b.pop(), b, bytes(b), b == b"HELlo!?", b.find(b"l"), b[::-1], b.upper())
del b[0]
b += b"+"
b.insert(0, 65)
b.remove(33)
b.reverse()
print(b)
for call in (lambda: b.append(256), lambda: b.append("a"), lambda: hash(b), lambda: bytearray("x")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
