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
for f in (lambda x:x<3, (3).__gt__, bool, B):
    both(lambda s: it.takewhile(f, s(R)))
    both(lambda s: it.dropwhile(f, s(R)))
    both(lambda s: it.filterfalse(f, s(R)))
both(lambda s: it.filterfalse(None, s([0,1,B(False),2,0])) if s is not sources[7] else iter([]))
both(lambda s: it.starmap(pow, s([(1,2),(3,4)])) if s is not sources[7] else iter([]))
both(lambda s: it.starmap(lambda *a: a, s([(1,2),[3,4],'ab'])) if s is not sources[7] else iter([]))
