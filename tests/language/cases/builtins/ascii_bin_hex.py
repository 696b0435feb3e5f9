"""ascii, bin, hex, oct, chr, ord, callable, hash on odd arguments."""
print(ascii("é😀\n"), bin(-5), hex(255), oct(-8), bin(True), ascii(["é"]), callable(print), callable(lambda: 0), callable("a"), callable(int))
for call in (lambda: bin(1.5), lambda: hex("a"), lambda: oct(None), lambda: hash([]), lambda: hash({}), lambda: hash(slice(1)) and 0, lambda: callable()):
    try:
        print(call())
    except TypeError as error:
        print(error)
