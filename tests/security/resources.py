"""CPU, memory, recursion and output: what a limit has to stop."""

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
    L(38, "GasExhausted", "import math; math.factorial(10**6)"),
    L(38, "MemoryLimitExceeded", "import math; math.comb(10**9, 10**8)"),
    L(38, "MemoryLimitExceeded", "import math; math.perm(10**9, 10**8)"),
    L(
        38,
        "GasExhausted",
        """
x=3
while True: x=x*x
""",
    ),
    L(
        38,
        "GasExhausted",
        """
x=1
while True: x<<=10**6
""",
    ),
    L(
        38,
        "GasExhausted",
        """
x=1
while True: x=x**3+x
""",
    ),
    R(39, "ValueError", "int('9'*10**5)"),
    L(39, "GasExhausted", "int('f'*10**7, 16)"),
    L(
        39,
        "GasExhausted",
        r"""
int.from_bytes(b'\xff'*10**8)
""",
    ),
    R(39, "ValueError", "str(1<<10**6)"),
    L(39, "GasExhausted", "hex(1<<10**8)"),
    L(39, "GasExhausted", "float('1'*10**7)"),
    R(39, "ValueError", "repr(10**5000)"),
    R(39, "ValueError", "'%d' % 10**5000"),
    R(39, "ValueError", "'{:n}'.format(10**5000)"),
    L(
        40,
        "GasExhausted",
        """
x='a'
while True: x*=2
""",
    ),
    L(
        40,
        "MemoryLimitExceeded",
        """
x=[0]
while True: x*=2
""",
    ),
    L(
        40,
        "MemoryLimitExceeded",
        """
x=(0,)
while True: x+=x
""",
    ),
    L(
        40,
        "GasExhausted",
        """
x=b'a'
while True: x+=x
""",
    ),
    L(
        40,
        "GasExhausted",
        """
x=bytearray(b'a')
while True: x+=x
""",
    ),
    L(
        40,
        "MemoryLimitExceeded",
        """
x={}
while True: x[len(x)]=x
""",
    ),
    S(40, "''", "'a'*sys if 0 else 'a'*-1"),
    L(42, "GasExhausted", "','.join(['a'*10**6]*10**4)"),
    L(42, "MemoryLimitExceeded", "('a'*10**6).replace('a','x'*10**6)"),
    L(42, "GasExhausted", "('a'*10**6).split('a')", wraps=False),
    L(
        42,
        "MemoryLimitExceeded",
        r"""
'\t'.expandtabs(10**10)
""",
    ),
    L(42, "MemoryLimitExceeded", "('a'*10**6).replace('', 'x'*10**6)"),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield (1,1)
dict(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
def f(*a): pass
f(*g())
""",
    ),
    R(
        43,
        "TypeError",
        """
class M:
    def keys(s):
        while True: yield 'a'
    def __getitem__(s,k): return 1
def f(**k): pass
f(**M())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
class M:
    def keys(s): return iter(int,1)
    def __getitem__(s,k): return 1
dict(M())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
sorted(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
all(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
min(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
set().union(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
frozenset(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
bytes(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
bytearray(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
[].extend(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
x=[1]; x[:]=g()
""",
    ),
    R(
        43,
        "ValueError",
        """
def g():
    while True: yield 1
a,b=g()
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
for x in filter(None, map(lambda x:0, g())): pass
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
tuple(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
enumerate(g()).__next__(); sum(x for x in g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 'a'
'x'.join(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
print(*g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
dict.fromkeys(g())
""",
    ),
    L(
        43,
        "GasExhausted",
        """
def g():
    while True: yield 1
(lambda **k: 0)(**dict(zip(map(str,iter(int,1)),g())))
""",
    ),
    L(
        45,
        "MemoryLimitExceeded",
        """
d={}
i=0
while True: d[i]=i; i+=1
""",
    ),
    L(
        45,
        "GasExhausted",
        """
class A: pass
a=A(); i=0
while True: setattr(a,'x'+str(i),1); i+=1
""",
    ),
    L(
        45,
        "GasExhausted",
        """
i=0
class A: pass
while True:
    setattr(A(),'x'+str(i),1); i+=1
""",
    ),
    L(
        45,
        "GasExhausted",
        """
i=0
while True:
    type('x'+str(i),(),{}); i+=1
""",
    ),
    L(
        45,
        "GasExhausted",
        """
l=[]
while True: l.append(lambda: l)
""",
    ),
    L(
        45,
        "GasExhausted",
        """
l=[]
def g(): yield
while True: x=g(); next(x); l.append(x)
""",
    ),
    L(
        45,
        "GasExhausted",
        """
i=0
while True:
    try: getattr(1,'x'+str(i))
    except AttributeError: pass
    i+=1
""",
    ),
    L(
        45,
        "GasExhausted",
        """
i=0
while True:
    globals()['x'+str(i)]=1; i+=1
""",
        wraps=False,
    ),
    L(
        46,
        "GasExhausted",
        """
M=2**61-1
d={i*M:1 for i in range(30000)}
""",
    ),
    L(
        46,
        "GasExhausted",
        """
M=2**61-1
s={i*M for i in range(30000)}
""",
    ),
    L(
        46,
        "GasExhausted",
        """
class A:
    def __hash__(s): return 1
    def __eq__(s,o): return s is o
d={A():1 for i in range(3000)}
""",
    ),
    S(46, "", "d={float(i*(2**61-1)):1 for i in range(30000)}"),
    L(46, "GasExhausted", "s={(i*(2**61-1),) for i in range(30000)}"),
    L(46, "GasExhausted", "s={frozenset([i*(2**61-1)]) for i in range(30000)}"),
    S(46, "", "s={i<<60 for i in range(30000)}"),
    L(
        52,
        "MemoryLimitExceeded",
        """
l=[]
try:
    while True:
        try: raise ValueError(l)
        except ValueError as e: l.append(e)
finally: pass
""",
    ),
    R(
        52,
        "RecursionError",
        """
def f(n):
    try: raise ValueError(n)
    finally: f(n+1)
f(0)
""",
    ),
    R(52, "ValueError", "raise ValueError('a'*10**7)"),
    R(54, "ZeroDivisionError", "l=list(range(1000)); l.sort(key=lambda x: 1/(x-500))"),
    S(
        54,
        "",
        """
class A:
    def __lt__(s,o): return True
l=[A() for _ in range(10000)]; l.sort()
""",
    ),
    L(54, "MemoryLimitExceeded", "l=list(range(1000)); l.sort(key=lambda x: 'a'*1_000_000)"),
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
    L(58, "OutputLimitExceeded", "while True: print('x')"),
    L(58, "OutputLimitExceeded", "print('x'*10**7)"),
    L(58, "OutputLimitExceeded", "print(*range(10**5), sep='x'*1000)"),
    L(
        58,
        "OutputLimitExceeded",
        """
class A:
    def __repr__(s): print('x'*1000); return 'a'
while True: print(A())
""",
    ),
    L(58, "OutputLimitExceeded", "print('x', end='y'*10**6)"),
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
