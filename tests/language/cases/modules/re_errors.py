"""re: what patterns, templates and arguments are refused, with which words."""

import re

PATTERNS = [
    "(", ")", "a)", "(a", "[", "[a", "[]", "[^]", "[b-a]", r"[\w-a]", r"[a-\w]", "*", "+a", "a**", "a+*", "a{2}{3}", "^*", "a{3,2}", "(?", "(?P",
    "(?P<", "(?P<a", "(?P<>a)", "(?P<1>a)", "(?P<a b>x)", "(?P=a)", "(?P=", "(?P=a", "(?P<a>(?P=a))", "(?Px)", "(?<a)", "(?<", "(?z)",
    "(?P<a>x)(?P<a>y)", r"\1", r"(a)\2", r"(\1)", r"\400", r"\777", r"\x1", r"\u12", r"\U1234567", r"\U00110000", r"\N", r"\N{", r"\N{}", r"\N{nope}", r"\q",
    r"[\q]", r"[\8]", r"[\x1]", r"[\400]", "\\", "[\\", "(?#", "(?i", "(?i-", "(?i-i:a)", "(?-", "(?-i", "(?-a:x)", "(?-z:x)", "(?i$)", "(?iz)", "(?au)", "(?L)",
    "(?a-u:x)", "a(?i)", "(?i)(?m)a(?s)", "(?(", "(?(1", "(?(1)a", "(?(2)a)", "(?(0)a)", "(?(x)a)", "(?(a b)c)", "(?(1)a|b|c)(x)", "()(?(1)a|b|c)", "(?()a)",
    "(?<=a*)", "(?<!a|bc)", "(?<=(a)\\1)", "(?<=(?(1)a)(b))", "a\nb(", "x\n\ny\n  )", "(?=a", "(?>a", "(?:", "a{99999999999}", "a{1,4294967295}", "(?i:", "(?x)a(#)",
    "(?P<é>x)", "(?P<a>x)(?P<b>y)(?P=c)", "|*", "a|*", "(?:*)", "a?+?", "a{1}+{2}", "(?P<a\\>x)",
]
for pattern in PATTERNS:
    try:
        print(repr(pattern), re.compile(pattern).groups)
    except re.error as error:
        print(repr(pattern), error, "|", error.msg, error.pos, error.lineno, error.colno, error.pattern == pattern, error.args)
    except (OverflowError, RecursionError) as error:
        print(repr(pattern), type(error).__name__, error)
for pattern in [b"(?u)", b"\\u1234", b"(?P<\xe9>a)", b"[\xe9-a]", b"(?P=\xe9)", b"\\N{x}", b"(?La)"]:
    try:
        print(pattern, re.compile(pattern))
    except re.error as error:
        print(pattern, error, error.pos)
for pattern, flags in [("a", re.L), ("a", re.A | re.U), (b"a", re.U), (b"a", re.L | re.A)]:
    try:
        re.compile(pattern, flags)
    except ValueError as error:
        print(pattern, error)
for template in [r"\2", r"\g<2>", r"\g<", r"\g<>", r"\g<a", r"\g", r"\g<x y>", r"\q", r"\400", "\\", r"\g<-1>", r"\g<9999999999>", r"\18"]:
    try:
        print(re.sub("(a)", template, "xay"))
    except re.error as error:
        print(template, error, error.pos, error.pattern)
try:
    re.sub("(a)", r"\g<nope>", "a")
except IndexError as error:
    print(error)
CALLS = [
    lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.match("a", 1), lambda: re.match(1, "a"), lambda: re.match(None, "a"),
    lambda: re.compile(re.compile("a"), re.I), lambda: re.sub("a", b"b", "a"), lambda: re.sub(b"a", "b", b"a"), lambda: re.sub("a", 1, "a"),
    lambda: re.sub("a", lambda m: 1, "xa"), lambda: re.search("a", "a").group(1), lambda: re.search("a", "a").group("x"), lambda: re.search("a", "a")[2],
    lambda: re.search("a", "a").start(3), lambda: re.search("a", "a").span("x"), lambda: re.compile([]), lambda: re.compile("a").match(), lambda: re.search("a", "a").group(None),
    lambda: re.sub("a", "b", "a", 1, 0, 0), lambda: re.split("a", "b", 1, maxsplit=2), lambda: re.compile("a").search("a", "x"), lambda: re.search("a", "a").group(-1),
    lambda: type(re.compile("a"))(), lambda: type(re.match("a", "a"))(), lambda: re.nothing,
]
for call in CALLS:
    try:
        print(call())
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        print(type(error).__name__, error)
print(re.error is re.PatternError, re.error.__mro__, re.error("m"), re.error("m", "a\nb", 2).colno, isinstance(re.error("m"), Exception))
