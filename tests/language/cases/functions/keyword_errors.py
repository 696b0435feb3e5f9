"""Unexpected, repeated and positional-only keywords."""
def f(a, b=1): pass
def p(a, /): pass
def pp(a, b, /, c=1): pass
def near(length, width): pass
for call in (lambda: f(1, a=2), lambda: f(1, z=2), lambda: f(z=1), lambda: p(a=1), lambda: pp(1, b=2), lambda: pp(a=1, b=2), lambda: near(1, widht=2), lambda: f(**{"a": 1, "x": 2}), lambda: f(*[1], **{"a": 2}), lambda: f(1, **{"b": 1, 5: 2}), lambda: f(b=1, **{"b": 2}), lambda: len(obj=1), lambda: len(), lambda: len(1, 2)):
    try:
        call()
    except TypeError as error:
        print(error)
