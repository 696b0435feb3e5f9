"""Ways out through the object model: attributes, frames, formatting, imports, classes, names."""

from __future__ import annotations

from redteam import L, R, S

CASES = (
    S(1, "<type object>", "().__class__"),
    S(1, "(<type object>,)", "().__class__.__bases__"),
    S(1, "<type object>", "().__class__.__bases__[0]"),
    S(1, "<builtin_function_or_method object>", "().__class__.__bases__[0].__subclasses__"),
    S(1, "'[]'", "str(().__class__.__bases__[0].__subclasses__())"),
    R(1, "IndexError", "().__class__.__base__.__subclasses__()[0].__init__.__globals__"),
    S(2, "(<type object>, <type object>)", "''.__class__.__mro__"),
    S(2, "[<type object>, <type object>]", "type('x').mro()"),
    S(2, "[<type object>, <type object>]", "type.mro(type('x'))"),
    S(3, "'[]'", "str(object.__subclasses__())"),
    S(3, "'[]'", "str(type.__subclasses__(type))"),
    R(
        4,
        "AttributeError",
        """
def f(): pass
sorted(f.__globals__)
""",
    ),
    R(
        4,
        "AttributeError",
        """
def f(): pass
f.__builtins__
""",
    ),
    R(
        4,
        "AttributeError",
        """
def f(): pass
f.__code__.co_code
""",
    ),
    S(
        4,
        "(None,)",
        """
def f(): pass
f.__code__.co_consts
""",
    ),
    S(
        4,
        "1",
        """
def f(): pass
f.__code__ = (lambda: 1).__code__
f()
""",
    ),
    R(
        4,
        "ValueError",
        """
def f(x):
    return lambda: x
f.__code__ = f(1).__code__
""",
    ),
    R(4, "TypeError", "exec((lambda x: lambda: x)(1).__code__)"),
    R(4, "TypeError", "type((lambda: 1).__code__)()"),
    R(4, "AttributeError", "(lambda: 1).__code__.co_name = 'x'"),
    R(
        4,
        "AttributeError",
        """
def f(): pass
f.__code__.replace(co_code=b'')
""",
    ),
    S(
        4,
        "5",
        """
def f():
    x=5
    return lambda: x
f().__closure__[0].cell_contents
""",
    ),
    R(4, "AttributeError", "len.__globals__"),
    R(4, "AttributeError", "echo.__globals__"),
    R(4, "AttributeError", "echo.__code__"),
    R(4, "AttributeError", "echo.__closure__"),
    R(4, "AttributeError", "(lambda: 1).__globals__['__builtins__']"),
    R(
        4,
        "AttributeError",
        """
class A:
    def f(s): pass
A().f.__globals__['echo']
""",
    ),
    R(5, "AttributeError", "print.__self__"),
    R(5, "AttributeError", "len.__self__"),
    S(5, "[]", "[].append.__self__"),
    R(5, "AttributeError", "echo.__self__"),
    R(5, "AttributeError", "echo.__wrapped__"),
    R(5, "AttributeError", "echo.func"),
    S(5, "list", "dir(echo)"),
    S(5, "('echo', '<built-in function echo>', <type object>)", "echo.__name__, repr(echo), type(echo)"),
    R(5, "AttributeError", "echo.__dict__"),
    R(5, "AttributeError", "echo.x = 1"),
    R(6, "AttributeError", "g=(x for x in [1]); g.gi_frame"),
    R(6, "AttributeError", "g=(x for x in [1]); g.gi_code"),
    R(6, "AttributeError", "g=(x for x in [1]); g.gi_frame.f_back"),
    S(6, "", "g=(x for x in [1]); g.gi_yieldfrom"),
    R(6, "AttributeError", "g=(x for x in [1]); g.gi_frame.f_globals"),
    R(
        7,
        "AttributeError",
        """
async def f(): pass
c=f(); c.cr_frame
""",
    ),
    S(
        7,
        "",
        """
async def f(): pass
c=f(); c.cr_await
""",
    ),
    R(
        7,
        "AttributeError",
        """
async def f(): pass
c=f(); c.cr_origin
""",
    ),
    R(
        7,
        "AttributeError",
        """
async def f(): yield
c=f(); c.ag_frame
""",
    ),
    R(
        7,
        "AttributeError",
        """
async def f(): yield
c=f(); c.ag_await, c.ag_code
""",
    ),
    R(
        8,
        "AttributeError",
        """
try: 1/0
except Exception as e: e.__traceback__.tb_frame
""",
    ),
    R(
        8,
        "AttributeError",
        """
try: 1/0
except Exception as e: print(e.__traceback__.tb_frame.f_globals)
""",
    ),
    S(
        8,
        "None 1\n",
        """
try: 1/0
except Exception as e: print(e.__traceback__.tb_next, e.__traceback__.tb_lineno)
""",
    ),
    S(
        8,
        "division by zero\n",
        """
try: 1/0
except Exception as e: print(e.with_traceback(None))
""",
    ),
    S(
        9,
        "NameError(\"name 'boom' is not defined\") None None False\n",
        """
try: boom()
except Exception as e: print(repr(e), e.__context__, e.__cause__, hasattr(e,'__notes__'))
""",
    ),
    S(
        9,
        "TypeError(\"cannot pass 'function' object to a host function\") None None None\n",
        """
try: echo(lambda: 1)
except Exception as e: print(repr(e), e.__context__, e.__cause__, e.__traceback__.tb_next)
""",
    ),
    S(
        10,
        "True foo\n",
        """
try: echo.foo
except AttributeError as e: print(e.obj is echo, e.name)
""",
    ),
    S(
        10,
        "foo\n",
        """
try: foo
except NameError as e: print(e.name)
""",
    ),
    S(
        10,
        "None os ModuleNotFoundError(\"No module named 'os'\")\n",
        """
try: import os
except ImportError as e: print(e.path, e.name, repr(e))
""",
    ),
    S(
        10,
        "b'\\xff'\n",
        r"""
try: b'\xff'.decode()
except UnicodeDecodeError as e: print(e.object)
""",
    ),
    R(11, "AttributeError", "'{0.__class__.__init__.__globals__}'.format(1)"),
    S(11, "\"<class 'int'>\"", "'{0.__class__}'.format(1)"),
    R(11, "AttributeError", "'{0[a][b].c}'.format({'a':{'b':1}})"),
    R(11, "ValueError", "'{:{0.__class__}}'.format(1)"),
    R(11, "AttributeError", "'{0.__globals__}'.format(lambda: 1)"),
    R(11, "AttributeError", "'{0.__self__}'.format(print)"),
    S(
        12,
        "\"(<class 'str'>, <class 'object'>)\"",
        """
class D(dict):
    def __missing__(s,k): return k.__class__.__mro__
'{x}'.format_map(D())
""",
    ),
    S(12, "''", "f=''.format; f(1)"),
    S(12, "['1']", "list(map(str.format, ['{}'], [1]))"),
    S(12, "\"<class 'int'>\"", "str.format.__call__('{0.__class__}', 1)"),
    S(
        13,
        "(<type object>, 0)",
        """
import string
string.Formatter().get_field('0.__class__', (1,), {})
""",
    ),
    S(
        13,
        "'1'",
        """
import string
string.Template('$x').substitute(x=1)
""",
    ),
    S(14, "\"<class 'int'>\"", "x=1; f'{x.__class__}'"),
    R(14, "AttributeError", "x=1; y=1; f'{x!r:{y.__dict__}}'"),
    R(14, "ModuleNotFoundError", """f'{__import__("os")}'"""),
    S(
        15,
        "\"<class 'str'>\"",
        """
class M:
    def __getitem__(s,k): return k.__class__
'%(a)s' % M()
""",
    ),
    S(16, "<type object>", "getattr(1, '__cl'+'ass__')"),
    S(16, "5", "getattr(1, '__subclasses__', 5)"),
    S(16, "False", "hasattr((lambda:1), '__globals__')"),
    R(16, "TypeError", "setattr(str,'upper',1)"),
    R(16, "TypeError", "delattr(str,'upper')"),
    R(16, "TypeError", "vars(str)['x']=1"),
    R(16, "KeyError", "vars()['__builtins__']"),
    S(16, "<type object>", "object.__getattribute__(1,'__class__')"),
    S(16, "[]", "type.__getattribute__(int,'__subclasses__')()"),
    S(
        16,
        "<type object>",
        """
class A:
    def f(s): return super().__getattribute__('__class__')
A().f()
""",
    ),
    S(
        17,
        "(<type object>, <type object>)",
        """
import operator
operator.attrgetter('__class__.__mro__')(1)
""",
    ),
    S(
        17,
        "<type object>",
        """
import functools
functools.reduce(getattr, ['__class__','__base__'], 1)
""",
    ),
    S(
        17,
        "<type object>",
        """
import functools
functools.partial(getattr)(1,'__class__')
""",
    ),
    S(
        18,
        "<class 'int'>\n",
        """
match 1:
    case object(__class__=c): print(c)
""",
    ),
    S(
        18,
        "<class '__main__.A'>\n",
        """
class A:
    __match_args__=('__class__',)
match A():
    case A(c): print(c)
""",
        wraps=False,
    ),
    S(
        18,
        "1\n",
        """
match A.__dict__ if 0 else {'a':1}:
    case {'a': x}: print(x)
""",
    ),
    R(
        19,
        "TypeError",
        """
@exec
def f(): pass
""",
    ),
    S(
        19,
        "",
        """
@eval
@'1+1'.format
def f(): pass
""",
    ),
    S(
        19,
        "<class '__main__.A'>\n",
        """
@print
class A: pass
""",
        wraps=False,
    ),
    S(
        19,
        "<class '__main__.A'>\n",
        """
@[print][0]
class A: pass
""",
        wraps=False,
    ),
    R(
        19,
        "AttributeError",
        """
@lambda f: f.__globals__
def f(): pass
print(sorted(f))
""",
    ),
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
    R(23, "ModuleNotFoundError", "__import__('os')"),
    R(23, "ModuleNotFoundError", "import importlib"),
    R(23, "ModuleNotFoundError", "import sys"),
    R(23, "ModuleNotFoundError", "import sys; sys.modules"),
    R(23, "ModuleNotFoundError", "import sys; sys._getframe()"),
    R(23, "ImportError", "from . import x"),
    S(23, "", "import builtins"),
    R(23, "AttributeError", "import builtins; builtins.open"),
    S(
        23,
        "2.0",
        """
from math import *
sqrt(4)
""",
        wraps=False,
    ),
    R(23, "ModuleNotFoundError", "from os import *", wraps=False),
    R(
        23,
        "ModuleNotFoundError",
        """
def f(): import os
f()
""",
    ),
    R(23, "ModuleNotFoundError", "class A: import subprocess"),
    R(23, "ModuleNotFoundError", "[__import__('os') for x in [1]]"),
    R(23, "AttributeError", "import math; math.__loader__, math.__spec__"),
    S(23, "dict", "import math; math.__dict__"),
    R(23, "ModuleNotFoundError", "import os.path"),
    R(23, "CompileError", "lazy import os", wraps=False),
    S(24, "1", "eval('1')"),
    S(24, "", "exec('1')"),
    R(24, "AttributeError", "compile('1','f','exec').co_code"),
    R(24, "ModuleNotFoundError", "exec('import os')"),
    R(24, "ModuleNotFoundError", "eval(\"__import__('os')\")"),
    R(24, "NameError", "eval('open', {})"),
    R(24, "NameError", "eval('len', {'__builtins__': {}})"),
    R(24, "ImportError", "exec('import math', {'__builtins__': {}})"),
    R(24, "NameError", "d = {}; exec('', d); exec('open', {'__builtins__': d['__builtins__']})"),
    R(24, "KeyError", "d = {}; exec('', d); d['__builtins__']['open']"),
    R(24, "RecursionError", "s = 'eval(s)'; eval(s)"),
    R(24, "SyntaxError", "eval('(' * 1000)"),
    R(24, "TypeError", "eval('1', 5)"),
    S(24, "['__doc__', '__name__']", "sorted(globals())", wraps=False),
    R(24, "KeyError", "globals()['__builtins__']", wraps=False),
    S(24, "True", "locals() is globals()", wraps=False),
    R(24, "NameError", "breakpoint()"),
    R(24, "NameError", "input()"),
    R(24, "NameError", "open('/etc/passwd')"),
    R(24, "NameError", "help"),
    S(24, "b'a'", "memoryview(b'a').obj"),
    R(24, "NameError", "exit"),
    R(24, "NameError", "quit()"),
    R(24, "NameError", "copyright"),
    R(25, "NameError", "__builtins__"),
    R(25, "NameError", "__builtins__['open']"),
    R(25, "NameError", "__loader__"),
    R(25, "NameError", "__spec__"),
    R(25, "NameError", "__file__"),
    R(25, "NameError", "class A: x=__builtins__"),
    S(
        25,
        "1",
        """
__builtins__ = {}
len([1])
""",
    ),
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
    S(29, "1", "ｅｖａｌ('1')"),
    S(29, "", "𝐞𝐱𝐞𝐜('1')"),
    S(29, "<type object>", "x=1; x.__ｃlass__"),
    S(29, "", "ѕcope = 1"),
    S(
        29,
        "1",
        """
x = 1 # ‮ hi
x
""",
    ),
    S(
        30,
        "1",
        """
# coding: utf-7
x=1; x
""",
        wraps=False,
    ),
    S(
        30,
        "3",
        r"""
x = 1\
+2
x
""",
    ),
    S(
        31,
        "{'a': 2}",
        """
def f(a, /, **k): return k
f(1, a=2)
""",
    ),
    S(
        31,
        "5 1 [1, 3] {1: None}\n",
        """
def _MISSING(): pass
print(str(5), max([1]), sorted([3,1]), dict.fromkeys([1]))
""",
    ),
    S(31, "[1]", "globals()['.0']=5; [x for x in [1]]", wraps=False),
    R(
        31,
        "E",
        """
def _describe(x): print('hijack')
class E(Exception):
    def __str__(s): return 'x'
raise E
""",
    ),
    S(
        31,
        "{<__main__.A object at 0x1010>: 1} 3 [2, 1]\n",
        """
sum=None; len=None; isinstance=None; list=None; dict=None; iter=None; next=None
class A:
    def __eq__(s,o): return True
    def __hash__(s): return 1
print({A():1}, max([3,1],key=lambda x:x), sorted([2,1],key=lambda x:-x))
""",
        wraps=False,
    ),
    S(
        33,
        "ExceptionGroup('', (ValueError(),))\n",
        """
try: raise ValueError
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        33,
        "TypeError",
        """
class G(ExceptionGroup):
    def derive(s, e): return 5
try: raise G('x',[ValueError(),TypeError()])
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        33,
        "TypeError",
        """
class G(ExceptionGroup):
    def split(s, e): return 5
try: raise G('x',[ValueError(),TypeError()])
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        33,
        "TypeError",
        """
class G(ExceptionGroup):
    def split(s, e): return (1,2)
try: raise G('x',[ValueError(),TypeError()])
except* ValueError as e: print(repr(e))
""",
    ),
    S(34, "1", "[y := x for x in [1]]; y"),
    R(34, "CompileError", "class A: [y := x for x in [1]]", wraps=False),
    R(34, "CompileError", "def f(): nonlocal x", wraps=False),
    S(
        34,
        "(1, 1)",
        """
class _A:
    __x=1
    def f(s): return s.__x
_A().f(), _A._A__x
""",
    ),
    R(
        34,
        "NameError",
        """
def f():
    x=1
    def g(): return x
    del x
    g()
f()
""",
    ),
    S(
        34,
        "<type object>",
        """
class A:
    def f(s):
        def g(): return __class__
        return g()
A().f()
""",
    ),
    R(
        34,
        "UnboundLocalError",
        """
class A:
    def f(s): del __class__
A().f()
""",
    ),
    S(
        34,
        "(5, 5)",
        """
def f(a=(y:=5)): return a
f(), y
""",
    ),
    R(
        35,
        "TypeError",
        """
async def f():
    async for x in 5: pass
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
class A:
    def __aiter__(s): return s
    def __anext__(s): return 5
async def f():
    async for x in A(): pass
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
async def f(): await 5
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
class A:
    def __await__(s): return 5
async def f(): await A()
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
class A:
    async def __aenter__(s): return s
async def f():
    async with A(): pass
f().send(None)
""",
    ),
    S(
        35,
        "",
        """
async def f(): return 1
x=f(); x=None
""",
    ),
    R(
        35,
        "TypeError",
        """
async def f(): [x async for x in f]
f().send(None)
""",
    ),
    L(
        35,
        "GasExhausted",
        """
class A:
    def __await__(s):
        while True: yield
async def f(): await A()
c=f()
while True: c.send(None)
""",
    ),
)
