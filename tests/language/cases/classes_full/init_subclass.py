"""__init_subclass__ with keywords, and registration."""
class Plugin:
    registry = {}
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[name or cls.__name__] = cls
class A(Plugin): pass
class B(Plugin, name="bee"): pass
class C(B): pass
print(list(Plugin.registry), Plugin.registry["bee"] is B)
try:
    class D(Plugin, unknown=1): pass
except TypeError as error:
    print(error)
try:
    class E(foo=1): pass
except TypeError as error:
    print(error)
