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
for key in (None, abs, lambda x: x//2, lambda x: N(x//2), N):
    for s in sources:
        print([(k,list(gr)) for k,gr in it.groupby(s([0,0,1,1,1,2,3,3,4]), key)])
        print([(k,next(gr)) for k,gr in it.groupby(s([0,0,1,1,1,2,3,3,4]), key)])
        x=list(it.groupby(s([0,0,1,1,1,2,3,3,4]), key)); print([list(gr) for k,gr in x])
        i=it.groupby(s([0,0,2,2,2,4,5]), key); k,g1=next(i); k,g2=next(i); print(list(g1),list(g2), [k for k,_ in i])
        i=it.groupby(s([0,0,2,2,2,4,5]), key); k,g1=next(i); print(next(g1)); k2,g2=next(i); print(list(g1),next(g2), k, k2)
for s in sources:
    a,b,c=it.tee(s(range(80)),3)
    print(next(a),next(a),list(it.islice(b,70))[-1], sum(c), sum(a), sum(b))
    a,=it.tee(s(R),1); next(a); b,c=it.tee(a); print(list(b),list(c))
    import copy
    a,b=it.tee(s(R)); next(a); c=copy.copy(a); print(list(c), list(a), list(b))
