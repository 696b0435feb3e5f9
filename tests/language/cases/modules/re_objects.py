"""re: patterns, matches and flags as objects."""

import copy
import re

pattern = re.compile(r"(?P<first>\w)(\d)?(?P<last>x)?", re.I | re.M)
print(pattern, pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex, type(pattern), type(pattern).__module__)
print(re.compile("a"), re.compile(b"a"), re.compile("a", re.A), re.compile("(?x)a"), re.compile("'\""), re.compile("a" * 250))
print(re.compile("a", re.I | re.S | re.X), re.compile(b"a", re.L), re.compile(b"a", re.A))
print(re.compile("a") == re.compile("a"), re.compile("a") == re.compile("a", re.I), re.compile("a") == re.compile(b"a"), re.compile("a") != re.compile("b"))
print(hash(re.compile("a")) == hash(re.compile("a")), {re.compile("a"): 1}[re.compile("a")], re.compile("a") is re.compile("a"), re.compile("a") == "a")
print(copy.copy(pattern) is pattern, copy.deepcopy(pattern) is pattern, re.compile(pattern) is pattern, re.search(pattern, "a")[0])
found = pattern.search("-a1")
print(found, found.group(), found.group(1, 2), found.group("first"), found["last"], found[2], found.groups(), found.groups("-"), found.groupdict(), found.groupdict(0))
print(found.start(), found.end("first"), found.span("last"), found.pos, found.endpos, found.lastindex, found.lastgroup, found.string, found.re is pattern, found.regs)
print(copy.copy(found) is found, copy.deepcopy(found) is found, bool(found), type(found), found == pattern.search("-a1"))
print(found.expand(r"\1-\g<first>-\g<last>-\\-\n"), repr(found.expand(r"\3")), re.match("(.)", "é").expand(r"<\1>"))
print(re.match(".{60}", "y" * 60), re.match(b"a", b"ab"))
print(re.I, re.IGNORECASE, repr(re.I | re.M | re.X), re.NOFLAG, re.I.value, re.I | 0, re.I & re.M, re.RegexFlag.I is re.I, isinstance(re.I, int), re.A | re.I)
print(re.RegexFlag(10), list(re.RegexFlag), re.RegexFlag["S"], f"{re.S}", str(re.S), int(re.S), re.I in re.I | re.S, ~re.I, re.I | 1 << 20)
print(re.escape("a.b*c [x]-#&~\t"), re.escape(b"a\xe9.\n"), re.escape(""))
print(re.Pattern, re.Match, re.Pattern[str], re.Match[bytes], isinstance(pattern, re.Pattern), isinstance(found, re.Match))
index = pattern.groupindex
try:
    index["x"] = 1
except TypeError as error:
    print(error)
match pattern.match("a2x"):
    case re.Match(lastgroup=name):
        print(name)
for _ in range(3):
    for number in range(400):
        re.compile(f"a{number}")
re.purge()
print(re.sub("a", "b", "aaa", count=2), re.split("a", "1a2a3", maxsplit=1), re.sub("x*", "-", "abxd"), re.sub("", "-", "abc"), re.split("x*", "axbc"), re.split("(x)|y", "axbyc"))


class Text(str):
    pass


text = Text("abc")
found = re.search("b", text)
print(type(found.string), type(found[0]), type(re.sub("b", "x", text)), type(re.sub("z", "x", text)), re.search("abc", text)[0] is text)
print(re.sub("a", r"\n\t\\\101\0", "a") == "\n\t\\A\0", re.sub("(a)(b)?", r"[\2]", "ab a"), re.sub("a", r"\.", "a"), re.subn("z", "", "abc"))


def twice(found):
    return found[0] * 2


print(re.sub("[ab]", twice, "abc"), re.subn("b", twice, "abcb", 1), re.sub(b"b", twice, b"abc"), re.sub("b", lambda found: None, "abc"), re.sub("", lambda m: "-", "ab"))
seen = []
print(re.sub("a", lambda found: seen.append(re.sub("a", "b", found.string)) or re.search("a", "xa").group(), "aXa"), seen)
try:
    re.sub("a", lambda found: 1 / 0, "a")
except ZeroDivisionError as error:
    print(error)
tokens = re.Scanner([(r"\d+", lambda scanner, text: int(text)), (r"\w+", lambda scanner, text: text), (r"\s+", None)])
print(tokens.scan("12 ab 3 !"))
print([m.span() for m in iter(re.compile("a|b").scanner("abcab").search, None)])
