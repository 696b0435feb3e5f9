"""split, rsplit, splitlines, partition."""
print("a b  c ".split(), "a b  c ".split(" "), "a,b,c".split(",", 1), "".split(), "".split(","), " a b ".split(None, 1), "aXXbXXc".split("XX"))
print("a,b,c".rsplit(",", 1), " a b c ".rsplit(None, 1), "a b c".rsplit(maxsplit=1))
print("a\nb\r\nc\rd\x0be\u2028f".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines())
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="))
for call in (lambda: "a".split(""), lambda: "a".partition(""), lambda: "a".split(1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
