"""Weak references to bound methods are weak references."""
import weakref
class O:
    def m(self): return 4
o=O()
r=weakref.WeakMethod(o.m)
print(isinstance(r, weakref.ReferenceType), weakref.ReferenceType is weakref.ref)
print(type(r()) is type(o.m), r().__self__ is o, r().__func__ is o.m.__func__, r()())
p=O(); q=O()
print(weakref.WeakMethod(o.m)==r, weakref.WeakMethod(p.m)==r, hash(r)==hash(weakref.WeakMethod(o.m)), weakref.WeakMethod(p.m)!=1, {r: 1}[weakref.WeakMethod(o.m)])
try: weakref.WeakMethod(len)
except TypeError as e: print(e)
try: weakref.WeakMethod(3)
except TypeError as e: print(e)
