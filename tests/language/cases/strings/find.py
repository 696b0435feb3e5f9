"""find, index, count, startswith, endswith, in."""
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("z"), s.rfind("a"), s.find("", 3), s.find("a", -3), s.find("bra", 2, 5), s.index("c"), s.rindex("b"))
print(s.count("a"), s.count("abra"), s.count(""), "aaa".count("aa"), s.count("a", 2, 6))
print(s.startswith("abra"), s.startswith(("x", "a")), s.endswith("bra"), s.startswith("b", 1), s.endswith(("q",)), "cad" in s, "" in s, "x" not in s)
for call in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.startswith(1), lambda: 1 in s, lambda: s.startswith([1])):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
