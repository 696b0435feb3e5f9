"""replace and join where the result is short, and where it is just not."""

for text in ("", "a", "aaa", "abab", "x_y_z", "ünïcödé", "a" * 24, "ab" * 12, "ab" * 64, "a" * 129, "aXbXc" * 30):
    for old, new in (("a", "b"), ("ab", "c"), ("ab", ""), ("a", "aa"), ("ö", "o"), ("X", "ß"), ("", "-"), ("_", " ")):
        for limit in (-1, 0, 1, 2, 1000):
            made = text.replace(old, new, limit)
            print(len(made), hash(made) == hash("".join(list(made))), made[:30])

for separator in ("", ",", "--", "é"):
    for items in ([], ["a"], ["", ""], ["a", "b"], ["x" * 11, "y" * 12], ["x" * 12, "y" * 12], ["ä", "ö"], ["a"] * 70):
        joined = separator.join(items)
        print(len(joined), joined.isascii(), joined[:40], joined == separator.join(tuple(items)))
for wrong in ([1], ["a", None], ("a", b"b")):
    try:
        ",".join(wrong)
    except TypeError as error:
        print(error)
