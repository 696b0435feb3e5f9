"""compile() of wrong source raises SyntaxError with position."""
for source in ("x = = 1", "def f(:\n pass", "if x\n  pass", "return 1", "break", "x = 'abc", "f(a=1, a=2)", "def f(a, a): pass", "lambda x, x: 0", "1 = x", "del 5", "for x in", "  x = 1", "if 1:\nx", "a b", "(1, 2", "]", "f(**k, *a)", "def f(a=1, b): pass", "nonlocal x", "x: int: str", "import", "class", "yield 1", "await x", "print 'x'", "global x\nx = 1\ndef f():\n    x = 1\n    global x", "f'{x'", "'\\x1'", "0777", "1_", "try:\n    pass", "async x", "with open() as 5: pass", "x++", "a, *b, *c = d", "*a = 1", "continue", "f() = 1", "x := 1", "assert x = 1", "True = 1", "None += 1", "raise from x", "else: pass", "match x:\n case 1: pass\n case", "{1: 2, 3}", "def f(*): pass", "def f(**a, b): pass", "from x import"):
    try:
        compile(source, "<test>", "exec")
        print("compiled", repr(source))
    except SyntaxError as error:
        print(f"{type(error).__name__}: {error.msg} line {error.lineno} column {error.offset} end {error.end_lineno} {error.end_offset} {error.text!r}")
