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
print(it.tee([],0))
print(list(it.product([1,2],'ab')), list(it.product(repeat=2)), list(it.product([])), list(it.product([0,1],repeat=3)), list(it.product([1],[])))
for n in range(5):
    for r in range(6):
        print(list(it.combinations(range(n),r)), list(it.combinations_with_replacement(range(n),r)), list(it.permutations(range(n),r)) if r<5 else '')
print(len(list(it.combinations(range(12),10))), list(it.combinations(range(12),10))[-1], list(it.permutations(range(10),9))[12345] if False else '')
print(list(it.permutations('abc')))
c=it.count(9223372036854775805); print([next(c) for _ in range(4)], c)
c=it.count(1.5,.5); print([next(c) for _ in range(4)], c)
c=it.count(N(1)); print([next(c) for _ in range(4)], c)
c=it.count(True); print(next(c),next(c),c)
print(it.repeat(1,3), list(it.repeat(1,3)), it.repeat('x'), it.repeat(1,-2), operator.length_hint(it.repeat(1,5)))
try: it.repeat(1,None)
except TypeError as e: print(e)
def bad(): yield 1; raise ValueError('x')
for mk in (it.chain, it.cycle, it.accumulate, it.pairwise, it.zip_longest, lambda i: it.islice(i,5), lambda i: it.batched(i,2), lambda i: it.tee(i)[0], it.groupby):
    i=mk(bad())
    try: print(list(i))
    except ValueError as e: print('V',e)
for f in (lambda: list(it.chain([1],2)), lambda: list(it.chain.from_iterable(3)), lambda: it.islice([1]), lambda: it.islice([1],-1), lambda: it.islice([],1,2,0), lambda: list(it.starmap(pow,[1])), lambda: list(it.accumulate([1,'a'])), lambda: list(it.takewhile(None,[1])), lambda: list(it.batched([1,2,3],2,strict=True)), lambda: it.batched([],0), lambda: it.combinations([1],-1), lambda: it.permutations([1],'a'), lambda: it.count('a'), lambda: list(it.filterfalse(len,[1])), lambda: list(it.compress([1],5)), lambda: it.product([1],repeat=-1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class C(it.chain):
    def __init__(self,*a): self.x=1
    def __next__(self): return super().__next__()*2
c=C([1],[2]); print(c.x, list(c), isinstance(c,it.chain), type(c).__name__)
class D(it.count): pass
d=D(3); d.y=4; print(next(d), d, d.y, [x for x,_ in zip(d,range(3))], list(it.islice(d,2)))
class E(it.product): __slots__=()
e=E('ab','cd'); print(next(e), type(e).__name__, list(e))
i=it.chain([1,2]); i2=iter(i); print(i is i2, type(i).__name__)
def f():
    r=yield from it.chain([1,2],g([3]))
    yield r
print(list(f()))
print(max(it.chain([1,2],g([5]))), sum(it.islice(g([1,2,3]),2)), dict(it.zip_longest('ab',[1,2])), sorted(it.chain('cab',g('zd'))), ''.join(it.chain('ab',g('c'))), set(it.chain([1],[1])), 5 in it.count(1), tuple(it.pairwise(g('abc'))))
a,b,*c=it.chain([1,2],g([3,4])); print(a,b,c)
i=it.islice(it.count(),3); print(list(i), [k for k,_ in i])
x=it.chain(g([1,2]),[3]); print(next(x)); print(list(it.zip_longest(x, 'ab')))
# deep nesting
i=iter([1,2,3])
for _ in range(60): i=it.chain(i)
print(list(i))
i=[1,2,3]
for _ in range(60): i=it.accumulate(i)
print(list(i)[:3])
