import itertools as it, operator
def g(xs):
    for x in xs: yield x
class It:
    def __init__(self, xs): self.xs=list(xs)
    def __iter__(self): return self
    def __next__(self):
        if not self.xs: raise StopIteration
        return self.xs.pop(0)
class Seq:
    def __init__(self, xs): self.xs=xs
    def __getitem__(self,i): return self.xs[i]
class B:
    def __init__(self,b): self.b=b
    def __bool__(self): return bool(self.b)
    def __repr__(self): return f'B({self.b})'
class N:
    def __init__(self,n): self.n=n
    def __add__(self,o): return N(self.n+(o.n if isinstance(o,N) else o))
    __radd__=__add__
    def __int__(self): return self.n
    def __eq__(self,o): return isinstance(o,N) and self.n==o.n
    def __repr__(self): return f'N({self.n})'
sources=[lambda xs: list(xs), lambda xs: tuple(xs), lambda xs: g(xs), lambda xs: It(xs), lambda xs: Seq(list(xs)), lambda xs: iter(list(xs)), lambda xs: map(lambda x:x, xs), lambda xs: map(abs, xs), lambda xs: it.chain(g(xs)), lambda xs: it.islice(xs, 100)]
def take(i, n=12):
    out=[]
    for x in i:
        out.append(x)
        if len(out)>=n: break
    return out
def both(make):
    for s in sources:
        a=take(make(s))
        i=make(s)
        b=[]
        while len(b)<12:
            x=next(i,'END')
            if x=='END': break
            b.append(x)
        assert repr(a)==repr(b),(a,b)
        print(a, end=' ')
        i=make(s)
        nx=next(i,None)
        print(nx, take(i,3), next(i,'E'))
R=range(5)
both(lambda s: it.chain(s(R), s([]), s([1,2])))
both(lambda s: it.chain.from_iterable(s([0,1])  for _ in s(R)))
both(lambda s: it.chain.from_iterable(map(lambda x: s([x,x]), R)))
for b in [(3,),(None,),(0,),(2,5),(2,None),(0,7,3),(0,6,3),(5,3),(1,None,2),(9,),(3,9,2)]:
    both(lambda s: it.islice(s(R),*b))
    for s in sources:
        i=s(R); i=iter(i); list(it.islice(i,*b)); print(list(i), end=' ')
    print()
both(lambda s: it.cycle(s(R)))
both(lambda s: it.cycle(s([])))
both(lambda s: it.accumulate(s(R)))
both(lambda s: it.accumulate(s(R), initial=100))
both(lambda s: it.accumulate(s(R), operator.mul, initial=100))
both(lambda s: it.accumulate(s(R), max))
both(lambda s: it.accumulate(s(R), lambda a,b:(a,b)))
both(lambda s: it.accumulate(s([]), initial=None))
both(lambda s: it.accumulate([1,2,N(3),4]))
both(lambda s: it.pairwise(s(R)))
both(lambda s: it.pairwise(s([1])))
both(lambda s: it.batched(s(R),3))
both(lambda s: it.compress(s(R), s([1,0,1,1])))
both(lambda s: it.compress(R, [B(True),0,B(True),1]))
both(lambda s: it.zip_longest(s(R), s([1,2]), s(range(4)), fillvalue='x'))
both(lambda s: it.zip_longest([1,2], s(R)))
both(lambda s: it.zip_longest())
