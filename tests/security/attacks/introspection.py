"""Ways out through the attributes of objects, functions, frames, generators and exceptions."""

from __future__ import annotations

from redteam import R, S

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
        "TypeError(\"cannot pass 'function' object to a host function, which takes plain data: "
        'text, numbers, lists, dicts, ...") None None None\n',
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
)
