"""print with sep, end and odd values."""
print()
print(1, "a", None, [1, "b"], sep=", ", end="!\n")
print("a", "b", sep="")
print("x", end="")
print("y", sep=None, end=None)
print(*range(5), sep="-")
print(print("inner"))
print("flush", flush=True)
for call in (lambda: print(1, sep=5), lambda: print(1, end=5), lambda: print(1, foo=2)):
    try:
        call()
    except TypeError as error:
        print(error)
