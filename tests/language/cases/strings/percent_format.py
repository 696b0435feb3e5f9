"""The % operator."""
print("%d %i %u" % (1, 2.9, -3), "%s %r %a" % ("é", "é", "é"), "%5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5))
print("%x %X %#x %o %#o" % (255, 255, 255, 8, 8), "%e %.2e %E" % (1.5, 1.5, 1.5), "%f %.1f %10.2f|" % (1.5, 2.25, 3.125), "%g %g %G" % (1e-10, 100000.0, 1e10))
print("%c%c" % (65, "b"), "%%", "100%%" % (), "%(a)s-%(b)03d" % {"a": "x", "b": 7}, "%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159), "%.3s|%5.1s" % ("abcdef", "xyz"), "%s" % [1, 2], "%s" % (("t",),))
for call in (lambda: "%d" % "x", lambda: "%d %d" % 1, lambda: "%d" % (1, 2), lambda: "%z" % 1, lambda: "%(a)s" % 1, lambda: "%(a)s" % {}, lambda: "%" % (), lambda: "%c" % "ab", lambda: "%x" % 1.5, lambda: "a" % 1):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
