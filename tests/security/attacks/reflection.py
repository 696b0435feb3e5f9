"""Ways out through functions that take names of attributes, patterns and decorators."""

from __future__ import annotations

from redteam import R, S

CASES = (
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
)
