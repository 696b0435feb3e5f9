ba = bytearray(b"-")


def misbehave():
    yield b"a"
    try:
        ba.extend(b"xx")
        print("extended")
    except BufferError as error:
        print(error)
    yield b"b"


print(ba.join(misbehave()))
ba.extend(b"free")
print(ba)
mixed = bytearray(b",")
parts = [bytearray(b"a"), b"b", memoryview(b"c")]
print(mixed.join(parts), mixed.join([]), mixed.join(iter([b"z"])))


class Item:
    def __iter__(self):
        mixed.clear()
        return iter([b"q", b"r"])


try:
    print(mixed.join(Item()))
except BufferError as error:
    print(error)
print(mixed)
