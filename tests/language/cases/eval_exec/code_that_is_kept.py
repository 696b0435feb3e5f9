"""Code made at run time stays as long as anything refers to it, and only then; much more is made meanwhile."""

import traceback


def make_much(turns=60):
    """Makes code of many sizes, which takes the places of code that is gone."""
    for i in range(turns):
        assert eval(" + ".join([str(i)] * (i % 7 + 1))) == i * (i % 7 + 1)
        exec(f"a = {i}; b = a.real + {i}; del a; x = [a for a in (b,)]")
        assert eval(f"lambda x, y={i}: (x.real, y)")(1) == (1, i)


def show(error, entries):
    """Prints the last entries of the traceback: those below this file."""
    print(*traceback.format_exception(error, limit=-entries, chain=False), sep="", end="")


# Functions, with functions, defaults and classes of their own.
functions = []
for number in range(12):
    namespace = {"number": number}
    exec(
        "class Counter:\n"
        "    '''Counts.'''\n"
        "    total = number\n"
        "    def add(self, more):\n"
        "        self.total += more\n"
        "        return self.total\n"
        "def outer(*args, step=1, **names):\n"
        "    counter = Counter()\n"
        "    def inner(times):\n"
        "        nonlocal counter\n"
        "        return [counter.add(step) for _ in range(times)], args, sorted(names)\n"
        "    return inner",
        namespace,
    )
    functions.append(namespace["outer"])
    make_much(5)
del namespace
for function in functions:
    make_much(3)
    inner = function(1, "two", step=2, name="x")
    make_much(3)
    print(inner(3), inner.__name__, inner.__qualname__, function.__code__.co_name)
functions = functions[::4]
make_much()
print([function()(1) for function in functions])

# Generators, begun and not.
namespace = {}
exec(
    "def count(n):\n    try:\n        while n:\n            yield eval(f'{n} * 10')\n            n -= 1\n    finally:\n        print('closed', n)",
    namespace,
)
begun, fresh = namespace["count"](5), namespace["count"](3)
print(next(begun))
namespace.clear()
make_much()
print(next(begun), list(fresh))
lazy = eval("(x.real * y for x in [1, 2, 3] for y in (x, -x))")
print(next(lazy))
make_much()
print(list(lazy), next(begun))
begun.close()
del begun, fresh


def steps():
    """Each step is code of its own, under way while the others are made."""
    for i in range(6):
        make_much(2)
        yield eval(
            f"[next(inner) for inner in [eval('(x + {i} for x in [10, 20])')]] + [eval('{i} * 2')]"
        )


print(*steps())

# Code objects, run many times, and ones from within others.
code = compile("total = total + len(text) if 'total' in dir() else 0", "made", "exec")
names = {"text": "abc"}
for _ in range(5):
    exec(code, names)
    make_much(4)
print(names["total"], code.co_filename, code.co_names)
kept = eval("lambda: (lambda: 'innermost')")
code = kept.__code__
del kept
make_much()
inner = eval(code)
del code
make_much()
print(eval(inner.__code__), inner())

# Tracebacks through code that nothing else refers to.
errors = []
for i in range(4):
    text = f"def fail_{i}(n):\n    return n.real / {i - i}\n\n\nfail_{i}({i})"
    try:
        exec(compile(text, f"<text {i}>", "exec"), {})
    except ZeroDivisionError as error:
        errors.append(error)
    make_much(5)
make_much()
for error in errors:
    show(error, 2)
try:
    try:
        eval("1 / 0")
    except ZeroDivisionError:
        make_much()
        eval("{}['missing']")
except KeyError as error:
    make_much()
    show(error, 1)
    show(error.__context__, 1)

# Code that runs while more is made.
print(
    eval(
        "[make_much(2), eval('[make_much(2), eval(\"[make_much(2), 1 + 1][1]\")][1]')][1]"
    )
)
exec(
    "for turn in range(4):\n    make_much(3)\n    exec('for turn in range(turn, turn + 2):\\n    make_much(2)\\n    print(turn, end=\" \")')\nprint()"
)


class Late:
    """Code in methods that the machine calls on its own."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        make_much(2)
        return eval(f"'<' + {self.text!r} + '>'")

    def __lt__(self, other):
        return eval("self.text < other.text")


print(sorted([Late(text) for text in "dcab"]))
for turn in range(30):
    exec(f"def same(x):\n    return x.real + {turn}\nvalue = same({turn})")
    make_much(2)
    assert value == same(turn) == 2 * turn
print(value)
