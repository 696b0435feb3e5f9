"""__new__, __init__, __call__, __prepare__ and keywords of a metaclass."""
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, bases, kw)
        return {"injected": 42}
    def __new__(mcs, name, bases, ns, tag=None):
        print("new", name, [k for k in ns if not k.startswith("__")])
        cls = super().__new__(mcs, name, bases, ns)
        cls.tag = tag
        return cls
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)
    def __call__(cls, *args, **kw):
        print("call", args)
        return super().__call__(*args, **kw)
    def __len__(cls): return 7
    def __iter__(cls): return iter("meta")
    def __repr__(cls): return f"<{cls.__name__}>"
class A(metaclass=Meta, tag="t"):
    x = 1
    def __init__(self, v=0): self.v = v
class B(A): pass
print(A.tag, B.tag, A.injected, A(5).v, len(A), list(B), A, type(B) is Meta, isinstance(B, Meta))
class Meta2(type): pass
try:
    class C(A, metaclass=Meta2): pass
except TypeError as error:
    print(error)
