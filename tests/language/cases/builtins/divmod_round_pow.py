"""divmod, round and pow on mixed arguments."""
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), divmod(10**20, 7), round(2.5), round(3.14159, 3), round(True), pow(2, 10), pow(2, 0.5), pow(2, 10, 1000), pow(7, -1, 11), pow(base=2, exp=3, mod=5))
for call in (lambda: divmod("a", 1), lambda: round("a"), lambda: round(1.5, "a"), lambda: pow("a", 2), lambda: pow(2, 2, 2.0), lambda: divmod(1), lambda: divmod(1, 0), lambda: round()):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
