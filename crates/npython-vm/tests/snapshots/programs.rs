//! Guest programs with host calls in every kind of place. `ask(..., x)` answers x; `fail(type, message)` raises.

/// Name and source.
pub(crate) const PROGRAMS: &[(&str, &str)] = &[
    ("straight", "x = ask(20)\nprint('got', x)\ny = ask(label='k', value=[x, {'a': (1, 2.5, None)}])\nprint(y)\nx + 22\n"),
    (
        "patterns",
        "import re
pattern = re.compile(r'(?P<word>\\w+)(é)?', re.I)
matches = pattern.finditer('one twoÉ three')
found = next(matches)
print(ask(found.group()), found.span(), ask(1), pattern.groupindex, pattern)
print(ask(found['word']), next(matches).groups(), pattern.sub(lambda m: str(ask(m.end())), 'a bé'))
print([m.span() for m in matches], re.compile('(?P<word>\\\\w+)(é)?', re.I) is pattern, pattern == re.compile(pattern.pattern, 2))
pattern.findall(ask('x y'))
",
    ),
    (
        "itertools",
        "from itertools import *
begun = [
    chain('ab', [1]), islice(count(), 1, 9, 3), cycle([1, 2]), repeat('x', 4), count(2.5), accumulate([1, 2, 3]),
    pairwise('abc'), batched('abcde', 2), compress('abc', [1, 0, 1]), zip_longest('a', 'bcd'), starmap(pow, [(2, 3), (3, 2)]),
    takewhile((4).__gt__, [1, 2, 7]), dropwhile((2).__gt__, [1, 2, 1]), filterfalse(None, [0, 1, '']), *tee('abc'),
    product('ab', repeat=2), combinations('abcd', 3), combinations_with_replacement('ab', 2), permutations('abc', 2),
]
firsts = [next(i) for i in begun]
groups = groupby([1, 1, 2])
key, group = next(groups)
print(ask(1), firsts, key, next(group))
print([ask([x for x, _ in zip(i, range(3))]) for i in begun], ask(list(group)), [k for k, _ in groups])
",
    ),
    (
        "cached functions",
        "from functools import cache, lru_cache
@cache
def fib(n):
    return n if n < 2 else ask(fib(n - 1)) + fib(n - 2)
print(fib(6), fib.cache_info(), ask('between'))
@lru_cache(maxsize=2, typed=True)
def narrow(x, *, y=1):
    return ask((x, y))
print([narrow(x, y=y) for x, y in [(1, 2), (1.0, 2), (1, 2), (3, 4), (1.0, 2)]], narrow.cache_info())
class Key:
    def __init__(self, number):
        self.number = number
    def __hash__(self):
        return ask(1)
    def __eq__(self, other):
        return ask(self.number) == other.number
    @property
    @cache
    def double(self):
        return ask(self.number * 2)
    @cache
    def __len__(self):
        return ask(3)
    @cache
    def method(self, x):
        return ask(x)
    @cache
    def failing(self):
        return fail('ValueError', 'no')
    @cache
    def __exit__(self, *parts):
        return ask(True)
    def __enter__(self):
        return self
keyed = lru_cache(3)(lambda key: ask(key.number))
print([keyed(Key(n)) for n in (1, 2, 1, 3, 4, 1)], keyed.cache_info())
key = Key(5)
with key:
    print(key.double, len(key), key.method(1), key.method(x=1), -key.double, bool(key), key.double)
    raise KeyError
try:
    key.failing()
except ValueError as error:
    print(error, Key.failing.cache_info())
cached_ask = cache(ask)
print([cached_ask(x % 2) for x in range(4)], cached_ask.cache_info())
def clear():
    fib.cache_clear()
    return ask('cleared')
@cache
def clearing(n):
    return clear() if n == 0 else clearing(n - 1)
print(clearing(2), fib.cache_info(), clearing.cache_info(), sorted([3, 1, 2], key=cache(lambda x: ask(-x))))
",
    ),
    (
        "deques",
        "from collections import deque
class Line(deque):
    pass
queue, short, line = deque([1]), deque('abc', 3), Line('xy', maxlen=4)
line.name = 'line'
queue.append(queue)
short.append(ask('d'))
forwards, backwards, old = iter(short), reversed(line), iter(queue)
print(next(forwards), next(backwards), queue.popleft(), ask(1))
short_left, line_left = [ask(x) for x in forwards], [ask(x) for x in backwards]
print(short, line, line.name, queue, short_left, line_left, short.maxlen)
try:
    next(old)
except RuntimeError as error:
    print(ask(str(error)))
queue.extend(ask(x) for x in 'pq')
for item in deque(range(5)):
    short.append(ask(item))
print(short, queue.index(ask('q')), ask(2) in short, len(queue))
",
    ),
    (
        "sort key",
        "words = ['pear', 'fig', 'banana', 'kiwi']
print(sorted(words, key=lambda word: ask(len(word))))
words.sort(key=ask, reverse=True)
print(words)
words
",
    ),
    (
        "comprehensions",
        "print([ask(i) * 2 for i in range(4) if ask(i % 2)])
print({ask(i): ask(str(i)) for i in range(3)})
print(sorted({ask(i % 3) for i in range(6)}))
print([[ask(a * b) for a in range(2)] for b in range(3)])
",
    ),
    (
        "generator",
        "def numbers(n):
    for i in range(n):
        received = yield ask(i)
        print('received', received)
    return 'end'
g = numbers(3)
print(next(g), g.send('a'), ask(1), g.send('b'))
try:
    next(g)
except StopIteration as stop:
    print(stop.value)
print(list(ask(x) + 1 for x in numbers(2)))
",
    ),
    (
        "generators used up",
        "class Money:
    def __init__(self, cents):
        self.cents = cents
    def __radd__(self, other):
        return Money(ask(self.cents) + getattr(other, 'cents', other))
    __add__ = __radd__
def items(*values):
    for value in values:
        yield ask(value)
print(sum(items(1, 2.5, True)), any(items(0, 3, 4)), all(items(1, 0)), sum(sum(items(i, 1)) for i in range(3)))
print(max(items(2, 9, 4)), min(items(2.5, 0.5)), max(items(), default=ask('none')), max(items('a', 'c', 'b')))
print(sum(ask(i) for i in items(1, 2)), sum(Money(i) for i in items(3, 4)).cents)
for index, value in enumerate(items('x', 'y'), ask(5)):
    print(index, ask(value))
",
    ),
    (
        "yield from",
        "def inner():
    try:
        first = yield ask('first')
        print('inner got', first)
        yield ask('second')
    finally:
        print('inner left', ask('bye'))
    return 'inner result'
def outer():
    result = yield from inner()
    print(ask(result))
    yield from [ask('x'), 'y']
g = outer()
print(next(g))
print(g.send('sent'))
print(list(g))
h = outer()
next(h)
h.close()
",
    ),
    (
        "generator throw",
        "def resilient():
    while True:
        try:
            yield ask('waiting')
        except ValueError as error:
            yield ask('caught ' + str(error))
g = resilient()
print(next(g), g.throw(ValueError('one')), next(g))
try:
    g.throw(KeyError('two'))
except KeyError as error:
    print(ask('out'), error)
",
    ),
    (
        "with",
        "class Manager:
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        print('enter', ask(self.name))
        return ask(self.name + '!')
    def __exit__(self, kind, value, trace):
        print('exit', ask(self.name), kind and kind.__name__, value)
        return ask(kind is ValueError)
with Manager('a') as a, Manager('b') as b:
    print(ask(a), b)
with Manager('c'):
    fail('ValueError', 'swallowed')
try:
    with Manager('d'):
        fail('KeyError', 'kept')
except KeyError as error:
    print(error)
for i in range(2):
    with Manager('e' + str(i)):
        continue
",
    ),
    (
        "except and finally",
        "def attempt(kind):
    try:
        fail(kind, 'from the host')
    except ValueError as error:
        print('value', ask(str(error)))
        raise RuntimeError('chained') from error
    except (KeyError, IndexError):
        return ask('key or index')
    else:
        print('never')
    finally:
        print('finally', ask(kind))
print(attempt('KeyError'))
try:
    attempt('ValueError')
except RuntimeError as error:
    print(repr(error), repr(error.__cause__), ask(3))
try:
    attempt('ZeroDivisionError')
except ArithmeticError as error:
    print(type(error).__name__, ask(4))
def nested():
    try:
        return ask('returned')
    finally:
        try:
            fail('OSError', 'inside')
        except OSError:
            print(ask('cleanup'))
print(nested())
",
    ),
    (
        "operators",
        "class Number:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        if not isinstance(other, Number):
            return ask(NotImplemented) if False else NotImplemented
        return Number(ask(self.n + other.n))
    def __radd__(self, other):
        return Number(ask(other * 100 + self.n))
    def __lt__(self, other):
        return ask(self.n < other.n)
    def __neg__(self):
        return Number(ask(-self.n))
    def __iadd__(self, other):
        self.n = ask(self.n + other)
        return self
    def __getitem__(self, key):
        return ask(key)
    def __setitem__(self, key, value):
        print('set', ask(key), ask(value))
    def __contains__(self, item):
        return ask(item == self.n)
    def __len__(self):
        return ask(self.n)
    def __bool__(self):
        return ask(self.n > 2)
    def __call__(self, *args, **kwargs):
        return ask(sum(args) + sum(kwargs.values()))
    def __repr__(self):
        return 'Number(' + str(ask(self.n)) + ')'
a, b = Number(2), Number(3)
print(a + b, 7 + a, -b, a < b, a > b)
a += 10
print(a, a['key'], len(b), 3 in b, 4 in b, b(1, 2, x=3))
a[1] = 2
if a and not Number(1):
    print(b or 'no', Number(0) or 'yes')
print(sorted([Number(3), Number(1), Number(2)]), max(a, b))
",
    ),
    (
        "dict keys",
        "class Key:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return ask(self.n % 2)
    def __eq__(self, other):
        return ask(self.n == other.n)
table = {Key(1): 'one'}
table[Key(3)] = 'three'
table[Key(1)] = 'uno'
print(len(table), table[Key(3)], Key(5) in table, table.get(Key(2), 'none'))
print(table.pop(Key(1)), len({Key(4), Key(4), Key(6)}))
print(Key(1) in [Key(2), Key(1)], [Key(9), Key(8)].index(Key(8)))
",
    ),
    (
        "attributes",
        "class Thing:
    @property
    def size(self):
        return ask(5)
    @size.setter
    def size(self, value):
        print('set', ask(value))
    def __getattr__(self, name):
        if name == 'gone':
            raise AttributeError(ask(name))
        return ask('dynamic ' + name)
    def __setattr__(self, name, value):
        super().__setattr__(name, ask(value))
class Computed:
    def __get__(self, instance, owner):
        return ask('described')
class Host:
    field = Computed()
    def __getattribute__(self, name):
        print('looking up', ask(name))
        return super().__getattribute__(name)
t = Thing()
t.size = 7
t.colour = 'red'
print(t.size, t.colour, t.other, getattr(t, 'gone', 'default'), hasattr(t, 'gone'), hasattr(t, 'x'))
print(Host().field)
",
    ),
    (
        "init and new",
        "class Base:
    def __new__(cls, *args):
        print('new', ask(cls.__name__))
        return super().__new__(cls)
    def __init__(self, value):
        self.value = ask(value)
class Derived(Base):
    def __init__(self, value):
        super().__init__(ask(value) + 1)
        self.more = ask([self.value])
d = Derived(1)
print(d.value, d.more)
",
    ),
    (
        "class body",
        "class Configured:
    limit = ask(10)
    names = [ask(name) for name in ('a', 'b')]
    if ask(True):
        def method(self, n=ask(3)):
            return ask(n * self.limit)
    for i in range(ask(2)):
        pass
print(Configured().method(), Configured.names, Configured.i)
",
    ),
    (
        "decorators",
        "def twice(function):
    print('decorating', ask(function.__name__))
    def wrapper(*args):
        return ask(function(*args)) + function(*args)
    return wrapper
def configured(n):
    ask(n)
    return lambda function: lambda *args: function(*args) * ask(n)
@configured(3)
@twice
def add(a, b):
    return ask(a + b)
print(add(1, 2))
@(lambda cls: ask('x') and cls)
class Decorated:
    pass
print(Decorated.__name__)
",
    ),
    (
        "metaclass",
        "class Meta(type):
    def __new__(meta, name, bases, namespace, **keywords):
        namespace['registered'] = ask(name)
        return super().__new__(meta, name, bases, namespace)
    def __init__(cls, name, bases, namespace, **keywords):
        print('init', ask(name), keywords)
        super().__init__(name, bases, namespace)
    def __call__(cls, *args):
        print('calling', ask(cls.__name__))
        return super().__call__(*args)
    @classmethod
    def __prepare__(meta, name, bases, **keywords):
        return {'prepared': ask(1)}
class Base(metaclass=Meta):
    def __init_subclass__(cls, **keywords):
        print('subclass', ask(cls.__name__))
class Derived(Base, flag=True):
    x = ask(2)
print(Derived().registered, Derived.prepared, Derived.x)
",
    ),
    (
        "nested calls",
        "def factorial(n):
    return 1 if n == 0 else ask(n) * factorial(n - 1)
def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, ask(n - 1)))
print(factorial(6), ackermann(1, 3), max(ask(1), min(ask(5), ask(4)), ask(2)))
",
    ),
    (
        "defaults and lambdas",
        "def f(a, b=ask(2), *, c=ask(3)):
    return ask((a, b, c))
print(f(ask(1)), f(1, c=9))
g = lambda x=ask('default'), *rest: (ask(x), rest)
print(g(), g(1, 2, 3))
print(list(map(lambda x: ask(x) + 1, [1, 2])), list(filter(lambda x: ask(x > 1), [1, 2, 3])))
print(list(map(ask, [7, 8])), list(zip(map(ask, 'ab'), range(5))))
",
    ),
    (
        "formatting",
        "class Money:
    def __init__(self, n):
        self.n = n
    def __format__(self, spec):
        return ask('<' + spec + '>') + str(ask(self.n))
    def __str__(self):
        return ask('str')
    def __repr__(self):
        return ask('repr')
m = Money(5)
print(f'{m:cents} and {m!r} {m!s} {m} {ask(3.14159):.2f} {ask(\"x\"):>{ask(5)}}')
print('%s %r' % (m, m), '{} {:abc} {!r}'.format(m, m, m), str(m), [m, {m.n: m}], format(m, 'z'))
",
    ),
    (
        "iterators",
        "class Countdown:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        print('iter', ask(self.n))
        return self
    def __next__(self):
        if ask(self.n) == 0:
            raise StopIteration
        self.n -= 1
        return ask(self.n)
for x in Countdown(2):
    print(x)
print(list(Countdown(2)), sum(Countdown(3)), tuple(Countdown(1)), 1 in Countdown(3))
a, *b = Countdown(3)
print(a, b, [*Countdown(2)], dict(enumerate(Countdown(2))), list(zip(Countdown(2), 'ab')))
print(list(iter(lambda: ask(0), 0)), next(Countdown(0), 'empty'), any(x > 1 for x in Countdown(3)))
class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return ask(i)
    def __len__(self):
        return ask(3)
print(list(Old()), list(reversed(Old())))
",
    ),
    (
        "star arguments",
        "def show(*args, **kwargs):
    return ask((args, sorted(kwargs)))
def items():
    yield ask(1)
    yield ask(2)
class Mapping:
    def keys(self):
        return [ask('p'), ask('q')]
    def __getitem__(self, key):
        return ask(key * 2)
print(show(*items(), *[ask(3)], **Mapping(), z=ask(0)))
print({**Mapping(), 'k': ask(1)}, [*items()], (*items(), ask(9)))
",
    ),
    (
        "match",
        "class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y):
        self.x, self._y = x, y
    @property
    def y(self):
        return ask(self._y)
class Odd(type):
    def __instancecheck__(cls, instance):
        return ask(isinstance(instance, int)) and instance % 2 == 1
class OddNumber(metaclass=Odd):
    pass
def describe(subject):
    match ask(0) or subject:
        case Point(0, y=0):
            return 'origin'
        case Point(x, y) if ask(x == y):
            return f'diagonal {x}'
        case OddNumber():
            return 'odd'
        case [first, *rest]:
            return ask((first, rest))
        case {'kind': kind, **rest}:
            return kind, rest
        case _:
            return ask('other')
for subject in (Point(0, 0), Point(2, 2), Point(1, 2), 7, 8, [1, 2, 3], {'kind': 'k', 'x': 1}):
    print(describe(subject))
",
    ),
    (
        "exception groups",
        "def run():
    try:
        raise ExceptionGroup('all', [ValueError(ask(1)), KeyError(ask(2)), OSError('rest')])
    except* ValueError as group:
        print('values', ask(len(group.exceptions)))
    except* KeyError as group:
        print('keys', group.exceptions, ask('k'))
        raise RuntimeError(ask('new'))
    finally:
        print(ask('finally'))
try:
    run()
except BaseException as group:
    print(repr(group), ask('done'))
",
    ),
    (
        "coroutines",
        "class Pause:
    def __init__(self, value):
        self.value = value
    def __await__(self):
        received = yield ask(self.value)
        return ask(received)
async def child(n):
    first = await Pause(n)
    print('child', first)
    return ask(first + 1)
async def parent():
    total = 0
    for n in range(2):
        total += await child(ask(n))
    async with Manager() as value:
        total += value
    return ask(total)
class Manager:
    async def __aenter__(self):
        print('aenter', ask('in'))
        return await child(10)
    async def __aexit__(self, *details):
        print('aexit', ask('out'))
def drive(coroutine):
    value = None
    while True:
        try:
            value = ask(coroutine.send(value)) + 5
        except StopIteration as stop:
            return stop.value
print(drive(parent()))
",
    ),
    (
        "closures",
        "def counter(start):
    count = ask(start)
    def step(by=1):
        nonlocal count
        count += ask(by)
        return lambda: ask(count)
    return step
a, b = counter(10), counter(20)
print(a()(), a(5)(), b()())
functions = [lambda i=i: ask(i) for i in range(3)]
print([f() for f in functions])
def shared():
    cells = []
    for i in range(2):
        cells.append(lambda: ask(i))
    ask('between')
    i = 'last'
    return [c() for c in cells]
print(shared())
",
    ),
    (
        "short circuits",
        "class Truth:
    def __init__(self, value):
        self.value = value
    def __bool__(self):
        return ask(self.value)
class Sized:
    def __len__(self):
        return ask(0)
yes, no = Truth(True), Truth(False)
print(ask('a') if yes and not no else ask('b'), (no or yes) is yes, (yes and Sized()) is yes)
while ask(no or yes is no):
    break
else:
    print('else')
print(ask(1) < ask(2) < ask(3) > ask(0), [x for x in (yes, no) if x][0] is yes, all([yes, no]), not Sized())
assert ask(True), ask('message')
try:
    assert ask(False), ask('message')
except AssertionError as error:
    print(error)
",
    ),
    (
        "values of all kinds",
        "import math
data = [None, True, 2**70, -2**200, 1.5, 3+4j, 'text', 'naïve ☃', b'bytes', bytearray(b'ba'), (1, (2, ())), {1, 2}, frozenset('ab'),
        range(5), slice(1, 2, None), {'k': [1]}, print, len, str.upper, 'x'.join, int, Exception('e'), ..., NotImplemented, object]
data.append(data)
text = ''
for i in range(300):
    text += 'ab☃'
prefix = text
text += 'end'
view = memoryview(b'0123456789')[2:8]
iterators = [iter([1, 2, 3]), iter('abc'), iter({1: 2}), iter(range(3)), enumerate('xy'), zip('ab', [1, 2]), reversed([1, 2]), map(str, [1, 2])]
for iterator in iterators:
    next(iterator)
names = {f'key{i}': i for i in range(100)}
del names['key3']
ask('now')
for item in data[:-1]:
    print(type(item).__name__)
print(data[2] + 1, data[3], data[-1] is data, text[-4:], len(prefix), text[500], bytes(view), math.sqrt(2))
print([list(iterator) for iterator in iterators], len(names), list(names)[2:5], sorted(data[11]), hash('text') == hash('te' + 'xt'))
class Many:
    pass
many = Many()
for i in range(20):
    setattr(many, f'attribute{i}', ask(i) if i % 7 == 0 else i)
print(vars(many), many.attribute13, 'pre' + 'fix' is 'prefix', id(many) == id(many))
",
    ),
    (
        "scopes of names",
        "total = 0
def bump():
    global total, made
    total += ask(1)
    made = ask('global')
for _ in range(3):
    bump()
del bump
print(total, made, sorted(name for name in globals() if not name.startswith('_')))
def local():
    a = ask(1)
    b = 2
    return sorted(locals().items())
print(local())
x: int = ask(3)
print((y := ask(4)) + y)
",
    ),
    (
        "uncaught",
        "def inner(n):
    if n == 0:
        fail('ValueError', 'at the bottom')
    inner(n - 1)
def outer():
    try:
        inner(2)
    finally:
        print('leaving', ask('x'))
ask('start')
outer()
",
    ),
    (
        "identities",
        "class Node:
    pass
kept = {}
numbers = []
for i in range(12):
    [Node() for _ in range(i % 4)]
    node = Node()
    kept[node] = ask(i)
    numbers.append((node, id(node), hash(node)))
print(all(id(node) == number and hash(node) == code for node, number, code in numbers), len(kept))
print([kept[node] for node, *_ in numbers], len({number for _, number, _ in numbers}), numbers[3][0], object())
",
    ),
    (
        "code made at run time",
        "kept = []
for i in range(12):
    eval(' + '.join(['i'] * (i % 4 + 1)))
    exec(f'def f(x=1):\\n    return x.real + {i}\\nclass C:\\n    def m(self): yield ask({i})')
    if i % 3 == 0:
        kept.append((f, C().m(), eval(f'(x for x in [{i}, ask({i})])')))
    ask(i)
print([(f(), next(m), list(x)) for f, m, x in kept])
def fail(n):
    try:
        eval('1 / ask(0)')
    except ZeroDivisionError as error:
        return error
errors = [fail(n) for n in range(3)]
print(eval('[ask(1), eval(\"[ask(2), 3]\")]'), ask('between'))
import traceback
print(*traceback.format_exception(errors[1]))
",
    ),
];
