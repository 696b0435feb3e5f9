"""ExceptionGroup: construction, attributes, split, subgroup, derive."""
g = ExceptionGroup("several", [ValueError("v"), TypeError("t"), ExceptionGroup("inner", [KeyError("k")])])
print(repr(g), str(g), g.message, g.exceptions, isinstance(g, Exception))
match, rest = g.split(ValueError)
print(repr(match), repr(rest), g.subgroup(KeyError), g.subgroup(OSError), g.subgroup(lambda e: isinstance(e, TypeError)), g.split(OSError)[0])
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
for call in (lambda: ExceptionGroup("m", []), lambda: ExceptionGroup("m", [5]), lambda: ExceptionGroup(5, [ValueError()]), lambda: ExceptionGroup("m", ValueError()), lambda: ExceptionGroup("m", [KeyboardInterrupt()]), lambda: ExceptionGroup("m")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
