"""Ways out through format strings, templates and `%`."""

from __future__ import annotations

from redteam import R, S

CASES = (
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
)
