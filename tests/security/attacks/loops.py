"""Loops, recursion and generators without end, and handlers that swallow what stops them."""

from __future__ import annotations

from redteam import L, R, S

CASES = (
    L(36, "GasExhausted", "while True: pass"),
    L(36, "GasExhausted", "[0 for _ in iter(int, 1)]"),
    L(36, "GasExhausted", "(lambda: [0 for _ in iter(int,1)])()"),
    L(
        36,
        "GasExhausted",
        """
def g():
    while True: pass
    yield
next(g())
""",
    ),
    L(
        36,
        "GasExhausted",
        """
class A:
    while True: pass
""",
    ),
    L(
        36,
        "GasExhausted",
        """
def d(f):
    while True: pass
@d
def f(): pass
""",
    ),
    L(
        36,
        "GasExhausted",
        """
def w():
    while True: pass
def f(a=w()): pass
""",
    ),
    L(
        36,
        "GasExhausted",
        """
def w():
    while True: pass
f'{w()}'
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    @property
    def x(s): return s.x
A().x
""",
    ),
    R(
        37,
        "RecursionError",
        """
def d(f): return lambda: d(f)()
d(1)()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __call__(s): return s()
A()()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A: pass
A.__call__ = A()
A()()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __get__(s,i,o): return i.x
class B: x=A()
B().x
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __init__(s): A()
A()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __new__(c): return c()
A()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class M(type):
    def __call__(c): return c()
class A(metaclass=M): pass
A()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __hash__(s): return hash(s)
{A()}
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __len__(s): return len(s)
bool(A())
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __format__(s,x): return format(s,x)
f'{A()}'
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __iter__(s): return iter(s)
[*A()]
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __next__(s): return next(s)
next(A())
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __enter__(s):
        with s: pass
    def __exit__(s,*a): pass
with A(): pass
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __setattr__(s,n,v): s.x=v
A().x=1
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __getattribute__(s,n): return s.x
A().x
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __instancecheck__(c,o): return isinstance(o,c)
isinstance(1,A())
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __add__(s,o): return o+s
    __radd__=__add__
A()+A()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __lt__(s,o): return o>s
    def __gt__(s,o): return o<s
A()<A()
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __bool__(s): return not s
bool(A())
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __index__(s): return int(s)
    def __int__(s): return s.__index__()
int(A())
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __missing__(s,k): return s[k]
class D(dict):
    def __missing__(s,k): return s[k]
D()[1]
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __delitem__(s,k): del s[k]
del A()[1]
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __class_getitem__(c,k): return c[k]
A[1]
""",
    ),
    # The bound on the length of a method resolution order is reached before the depth: each look-up walks it.
    R(
        37,
        "TypeError",
        """
class A:
    def __init_subclass__(c):
        class B(c): pass
class B(A): pass
""",
    ),
    R(
        37,
        "RecursionError",
        """
class A:
    def __set_name__(s,o,n):
        class B: x=s
class B: x=A()
""",
    ),
    S(
        57,
        "done\n",
        """
def g():
    try: yield
    finally:
        while True: pass
x=g(); next(x); del x; print('done')
""",
    ),
    R(
        57,
        "RuntimeError",
        """
def g():
    while True:
        try: yield 1
        except GeneratorExit: pass
x=g(); next(x); x.close()
""",
    ),
    L(
        63,
        "GasExhausted",
        """
while True:
    try:
        while True: pass
    except: pass
""",
    ),
    L(
        63,
        "GasExhausted",
        """
def f():
    while True:
        try:
            while True: pass
        finally: return 1
f()
""",
    ),
    L(
        63,
        "GasExhausted",
        """
while True:
    try:
        while True: pass
    except* BaseException: pass
""",
    ),
    L(
        63,
        "GasExhausted",
        """
class A:
    def __enter__(s): pass
    def __exit__(s,*a): return True
with A():
    while True: pass
print('swallowed')
""",
    ),
    L(
        63,
        "MemoryLimitExceeded",
        """
try:
    l=[]
    while True: l.append('x'*100000+str(len(l)))
except BaseException: print('swallowed')
""",
    ),
    L(
        63,
        "OutputLimitExceeded",
        """
try:
    print('x'*10**7)
except BaseException: print('swallowed')
""",
    ),
    # Every RecursionError keeps the one before it as its context: memory may be what runs out.
    L(
        63,
        "GasExhausted|MemoryLimitExceeded",
        """
def f():
    try: f()
    finally: f()
f()
""",
    ),
)
