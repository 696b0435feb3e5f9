"""maketrans and translate."""
table = str.maketrans("abc", "xyz", "d")
print("abcde".translate(table), table, str.maketrans({"a": "1", 98: None, "c": 99}), "abc".translate({97: "AA", 98: None}))
for args in (("ab", "c"), ({"ab": 1},), (1,)):
    try:
        str.maketrans(*args)
    except Exception as error:
        print(type(error).__name__, error)
