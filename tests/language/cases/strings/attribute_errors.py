"""Missing attributes and wrong argument counts of string methods."""
for call in (lambda: "a".nope, lambda: "a".uper(), lambda: "a".upper(1), lambda: "a".split(1, 2, 3), lambda: "a".join(), lambda: "a".replace("a"), lambda: "a".find(), lambda: "a".center(), lambda: "a".encode(1), lambda: "a".splitlines(foo=1)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
