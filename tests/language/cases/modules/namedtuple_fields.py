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
