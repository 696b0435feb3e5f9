"""Ways out through classes: metaclasses, descriptors, assignments to types, pickling, finalizers, subclasses of str."""

from __future__ import annotations

from redteam import R, S

CASES = (
    S(
        20,
        "A () ['__firstlineno__', '__module__', '__qualname__', '__static_attributes__']\n5",
        """
def m(n,b,d): print(n,b,sorted(d)); return 5
class A(metaclass=m): pass
A
""",
    ),
    S(
        20,
        "1",
        """
class M(type):
    @classmethod
    def __prepare__(m,n,b): return {'x': 1}
class A(metaclass=M): pass
A.x
""",
    ),
    S(
        20,
        "<class '__main__.B'> {'x': 1}\n",
        """
class A:
    def __init_subclass__(c, **k): print(c, k)
class B(A, x=1): pass
""",
        wraps=False,
    ),
    S(
        20,
        "<class '__main__.B'> a\n",
        """
class A:
    def __set_name__(s,o,n): print(o,n)
class B: a=A()
""",
        wraps=False,
    ),
    R(
        20,
        "NameError",
        """
class A:
    def __class_getitem__(c,k): return k
A[__builtins__]
""",
    ),
    S(20, "<type object>", "type('X',(object,),{})"),
    S(
        20,
        "6",
        """
class A: pass
type(A)('Y',(int,),{})(5)+1
""",
    ),
    S(
        21,
        "<type object>",
        """
class A: pass
class B: pass
a=A(); a.__class__=B; type(a)
""",
    ),
    R(
        21,
        "TypeError",
        """
class A: pass
A().__class__=int
""",
    ),
    R(
        21,
        "TypeError",
        """
class A: pass
A.__bases__+=(int,)
""",
    ),
    S(
        21,
        "<type object>",
        """
class A: pass
a=A(); a.__dict__['__class__']=5; a.__class__
""",
    ),
    R(21, "TypeError", "str.upper=1"),
    R(21, "TypeError", "int.__add__=lambda a,b:5"),
    R(21, "TypeError", "object.__new__=5"),
    R(22, "TypeError", "(1).__reduce__()"),
    R(22, "TypeError", "(1).__reduce_ex__(2)"),
    R(
        22,
        "TypeError",
        """
class A: pass
A().__reduce_ex__(2)
""",
    ),
    R(22, "TypeError", "(lambda:1).__reduce__()"),
    S(22, "", "object().__getstate__()"),
    R(22, "ModuleNotFoundError", "import pickle"),
    S(
        22,
        "<builtin_function_or_method object>",
        """
import copy
copy.deepcopy(echo)
""",
    ),
    R(22, "ModuleNotFoundError", "import copyreg"),
    S(
        26,
        "'__class__'",
        """
class A:
    def __getattribute__(s,n): return n
A().__class__
""",
    ),
    S(
        26,
        "(None, <type object>)",
        """
class P:
    def __get__(s,i,o): return (i,o)
class A: x=P()
A.x
""",
    ),
    R(
        26,
        "TypeError",
        """
class A:
    x=property(echo)
A().x
""",
    ),
    R(
        26,
        "NameError",
        """
class A:
    x=property(boom)
A().x
""",
    ),
    S(26, "", "class A: __slots__=('__dict__','__class__')"),
    R(
        26,
        "TypeError",
        """
class A: __slots__=('a',)
A.a.__get__(5)
""",
    ),
    R(
        26,
        "TypeError",
        """
class A: __slots__=('a',)
class B: __slots__=('b','c')
A.a.__set__(B(),1)
""",
    ),
    S(
        27,
        "end\n",
        """
class A:
    def __del__(s): global r; r=s; print('del')
a=A(); a=None; [[i] for i in range(200000)]; print('end')
""",
    ),
    S(27, "", "import weakref"),
    R(27, "ModuleNotFoundError", "import gc"),
    R(27, "ModuleNotFoundError", "import atexit"),
    S(
        28,
        "(<type object>, False)",
        """
class S(str):
    def startswith(s,*a): return True
r=echo(S('x')); (type(r), r.startswith('y'))
""",
    ),
    S(
        28,
        "(<type object>, False)",
        """
class I(int):
    def __eq__(s,o): return True
r=echo(I(5)); (type(r), r==6)
""",
    ),
    S(
        28,
        "(<type object>, 1)",
        """
class D(dict):
    def __getitem__(s,k): return 5
r=echo(D(a=1)); (type(r), r['a'])
""",
    ),
)
