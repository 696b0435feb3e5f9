"""Concatenation and repetition."""
print("a" + "b", "ab" * 3, 3 * "ab", "x" * 0, "x" * -1, "" + "")
for call in (lambda: "a" + 1, lambda: "a" * "b", lambda: "a" * 1.0, lambda: "a" - "b"):
    try:
        call()
    except TypeError as error:
        print(error)
