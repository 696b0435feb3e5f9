"""re: what patterns match, and what groups they leave."""

import re


def show(found):
    return None if found is None else (found.span(), found.groups(), found.lastindex, found.lastgroup)


CASES = [
    (r"a|ab", "ab"), (r"(a|ab)(c|bcd)(d*)", "abcd"), (r"(a*)*", "b"), (r"(a*)+", "aab"), (r"(a|b)*?c", "abc"),
    (r"(?:(a)|b)*", "ab"), (r"(?:(a)|(b))*", "ba"), (r"(a)?b(?(1)c|d)", "abc bd"), (r"(a)?b(?(1)c|d)", "bd"),
    (r"(?P<q>['\"]).*?(?P=q)", "say 'it\"s' \"x\""), (r"(\w+) \1", "the the cat"), (r"(?<=a)b", "ab"),
    (r"(?<!a)b", "ab bb"), (r"a(?=b)", "acab"), (r"a(?!b)", "abac"), (r"(?=(a+))a*b\1", "baaabac"),
    (r"(?>a+)ab", "aaab"), (r"(?>a|ab)c", "abc"), (r"a++b", "aaab"), (r"a*+a", "aaa"), (r"(?:a|ab){2}+", "aba"),
    (r"(?:ab?)?+b", "ab"), (r"x{2,3}?", "xxxx"), (r"x{,2}", "xxx"), (r"x{2,}", "xxx"), (r"x{2", "x{2"), (r"x{}", "x{}"),
    (r"^b", "a\nb"), (r"(?m)^b", "a\nb"), (r"a$", "a\n"), (r"a\Z", "a\n"), (r"(?m)a$", "a\nb"), (r".", "\n"),
    (r"(?s).", "\n"), (r"\bfoo\b", "a foo."), (r"\Boo", "foo"), (r"\B", ""), (r"\b", ""), (r"[^]]", "]a"), (r"[]-a]+", "]^_`a"),
    (r"[\d-]+", "1-2"), (r"[a\-z]+", "-az"), (r"(?x) a b # c\n c", "abc"), (r"(?x:a b)c d", "abc d"), (r"(?i:a)b", "Ab AB"),
    (r"(?i)a(?-i:b)", "Ab AB"), (r"((a)(b)?)+", "aab"), (r"(a(b)?)+", "aba"), (r"(?:(a)|b|c)+", "abc"),
    (r"(|a)+", "aaa"), (r"(|a)*", "aaa"), (r"(a|)+", "aaa"), (r"(?:a?)*?y", "aay"), (r"(?:a?){3}", "aa"),
    (r"(?=(a))?", "a"), (r"(a)(?!.*\1)", "aba"), (r"\141\x62\u0063\U00000064\N{LATIN SMALL LETTER E}", "abcde"),
    (r"\0\07", "\0\7"), (r"(\d+)(?:px|em)(?=;)", "12em;3px;"), (r"(?:(?:ab)*c)+", "ababcc"), (r"", "x"), (r"(?!)", "x"),
    (r"(?:x|(?:y)){2,3}z", "xyz"), (r"(?:ab|cd|ef)+g", "abcdefg"), (r".*\bx", "a x bx x"), (r"a.*?b.*c", "a1b2c3b4c"),
    (r"(?<=(a)b)c", "abc"), (r"(?<=\bfoo)bar", "foobar"), (r"((?:\w|-)+)@((?:\w+\.)+\w+)", "me-too@mail.example.org"),
]
for pattern, text in CASES:
    compiled = re.compile(pattern)
    print(pattern, show(compiled.search(text)), show(compiled.match(text)), show(compiled.fullmatch(text)))
    print(compiled.findall(text), compiled.split(text), compiled.sub("-", text), compiled.subn("<\\g<0>>", text, 1))

for pattern, text in [(rb"\w+", b"ab\xe9c"), (rb"[\x80-\xff]+", b"a\x80\xff"), (rb"(?i)\xc9", b"\xe9\xc9"), (rb"(?L)\w", b"a")]:
    print(pattern, re.findall(pattern, text), re.sub(pattern, b"-", text), re.split(pattern, text))
print(re.findall(b"a.", bytearray(b"abac")), re.search(b"b", memoryview(b"ab")).span(), re.match(b"a", bytearray(b"ab"))[0])

scanner = re.compile(r"(\w)(\d)?").finditer("a1b c2")
for found in scanner:
    print(found.group(0, 1, 2), found.start(2), found.end(1), found.regs)
print(next(scanner, "end"), type(scanner).__name__)
pattern = re.compile("b+")
print(pattern.search("abbbc", 2), pattern.search("abbbc", 0, 2), pattern.match("abbb", 1), pattern.fullmatch("abbbc", 1, 4))
print(pattern.search("abbbc", 4, 2), re.compile("^b").search("ab", 1), re.compile("b$").search("abc", 0, 2))
print(re.compile(r"(?<=a)b").search("ab", 1), re.compile(r"\bb").search("ab", 1))
print(pattern.findall("abbbcb", 2), [m.span() for m in pattern.finditer("abbbcb", 1, 3)], pattern.search("b", -5, 100).endpos)
