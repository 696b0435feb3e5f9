import weakref


class C:
    pass


class Ref(weakref.ref):
    pass


class Seven:
    def __hash__(self):
        return 7

    def __eq__(self, other):
        return isinstance(other, Seven)

    def method(self):
        pass


c, seven, other = C(), Seven(), Seven()
r, mine = weakref.ref(c), Ref(c)
print(hash(r) == hash(c), hash(mine) == hash(c), {mine: 1}.get(r), {r: 1}.get(mine), mine == r, r == mine)
print(hash(Ref(seven)), hash(weakref.ref(seven)), Ref(seven) == weakref.ref(other), {Ref(seven), Ref(other), weakref.ref(seven)} == {Ref(other)})
method = weakref.WeakMethod(seven.method)
print(hash(method), method == weakref.WeakMethod(seven.method), {method: 1}[weakref.WeakMethod(seven.method)])
