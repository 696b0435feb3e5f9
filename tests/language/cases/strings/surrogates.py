"""Lone surrogates are characters like others."""
s = "\ud83d\ude00"
print(len(s), [hex(ord(c)) for c in s], s == "\U0001F600", repr(s), ascii(s + "é"), s[0] < s[1])
