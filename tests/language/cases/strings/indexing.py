"""Indexing and slicing by code point."""
s = "héllo wörld 😀!"
print(len(s), s[0], s[-1], s[-2], s[1:5], s[::-1], s[::3], s[-3:], s[5:2], s[100:], s[:-100], s[10:1:-2])
try:
    s[50]
except IndexError as error:
    print(error)
try:
    s["a"]
except TypeError as error:
    print(error)
try:
    s[0] = "x"
except TypeError as error:
    print(error)
