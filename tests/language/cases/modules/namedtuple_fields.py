from collections import namedtuple
from typing import NamedTuple
P=namedtuple('P','x y')
d=P.__dict__['x']; print(type(d), type(d).__module__, type(d).__name__, type(d).__qualname__, repr(d))
p=P(1,2)
for f in (lambda: d.__get__(p), lambda: d.__get__(None,P) is d, lambda: d.__get__(None), lambda: d.__get__(None,None), lambda: d.__get__([1]), lambda: d.__get__((5,)), lambda: P.y.__get__((5,)), lambda: d.__set__(p,1), lambda: d.__delete__(p), lambda: setattr(p,'x',1), lambda: delattr(p,'x'), lambda:setattr(p,'z',1), lambda: tuple.__new__(P,[1]).y, lambda: P.y.__get__(()), lambda: P.x is d, lambda: p.x, lambda: P.x.__doc__, lambda: getattr(p, 'y'), lambda: hasattr(p,'q')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
d.__doc__='new'; print(d, P.x.__doc__)
for f in (lambda: P(1), lambda: P(1,2,3), lambda: P(1,z=3), lambda: p._replace(x=5), lambda: p._replace(q=1), lambda: P._make([1]), lambda: P._make(iter('ab'))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Q(P):
    def __init__(self,*a): self.extra=3
    @property
    def total(self): return self.x+self.y
q=Q(3,4)
class R(NamedTuple):
    a: int
    b: str = 'z'
    def both(self): return (self.a, self.b)
for _ in range(3):
    for o in (p,q,P(7,8),Q(1,2)): print(o.x, o.y, end=' ')
    print(q.total, q.extra, R(1).a, R(1,'q').both(), R(2).b)
P.x=5; print(p.x, P(1,2).x, q.x); del P.x
try: print(p.x)
except AttributeError as e: print(e)
class Odd:
    f = R.__dict__['a']
try: print(Odd().f)
except TypeError as e: print(e)
class T(tuple):
    f = R.__dict__['a']
print([t.f for t in (T((1,)), T('ab'), T([3]))])
try: print(T().f)
except IndexError as e: print(e)
x,y=q; print(x,y,*p, q==(3,4), hash(p)==hash((1,2)), sorted([P(2,1),P(1,2)]), p+q, q[0], q[-1], len(q))
match q:
    case P(a,b): print(a,b)
import copy
print(copy.copy(p), copy.deepcopy(P([1],2)), p._asdict(), P._fields)
class Sub(P):
    __slots__ = ()
    def __new__(cls, x): return super().__new__(cls, x, x*2)
class Init(P):
    def __init__(self, *args): print('init', args)
class Pair(tuple): pass
class Number(int): pass
class Text(str):
    def __init__(self, *a): print('text', a)
class Real(float): pass
class Keyed(tuple):
    def __new__(cls, *items, key): return tuple.__new__(cls, items)
print(Sub(3), type(Sub(3)).__name__, Init(1,2), Pair((1,2)), Pair(), type(Pair([1])).__name__, Number('12')+1, Number(), Text('a'), Real('1.5'), Keyed(1,2,key=3), Pair(c for c in 'ab'), P(y=1,x=2), P(*[1,2]), P(**{'x':1,'y':2}))
for f in (lambda: Pair(1), lambda: Pair(1,2), lambda: Number('a'), lambda: Number(x=1), lambda: Real(1,2), lambda: type(P)('X',(P,),{})(1,2), lambda: type(P).__call__(P,1,2), lambda: P.__call__(1,2), lambda: list(map(P,[1],[2])), lambda: list(map(Pair,['ab'])), lambda: list(map(Number,'12'))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Meta(type):
    def __call__(cls, *a): print('meta'); return super().__call__(*a)
class M(tuple, metaclass=Meta): pass
print(M([1]))
class Index(int):
    def __index__(self): return 7
class Obj:
    def __int__(self): return 9
    def __iter__(self): return iter('xyz')
    def __str__(self): return 'obj'
class Str2(str): pass
print(Number(Obj()), Pair(Obj()), Str2(Obj()), isinstance(Str2(Obj()), Str2), [Index(3)+1])
