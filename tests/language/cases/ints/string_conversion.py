"""str, repr, hex, oct, bin and format of ints."""
for n in (0, -1, 255, -255, 2**64, -(2**64)):
    print(str(n), repr(n), hex(n), oct(n), bin(n), format(n, "x"), format(n, "#X"), format(n, "#o"), format(n, ","), format(n, "_b"))
