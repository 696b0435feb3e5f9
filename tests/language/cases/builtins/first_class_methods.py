"""Methods of builtin types used as functions."""
print(list(map(str.strip, [" a ", "b "])), sorted("bAc", key=str.lower), list(map(len, ["a", "bb"])), max({"a": 3, "b": 7}, key={"a": 3, "b": 7}.get), list(filter(str.isdigit, ["1", "a", "2"])), list(map(int.__add__, [1, 2], [3, 4])), dict.fromkeys([1]), list(map(dict.get, [{1: 2}], [1])), str.join("-", ["a", "b"]), list.append([], 1), " ".join(map(str.upper, ["a"])), list(map("{}!".format, [1, 2])), [f(2.5) for f in (int, float, str, round, bool)])
print(str.upper, [].append.__name__, len.__name__, "abc".upper.__self__, str.split.__qualname__, callable(len), callable(5))
for call in (lambda: str.upper(5), lambda: str.upper(), lambda: list.append(1, 2), lambda: dict.get([], 1), lambda: int.__add__("a", 1)):
    try:
        call()
    except TypeError as error:
        print(error)
