"""Containers, texts and chains that grow, consumers of iterators without end, hash collisions, sorting."""

from __future__ import annotations

from redteam import L, R, S

CASES = (
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
    L(
        40,
        "MemoryLimitExceeded",
        """
import functools
f=functools.cache(lambda *x: x)
n=0
while True: n+=1; f(n, 'a'*n)
""",
    ),
    L(
        40,
        "MemoryLimitExceeded",
        """
import functools
f=functools.lru_cache(maxsize=2**62, typed=True)(lambda x, k: [x]*100)
n=0
while True: n+=1; f(n, k=n)
""",
    ),
    S(
        40,
        "(0, 3000, 3, 3)",
        """
import functools
f=functools.lru_cache(maxsize=3)(lambda x: 'a'*10000)
for n in range(3000): f(n)
f.cache_info()
""",
    ),
    L(
        40,
        "GasExhausted",
        """
import functools
f=len
while True: f=functools.cache(f)
""",
    ),
    S(
        40,
        "2",
        """
import functools
f=len
for _ in range(300): f=functools.cache(f)
f('ab')
""",
    ),
    R(
        40,
        "RecursionError",
        """
import functools
f=len
for _ in range(3000): f=functools.cache(f)
f('ab')
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
    # Keys that collide in the host's tables alone: the program's own have other hashes.
    R(
        46,
        "ValueError",
        """
class Key(int):
    def __hash__(self): return self // (2**61-1)
echo({Key(i*(2**61-1)):1 for i in range(3000)})
""",
    ),
    R(
        46,
        "ValueError",
        """
class Key(int):
    def __hash__(self): return self // (2**61-1)
echo([{Key(i*(2**61-1)) for i in range(300)}] * 100)
""",
    ),
    S(
        46,
        "Opaque",
        """
class Key(int):
    def __hash__(self): return self // (2**61-1)
{Key(i*(2**61-1)):1 for i in range(3000)}
""",
        wraps=False,
    ),
    R(
        52,
        "ExceptionGroup",
        "\n" * 300_000
        + """
try: 1/0
except Exception as error: g=error
for _ in range(4): g=ExceptionGroup('', [g]*15)
raise g
""",
        wraps=False,
    ),
    R(
        52,
        "ExceptionGroup",
        """
g=ValueError()
for _ in range(4000):
    try: raise g
    except Exception: pass
for _ in range(4): g=ExceptionGroup('', [g]*15)
raise g
""",
    ),
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
)
