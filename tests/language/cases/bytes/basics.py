"""bytes: literals, indexing, methods, repr."""
b = b"abc\x00\xff\n'"
print(b, len(b), b[0], b[1:3], b[-1:], list(b[:3]), b + b"x", b"ab" * 2, b == b"abc", b"a" < b"b", 97 in b, b"bc" in b, bytes(3), bytes([1, 2]), bytes("é", "utf-8"), b"%d-%s" % (5, b"x"), b"it's", b'"')
print(b"a,b".split(b","), b"-".join([b"a", b"b"]), b"abc".upper(), b"abc".find(b"c"), b"aXa".replace(b"X", b"--"), b" a ".strip(), b"abc".hex(), b"abc".hex("-"), bytes.fromhex("61 62"), b"abc".decode(), b"abc".startswith(b"a"), b"12".isdigit(), b"abc".center(7, b"*"))
for call in (lambda: b"a" + "b", lambda: b"a"[5], lambda: bytes([256]), lambda: bytes("a"), lambda: bytes(-1), lambda: b"a".find("a"), lambda: b"a".split(","), lambda: bytes.fromhex("zz"), lambda: b"a" == "a" or b"".join(["a"])):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
