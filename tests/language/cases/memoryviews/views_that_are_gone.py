"""A bytearray is resized when its views are released or gone, and not before; what that costs is always the same."""

data = bytearray(b"hello")
view = memoryview(data)
print(bytes(view[1:4]), view[::-1].tobytes(), list(view[:2]))
try:
    data.append(1)
except BufferError as error:
    print(error)
view.release()
data.append(33)
print(data)

for size in range(3):
    view = memoryview(data)[size:]
    print(len(view))
    del view
    data.extend(b"ab")
    del data[:1]
print(data)
