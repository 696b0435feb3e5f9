"""+, *, +=, *= and their errors."""
a = [1]
b = a
a += (2, 3); print(a, b is a)
a *= 2; print(b)
a = a + [9]; print(a, b)
print([0] * 3, 2 * [1, 2], [1] * -1, [] + [])
for call in (lambda: [1] + (2,), lambda: [1] * [2], lambda: [1] + None, lambda: [1] - [1]):
    try:
        call()
    except TypeError as error:
        print(error)
try:
    a += 5
except TypeError as error:
    print(error)
