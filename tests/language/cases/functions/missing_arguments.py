"""The exact messages for missing arguments."""
def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def kw(*, k): pass
def kw3(*, k, l, m): pass
def mixed(a, *, k): pass
def posonly(a, b, /): pass
class C:
    def method(self, x): pass
    def __init__(self, *a): pass
for call in (lambda: one(), lambda: two(), lambda: two(1), lambda: three(), lambda: three(1), lambda: kw(), lambda: kw3(), lambda: kw3(l=1), lambda: mixed(1), lambda: mixed(), lambda: posonly(), lambda: C().method(), lambda: (lambda x: x)()):
    try:
        call()
    except TypeError as error:
        print(error)
