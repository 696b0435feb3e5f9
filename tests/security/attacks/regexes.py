"""Regular expressions: patterns that never end, patterns that are huge, callbacks, and what the module keeps."""

from __future__ import annotations

from redteam import L, R, S

#: Patterns that a backtracking matcher tries in more ways than there is time for, and a text for each.
CATASTROPHIC = (
    (r"(a+)+$", "'a' * 40 + 'b'"),
    (r"(a|aa)+$", "'a' * 60 + 'b'"),
    (r"(a|a)*$", "'a' * 40 + 'b'"),
    (r"(.*)*x", "'a' * 40"),
    (r"(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x", "'a' * 200"),
    (r"(a?){40}a{40}", "'a' * 39"),
    (r"(\w+\s?)*=", "'word ' * 20"),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "'a' * 40"),
    (r"(?=(a+)+$)a", "'a' * 40 + 'b'"),
    (r"(a*)*\1\1\1b", "'a' * 40"),
    (r"(?:(?:a|b|ab)+)+c", "'ab' * 40"),
    (r"(x+x+)+y", "'x' * 40"),
    (r"(?i)(é+)+$", "'é' * 40 + 'b'"),
    (r"(a+?)+?$", "'a' * 40 + 'b'"),
)
#: What a program does with a pattern and a text.
USES = (
    "re.match(p, s)",
    "re.search(p, s)",
    "re.fullmatch(p, s)",
    "re.findall(p, s)",
    "list(re.finditer(p, s))",
    "re.sub(p, '', s)",
    "re.sub(p, str, s)",
    "re.split(p, s)",
    "re.compile(p).scanner(s).search()",
)

CASES = (
    *(
        L(47, "GasExhausted", f"import re\np = r'{pattern}'\ns = {text}\nre.search(p, s)")
        for pattern, text in CATASTROPHIC
    ),
    *(L(47, "GasExhausted", f"import re\np, s = r'(a+)+$', 'a' * 40 + 'b'\n{use}") for use in USES),
    # huge repetitions cost nothing until they are made
    S(47, "", "import re\nre.match('a{1000000000}', 'aaa')"),
    S(47, "", "import re\nre.match('(?:(?:a{99999}b){99999}){99999}', 'aaa')"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.match('(?:){1000000000}', '')"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.match('(?:(?:){99999}){99999}b', 'a')"),
    R(47, "OverflowError", "import re\nre.compile('a{99999999999999999999}')"),
    # loops over nothing end
    S(
        47,
        "6",
        "import re\nlen([re.match(p, 'b') for p in '(?:)* (a*)* (a*)+ (a|)* (?:(?=b))* (?:a*?)*?'.split()])",
    ),
    # huge patterns
    S(47, "(0, 6)", "import re\nre.match('|'.join(f'x{n}y' for n in range(10_000)), 'x9999y').span()"),
    R(47, "RecursionError", "import re\nre.compile('(' * 100_000)"),
    R(47, "RecursionError", "import re\nre.compile('(?:' * 10_000 + ')' * 10_000)"),
    R(47, "RecursionError", "import re\nre.compile('()' + '(?(1)' * 10_000 + ')' * 10_000)"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.compile('(a)' * 10**7)"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.compile('a' * 10**8)"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nwhile True: re.compile('[ -\\uffff]' * 1000, re.I)"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.compile('[' + 'a-z' * 10**7 + ']')"),
    S(47, "3000", "import re\nre.compile(''.join(f'(?P<n{n}>a)?' for n in range(3_000))).groups"),
    # the stack of the matcher is memory of the program
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.match('(?:a|bc?)*d', 'ab' * 2_000_000)"),
    L(47, "GasExhausted|MemoryLimitExceeded", "import re\nre.match('(?:(a)|b)*d', 'ab' * 2_000_000)"),
    # results
    L(42, "GasExhausted|MemoryLimitExceeded", "import re\nre.sub('', 'x' * 10**6, 'a' * 10**6)"),
    L(42, "GasExhausted|MemoryLimitExceeded", "import re\nre.sub('(a*)', r'\\1' * 1000, 'a' * 10**6)"),
    L(42, "GasExhausted|MemoryLimitExceeded", "import re\nre.findall('(?=(a*))', 'a' * 10**5)"),
    L(42, "GasExhausted|MemoryLimitExceeded", "import re\nre.split('(' * 100 + ')' * 100, 'a' * 10**6)"),
    L(42, "GasExhausted|MemoryLimitExceeded", "import re\nwhile True: re.match('.', 'a').expand(r'\\g<0>' * 10**6)"),
    # callbacks
    S(
        56,
        "b0b1b2b3\n",
        """
import re
def f(m):
    re.purge()
    return re.compile('x%d' % m.start()).pattern.replace('x', 'b')
print(re.sub('a', f, 'aaaa'))
""",
    ),
    R(56, "RecursionError", "import re\ndef f(m): return re.sub('a', f, 'a')\nf(None)"),
    R(56, "ZeroDivisionError", "import re\nre.sub('a', lambda m: 1 / 0, 'aaa')"),
    S(
        56,
        "b''\n",
        """
import re
b = bytearray(b'aaaa')
def f(m):
    b.clear()
    return b''
print(re.sub(b'a', f, b))
""",
    ),
    S(
        56,
        "[b'', b'aa']\n",
        """
import re
b = bytearray(b'aabb')
i = re.finditer(b'..', b)
m = next(i)
b.clear()
print([m.group(), re.match(b'..', b'aa').group()])
""",
    ),
    R(56, "TypeError", "import re\nre.Match.group(re.compile('a'))"),
    R(56, "TypeError", "import re\nre.Pattern.match(re.match('a', 'a'), 'a')"),
    R(56, "TypeError", "import re\ntype(re.compile('a').scanner('a')).search(1)"),
    # what the module keeps
    S(67, "True", "import re\nfor n in range(3000): re.compile('a%d' % n)\nTrue"),
    L(67, "GasExhausted|MemoryLimitExceeded", "import re\nn = 0\nwhile True:\n    n += 1\n    re.compile('a%d' % n)"),
    L(67, "GasExhausted|MemoryLimitExceeded", "import re\nx = []\nwhile True: x.append(re.compile('a%d' % len(x)))"),
    L(
        67,
        "GasExhausted|MemoryLimitExceeded",
        "import re\nx = []\nwhile True: x.append(re.match('(a)' * 9, 'a' * 9))",
    ),
)
