"""Ways out through identifiers and the text of the source: look-alikes, encodings, names the compiler uses."""

from __future__ import annotations

from redteam import R, S

CASES = (
    S(29, "1", "ｅｖａｌ('1')"),
    S(29, "", "𝐞𝐱𝐞𝐜('1')"),
    S(29, "<type object>", "x=1; x.__ｃlass__"),
    S(29, "", "ѕcope = 1"),
    S(
        29,
        "1",
        """
x = 1 # ‮ hi
x
""",
    ),
    S(
        30,
        "1",
        """
# coding: utf-7
x=1; x
""",
        wraps=False,
    ),
    S(
        30,
        "3",
        r"""
x = 1\
+2
x
""",
    ),
    S(
        31,
        "{'a': 2}",
        """
def f(a, /, **k): return k
f(1, a=2)
""",
    ),
    S(
        31,
        "5 1 [1, 3] {1: None}\n",
        """
def _MISSING(): pass
print(str(5), max([1]), sorted([3,1]), dict.fromkeys([1]))
""",
    ),
    S(31, "[1]", "globals()['.0']=5; [x for x in [1]]", wraps=False),
    R(
        31,
        "E",
        """
def _describe(x): print('hijack')
class E(Exception):
    def __str__(s): return 'x'
raise E
""",
    ),
    S(
        31,
        "{<__main__.A object at 0x1010>: 1} 3 [2, 1]\n",
        """
sum=None; len=None; isinstance=None; list=None; dict=None; iter=None; next=None
class A:
    def __eq__(s,o): return True
    def __hash__(s): return 1
print({A():1}, max([3,1],key=lambda x:x), sorted([2,1],key=lambda x:-x))
""",
        wraps=False,
    ),
    S(34, "1", "[y := x for x in [1]]; y"),
    R(34, "CompileError", "class A: [y := x for x in [1]]", wraps=False),
    R(34, "CompileError", "def f(): nonlocal x", wraps=False),
    S(
        34,
        "(1, 1)",
        """
class _A:
    __x=1
    def f(s): return s.__x
_A().f(), _A._A__x
""",
    ),
    R(
        34,
        "NameError",
        """
def f():
    x=1
    def g(): return x
    del x
    g()
f()
""",
    ),
    S(
        34,
        "<type object>",
        """
class A:
    def f(s):
        def g(): return __class__
        return g()
A().f()
""",
    ),
    R(
        34,
        "UnboundLocalError",
        """
class A:
    def f(s): del __class__
A().f()
""",
    ),
    S(
        34,
        "(5, 5)",
        """
def f(a=(y:=5)): return a
f(), y
""",
    ),
)
