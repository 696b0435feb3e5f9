import heapq, random
from heapq import *
class L:
    count=0
    def __init__(self,v): self.v=v
    def __lt__(self,o):
        L.count+=1
        return self.v<(o.v if isinstance(o,L) else o)
    def __gt__(self,o): return self.v>(o.v if isinstance(o,L) else o)
    def __repr__(self): return f'L({self.v})'
class Bad:
    def __lt__(self,o): raise ValueError('bad')
    __gt__=__lt__
    def __repr__(self): return 'Bad'
rng=random.Random(5)
for make in (int, float, str, lambda v:(v%3,v), lambda v:(v%3,str(v)), L, lambda v: (v%3, L(v)), lambda v: L(v) if v%4==0 else v, lambda v:[v], lambda v: v>10):
    h=[]
    for _ in range(60): heappush(h, make(rng.randrange(50)))
    print(h)
    print([heappop(h) for _ in range(20)])
    print([heapreplace(h, make(rng.randrange(50))) for _ in range(20)])
    print([heappushpop(h, make(rng.randrange(50))) for _ in range(20)])
    print(h)
    x=[make(rng.randrange(50)) for _ in range(45)]; heapify(x); print(x, L.count)
    print([heappop(x) for _ in range(45)], x, nsmallest(3,h,key=str), nlargest(3,h,key=str))
    x=[make(rng.randrange(50)) for _ in range(45)]; x[7]=L(3) if make is int else x[7]; heapify(x); print(x)
for f in (lambda: heappush(1,2), lambda: heappush([]), lambda: heappop(()), lambda: heappop([]), lambda: heapify(1), lambda: heappushpop(1,2), lambda: heapreplace([],1), lambda: heapreplace((),1), lambda: heappushpop([],1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def damaged(f, h, *a):
    try: print(f(h,*a), h)
    except Exception as e: print(type(e).__name__, e, h)
for v in ('a', Bad(), 0, 5, 100):
    for base in ([1,2,3,4,5,6,7,8,9,10,11], [1,2,'x',4,5,6,7,8], [1,'y',2,3,4], [1,2,Bad(),4,5,6,7]):
        damaged(heappush, base[:], v); damaged(heapreplace, base[:], v); damaged(heappushpop, base[:], v); damaged(heappop, base[:]+[v]); damaged(heapify, base[::-1]+[v])
class MyList(list): pass
m=MyList([3,1,2]); heapify(m); heappush(m,0); print(m, heappop(m), type(m).__name__)
print(heappush, heappush.__name__, heappush.__module__)
print(list(merge([1,4,7],[2,5],[0,9])), list(merge('adz','bb',key=str.upper)), list(merge([7,3],[9,1],reverse=True)))
nan=float('nan'); h=[3.0,nan,1.0,2.0]; heapify(h); print(h); heappush(h,nan); print(h, heappop(h), h)
