"""re: search, groups, sub, split, flags."""
import re
m = re.search(r"(?P<y>\d{4})-(?P<m>\d\d)", "on 2026-03-04")
print(m, m.group(), m.groups(), m["y"], m.groupdict(), m.span(), m.start("m"))
print(re.findall(r"\w+", "a bc, d"), re.sub(r"(\w)(\w)", r"\2\1", "abcd"), re.sub("x", lambda m: m[0].upper(), "axbx"), re.split(r"[,;]\s*", "a, b;c"), re.match("b", "ab"), re.fullmatch("a+", "aaa") is not None, re.findall(r"(a)(b)?", "aba"), re.compile("A", re.I).findall("aA"), re.escape("a.b"), [m.group() for m in re.finditer(r"\b\w", "the end")], re.sub(r"\s+", " ", "a \n b", count=1))
try:
    re.compile("(")
except re.error as error:
    print(error)
