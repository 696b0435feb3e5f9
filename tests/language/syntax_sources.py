"""Sources with syntax errors, and a few that only look wrong: one a line or block, without expected results.

`regenerate.py` asks CPython 3.13 what it says of each and writes `syntax_errors.json`.
"""

from __future__ import annotations

SOURCES = [
    # Assignment and targets
    "x = = 1", "1 = x", "f() = 1", "a + b = c", "x := 1", "(x) := 1", "True = 1", "None = 1", "None += 1", "x += = 1", "a, 1 = b",
    "[a, 1] = b", "*a = 1", "a, *b, *c = d", "*a", "x: int: str", "(a, b): int", "(a, b) += 1", "[a] += 1", "f() += 1", "a = yield = 1",
    "'a' = 1", "f'{x}' = 1", "{} = 1", "{1, 2} = 1", "... = 1", "-x = 1", "a if b else c = 1", "lambda: 0 = 1", "not x = 1", "x and y = 1",
    "a < b = c", "(x for x in y) = 1", "[x for x in y] = 1", "__debug__ = 1", "x.y = 1 = z", "for 1 in x: pass", "for f() in x: pass",
    "with a as 1: pass", "with a as f(): pass", "del 5", "del f()", "del x + y", "del (a, 1)", "del *a", "del", "del x := 1", "import a as 1",
    "(a := b = 1)", "(a.b := 1)", "(a[0] := 1)", "((a, b) := 1)", "(True := 1)",
    # Comparison written as assignment
    "if x = 1: pass", "while x = 1: pass", "assert x = 1", "print(x = 1 = 2)", "f(a.b=1)", "f(1=2)", "f(True=1)", "f(a+b=1)", "x = 1 if y = 2 else 3",
    "elif x: pass", "return x = 1",
    # Missing parts
    "if x\n  pass", "if x:", "if x:\npass", "while x\n  pass", "for x in", "for x in y\n  pass", "for x y: pass", "for in x: pass", "def f(\n", "def f:\n  pass",
    "def f()\n  pass", "def (): pass", "def f(): pass pass", "class", "class C\n  pass", "class C(:\n  pass", "try:\n    pass", "try:\n  pass\nfinally\n  pass",
    "try:\n    x\nexcept\n    y", "except: pass", "finally: pass", "else: pass", "with open(x)\n  pass", "with: pass", "lambda", "lambda x", "import", "from x import",
    "from import x", "from . import", "import a.", "import a,", "from x import (a, b", "from x import a,", "from x import *, a", "raise x from", "assert", "return return",
    "global", "nonlocal", "x =", "x +", "x + * y", "x.", "x.1", "x[", "x[]", "f(", "f(,)", "f(a,,b)", "(1, 2", "[1, 2", "{1, 2", "{1: 2", "{1: 2, 3}", "{1:}", "{1: *a}",
    "{**a: 1}", "{1: 2, **}", "{a, b: c}", "x = (", "not", "x if y", "x if y else", "await", "yield from", "async x", "async", "async def", "async with x: pass",
    "match x:\n  pass", "match x:\n case 1\n  pass", "match x:\n case: pass", "match x:\ncase 1: pass", "type X", "type X =", "type 1 = x",
    # Brackets
    ")", "]", "}", "(]", "[)", "{)", "(1]", "x = (1,\n  2\ny = 3", "f(x\ny", "print((1)", "[1, (2, 3]", "{'a': [1, 2}", "(1 2)", "[1 2]", "{1 2}", "f(a b)", "f(1 2)", "x = [a b]",
    "d = {'a': 1 'b': 2}", "x = {'a' 1}", "print(1 if x)", "(a, b c)", "foo(a, b for c in d)", "foo(b for c in d, a)", "foo(b for c in d, a for e in f)",
    # Calls and parameters
    "f(a=1, a=2)", "f(a=1, b)", "f(**k, *a)", "f(**k, a)", "f(*)", "f(**)", "f(a=)", "f(a for a in b, c)", "f(x=1, *, y)", "class C(a=1, b): pass", "f(lambda x: x = 1)",
    "def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(*, **k): pass", "def f(**a, b): pass", "def f(**a, *b): pass", "def f(*a, *b): pass",
    "def f(a, /, b, /): pass", "def f(*, a, /): pass", "def f(/): pass", "def f(a=): pass", "def f(1): pass", "def f(a.b): pass", "def f(None): pass", "def f(a, (b, c)): pass",
    "def f(*a=1): pass", "def f(**a=1): pass", "def f(*, a=1, *b): pass", "def f(a:): pass", "lambda x, x: 0", "lambda x=1, y: 0", "lambda *: 0", "lambda (x): 0", "lambda x: (yield) = 1",
    "def f(a, *, a): pass", "def f(__debug__): pass", "def f(): return *", "def f[T, T](): pass", "class C[]: pass", "def f[](): pass", "def f[T: (yield)](): pass",
    # Where statements may stand
    "return 1", "yield 1", "yield from x", "await x", "break", "continue", "class C:\n  return 1", "def f():\n  break", "for x in y:\n  def f():\n    break",
    "x = yield", "[x async for x in y]", "async for x in y: pass", "def f():\n  await x", "def f():\n  async with x: pass", "class C:\n  yield 1", "[(yield) for x in y]",
    "lambda: await x", "nonlocal x", "def f():\n  nonlocal x", "def f(x):\n  global x", "def f():\n  x = 1\n  global x", "def f():\n  print(x)\n  global x", "def f():\n  x: int\n  global x",
    "def f():\n  global x\n  nonlocal x", "def f(x):\n  nonlocal x", "class C:\n  nonlocal x", "def f():\n  from x import *", "from __future__ import nope", "x = 1\nfrom __future__ import annotations",
    "from __future__ import braces", "async def f():\n  yield from x", "async def f():\n  yield 1\n  return 2", "try: pass\nexcept: pass\nexcept ValueError: pass",
    "try: pass\nexcept* ValueError: pass\nexcept KeyError: pass", "try: pass\nexcept*: pass", "try: pass\nexcept ValueError, KeyError: pass", "try: pass\nexcept* A:\n  return 1",
    "while 1:\n  try: pass\n  except* A:\n    break", "[i := 0 for i in x]", "[[(j := 0) for i in x] for j in y]", "[x for x in (y := 1)]", "class C:\n  [x := 1 for y in z]", "(*a)", "print(*a = 1)",
    "(yield x) = 1", "[*a for a in b]", "{**a for a in b}", "[a, b for a in b]", "(a, b for a in b)", "{a: b, c for a in b}", "[x for x in a, b]", "[x for 1 in a]", "[for x in y]",
    # Strings and numbers
    "'abc", '"abc', "'''abc", "'a\nb'", "x = 'it's'", "'\\x1'", "'\\u12'", "'\\N{nope}'", "'\\U99999999'", "b'\\x1'", "b'é'", "'a' b'b'", "ur'x'", "f'{x'", "f'{'", "f'}'", "f'{}'", "f'{!r}'", "f'{x!}'",
    "f'{x!z}'", "f'{x:{'", "f'{x y}'", "f'{a b}'", "f'{x!r:}}'", "f'{lambda x: 1}'", "f'{*}'", "f'{=}'", "f'{x:=5}'", "f'{a = b}'", "f'{yield}'", "f'{x", "f\"{x['a']}\"", "f'{1:{2:{3}}}'", "f'{#}'", "f'{x!r !s}'",
    "0777", "00", "1_", "1__0", "0x", "0b2", "0o8", "0xg", "1e", "1.e", "1.2.3", "1a", "1if x else y", "0_7", "1j2", "1.5abc", "0b1e3", "100l", "012.5", "1_000_", "0x_", "1e+",
    # Operators and tokens
    "x++", "++x", "x--", "x+++y", "a <> b", "a ! b", "!x", "a && b", "a || b", "x ? y : z", "$x", "x = $", "a b", "print 'x'", "print x", "exec 'x'", "a = b c", "import a b", "x = 5 5", "a @ @ b", "a -> b", "a => b",
    "x = `a`", "a...b", "not in x", "is x", "a not b", "a is not not b", "if not: pass", "x = é€", "x = “a”", "a\u00a0= 1", "x = 1 \\ 2", "x \\", "\\", "@", "@x", "@x\ny = 1", "@\ndef f(): pass", "a;;b", ";", "x = 1;; y",
    "pass 1", "break 1", "if x: pass else: pass", "if x: if y: pass", "for x in y: while z: pass", "class C: def f(): pass", "x = if y", "x = for", "def = 1", "class = 1", "x.class", "f(class=1)", "lambda class: 1", "import class",
    "from class import x", "None()= 1", "True.x = 1", "print(def)", "except = 1", "in = 1", "is = 1",
    # Indentation
    "  x = 1", "if x:\n  a\n b", "if x:\n    a\n      b", "if x:\n\ta\n        b", "def f():\nreturn 1", "class C:\nx = 1", "for x in y:\npass", "while x:\npass", "with x:\npass", "try:\npass", "try:\n  pass\nexcept:\npass",
    "try:\n  pass\nfinally:\npass", "if x:\n  pass\nelse:\npass", "if x:\n  pass\nelif y:\npass", "match x:\n  case 1:\n  pass", "x = 1\n  y = 2", "def f():\n    x\n  y", "if 1:\n    x\n   y", "  \n  x", "if x:\n    # comment\ny",
    # Patterns
    "match x:\n case a | b: pass", "match x:\n case a: pass\n case b: pass", "match x:\n case [a, a]: pass", "match x:\n case {'a': b, 'a': c}: pass", "match x:\n case {**a, 'b': c}: pass", "match x:\n case [*a, *b]: pass",
    "match x:\n case C(a=1, a=2): pass", "match x:\n case C(a=1, b): pass", "match x:\n case 1 + 2: pass", "match x:\n case -a: pass", "match x:\n case 1 as 2: pass", "match x:\n case a.b as _: pass", "match x:\n case _ as y: pass",
    "match x:\n case (a | 1): pass", "match x:\n case {a: 1}: pass", "match x:\n case f'{x}': pass", "match x:\n case *a: pass", "match x:\n case 1 | a: pass", "match x:\n case _ | 1: pass", "match x:\n case {**_}: pass", "match x:\n case 1j + 2: pass",
    # Right after all
    "x = 0", "match = 1", "case = match", "type = 5", "print(*a, sep='')", "x = 1;", "_ = ...", "async def f(): return [x async for x in y]", "f'{x!r:>{w}}'", "with (a, b): pass", "with (a as b, c as d,): pass", "def f(a, /, b, *, c): pass",
    "lambda *, x: x", "if (y := 1): pass", "f(x := 1)", "x = (yield) if 0 else 0\n" if False else "0xFF_FF", "'\\d'", "b'\\d'", "1if 1else 2", "", "\n\n", "# only a comment", "pass", "if x:\n    pass\n# end", "x = '''\n'''",
    "def f():\n\tif x:\n\t\ty", "@a.b[c](d)\ndef f(): pass", "*a, b = c", "for *a, b in c: pass", "del (a), [b]", "type X[T] = int", "x[a:b, c:d]", "x[*a]", "def f[T: int = 5](): pass", "return_ = 1", "raise", "assert x, y", "global x", "nonlocal_ = 1",
]  # fmt: skip
