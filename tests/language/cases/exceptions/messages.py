"""Messages of the exceptions of built-in types, functions and operators, with their hints."""
import traceback



class Plain:
    attribute = 1

    def method(self, first, /, second, *, third=3):
        return first


class Slotted:
    __slots__ = ("here",)


class Raises:
    def __bool__(self):
        return 5

    def __len__(self):
        return -1

    def __iter__(self):
        return 5

    def __index__(self):
        return "x"

    def __hash__(self):
        return "x"

    def __repr__(self):
        return 5

    def __contains__(self, item):
        raise LookupError(item)


def function(a, b=2, *args, c, d=4, **kwargs):
    return a


def two(a, b):
    return a


def generator():
    yield 1


async def coroutine():
    pass


plain, slotted, raises = Plain(), Slotted(), Raises()
text, data, numbers, mapping, pair, unique = "text", b"data", [1, 2, 3], {"key": 1}, (1, 2), {1, 2}

EXPRESSIONS = r"""
1 + "a"
"a" + 1
"a" * "b"
[1] + (2,)
(1,) + [2]
b"a" + "a"
"a" + b"a"
bytearray(b"a") + "a"
{} + {}
{1} + {2}
None + 1
1 - None
object() + 1
1 / 0
1 // 0
1 % 0
1.0 / 0
1.0 // 0
1.0 % 0
1j / 0
divmod(1, 0)
divmod(1.0, 0)
0 ** -1
0.0 ** -1
pow(2, -1, 4)
pow(2, 3, 0)
pow(2.0, 3, 5)
pow("a", 2)
1 << -1
1 >> -1
1 << 1.0
1.5 & 1
"a" & "b"
~1.5
-"a"
+[]
~"a"
1 @ 2
[1] @ [2]
2.0 ** 100000
10.0 ** 400
1 < "a"
"a" < 1
[1] < (1,)
[1] < ["a"]
{} < {}
None < None
1j < 2j
object() < object()
max(1, "a")
sorted([1, "a", None])
min([])
max([])
max(5)
min(1, 2, default=3)
max()
max([], key=len, default=None, other=1)
sum("abc")
sum([1, "a"])
sum(["a"], "")
sum([b"a"], b"")
sum(5)
sum()
1 in 5
"a" in 5
1 in "abc"
1 in b"abc"
300 in b"abc"
"a" in b"abc"
5 not in raises
1 in raises
1()
"a"()
[1]()
None()
plain()
Plain.attribute()
numbers[5]
numbers[-5]
numbers["a"]
numbers[1.0]
numbers[None]
numbers[1:2:0]
numbers["a":]
pair[5]
pair["a"]
text[50]
text["a"]
text[1.5]
data[50]
data["a"]
bytearray(b"a")[5]
range(3)[5]
range(3)["a"]
mapping["no"]
mapping[[1]]
mapping[{}]
mapping[(1, [2])]
unique[0]
5[0]
None[0]
plain[0]
function[0]
Plain[int]
int[5]
list[int][str]
(lambda: 0)[1]
generator()[0]
{}.pop("a")
{}.popitem()
{}.pop()
{}.get()
{}.update(5)
{}.update([1])
{}.update([(1, 2, 3)])
{}.update("ab")
{}.fromkeys(5)
{}.setdefault()
{**5}
{**[1]}
dict(5)
dict([1])
dict([(1,)])
dict(1, 2)
dict([(1, 2)], 3)
[].pop()
[].pop(1)
[1].pop(5)
[1].pop("a")
[].remove(1)
[].index(1)
[].index()
(1,).index(2)
[].append()
[].append(1, 2)
[].extend(5)
[].insert(1)
[].insert("a", 1)
[].sort(5)
[].sort(key=5)
[2, 1].sort(key=5)
[].sort(reverse="a", other=1)
[].copy(1)
[1, 2].count()
[*5]
list(5)
list(1, 2)
tuple(5)
set(5)
set([[1]])
{[1]}
{{}: 1}
frozenset(5)
{1}.remove(2)
set().pop()
{1}.add([])
{1}.update(5)
{1}.union(5)
{1} | [1]
{1} - [1]
hash([])
hash({})
hash(set())
hash(slice(1))
hash(raises)
hash(bytearray())
int("a")
int("")
int("1.5")
int("0x1", 10)
int("12", 1)
int("12", 40)
int(5, 2)
int(None)
int([])
int("1" * 5000)
int("a", base=16, other=1)
int(float("nan"))
int(float("inf"))
int(raises)
float("a")
float("")
float(None)
float([])
float(1, 2)
float(10 ** 400)
complex("a")
complex("1", 2)
complex(1, "2")
complex([])
bool(1, 2)
bool(raises)
not raises
str(1, 2)
str(b"a", "nope")
str(5, "utf-8")
str("a", "utf-8")
str(b"\xff", "utf-8")
str(b"\xff", "ascii")
repr(raises)
str(raises)
f"{raises}"
bytes(-1)
bytes("a")
bytes([256])
bytes(["a"])
bytes(5, "utf-8")
bytes("a", "nope")
bytes(1.5)
bytes([1, -1])
bytearray("a")
bytearray(-1)
bytearray(b"a").append(256)
bytearray(b"a").append("a")
bytearray().pop()
bytearray(b"a").remove(98)
memoryview("a")
memoryview(b"a")[5]
len(5)
len(raises)
len()
len([], [])
len(None)
abs("a")
abs()
round("a")
round(1.5, "a")
round(1.5, 1.5)
round(float("nan"))
round(float("inf"))
ord("ab")
ord("")
ord(5)
ord(b"ab")
chr(-1)
chr(0x110000)
chr("a")
bin("a")
hex(1.5)
oct(None)
bin(raises)
iter(5)
iter(None)
iter(raises)
iter(5, 5)
next(5)
next(iter([]))
next([])
next()
next(1, 2, 3)
enumerate(5)
enumerate()
enumerate([], "a")
zip(5)
zip([1], 5)
list(zip([1], [1, 2], strict=True))
list(zip([1, 2], [1], strict=True))
list(zip([1], [1], [], strict=True))
list(zip([1], other=True))
map(5)
map()
list(map(5, [1]))
list(map(two, [1]))
filter(5)
list(filter(5, [1]))
filter(None, 5)
reversed(5)
reversed({1})
reversed()
range("a")
range(1.5)
range()
range(1, 2, 0)
range(1, 2, 3, 4)
slice()
slice(1, 2, 3, 4)
isinstance(1, 5)
isinstance(1)
isinstance(1, (int, 5))
isinstance(1, list[int])
issubclass(1, int)
issubclass(int, 5)
type()
type(1, 2)
type("a", 5, {})
type("a", (), 5)
type("a", (5,), {})
type(5, (), {})
type("a", (bool,), {})
getattr(plain)
getattr(plain, "no")
getattr(plain, 5)
getattr(plain, "no", 1, 2)
setattr(plain)
setattr(5, "a", 1)
setattr(plain, 5, 1)
delattr(plain, "no")
hasattr(plain)
hasattr(plain, 5)
plain.no
plain.attribut
Plain.no
Plain.methd
plain.method.no
(5).no
(5).real.no
(5).bit_lenght
"a".uper
"a".no
[].add
[].appendd
{}.append
{}.has_key
().append
None.no
None.append
True.no
1.5.no
b"".encode
"".decode
set().append
function.no
function.__nam__
(lambda: 0).x
generator().no
range(3).index2
type.no
int.no
int.form_bytes
str.joinn
slotted.here
slotted.other
slotted.heer
object().no
Exception().messag
Exception("a").message
super().no
__import__("math").no
__import__("math").squrt
__import__("math").sqrt("a")
__import__("math").sqrt(-1)
__import__("math").log(0)
__import__("math").factorial(-1)
__import__("math").factorial(1.5)
__import__("math").floor("a")
__import__("math").gcd(1.5)
__import__("math").pow("a", 1)
__import__("math").exp(1000)
__import__("math").acos(2)
__import__("math").comb(5, -1)
__import__("math").isqrt(-1)
__import__("math").fsum(5)
__import__("math").prod("a")
__import__("math").sqrt()
__import__("nope")
__import__("nope.sub")
__import__("math.nope")
__import__(5)
__import__("")
nope
lenn(5)
prin
Plian
functoin()
numbrs
tru
nul
mapping.keyss()
function()
function(1)
function(1, 2, 3)
function(1, c=3, a=5)
function(b=1, c=2)
two()
two(1)
two(1, 2, 3)
two(1, 2, c=3)
two(1, a=2)
two(a=1)
two(1, 2, 3, 4)
two(**{"a": 1, 5: 2})
two(*5)
two(**5)
two(*[1], **{"a": 1})
two(1, **{"b": 1}, **{"b": 2})
two(1, bb=2)
(lambda: 0)(1)
(lambda x: 0)()
(lambda x, /: 0)(x=1)
(lambda *, x: 0)()
(lambda *, x, y: 0)(1)
(lambda x, y, z: 0)()
(lambda x=1: 0)(1, 2)
(lambda x, /, y: 0)(1, x=2, y=3)
plain.method()
plain.method(1)
plain.method(1, 2, 3)
plain.method(1, 2, third=3, fourth=4)
plain.method(first=1, second=2)
Plain.method()
Plain.method(1)
Plain(1)
Plain(a=1)
object(1)
object.__new__()
object.__new__(5)
object.__new__(int)
int.__new__(str)
int.__new__(5)
str.upper()
str.upper(5)
str.join(",")
list.append([])
list.append(5, 5)
dict.get({})
int.__add__(1)
int.__add__("a", 1)
(5).__add__()
(5).__add__("a")
"a".join(5)
"a".join([1])
"a".join(["b", 2])
"a".split(5)
"a".split("")
"a".split("b", "c")
"a".replace("b")
"a".replace(1, 2)
"a".replace("a", "b", "c")
"a".startswith(5)
"a".startswith(("a", 5))
"a".endswith([])
"a".index("b")
"a".rindex("b")
"a".find()
"a".find(5)
"a".count(5)
"a".center("b")
"a".center(5, "ab")
"a".ljust(5, 5)
"a".zfill("a")
"a".encode("nope")
"a".encode(5)
"\xe9".encode("ascii")
"\xe9\u1234".encode("latin-1")
"\ud800".encode()
"a".encode("utf-8", "nope")
"\ud800".encode("utf-8", "nope")
b"\xff".decode()
b"\xe9a".decode()
b"a".decode("nope")
b"a".decode(5)
b"\xff\xff".decode("ascii")
b"a".join(["a"])
b"a".split("a")
b"a".replace("a", "b")
b"a".find("a")
b"a".startswith("a")
b"a".index(b"b")
bytes.fromhex("abc")
bytes.fromhex("zz")
bytes.fromhex(5)
b"a".hex("ab")
"a".translate(5)
str.maketrans("a")
str.maketrans("ab", "c")
str.maketrans({"ab": 1})
"a".strip(5)
"a".partition("")
"a".partition(5)
"a".expandtabs("a")
"a".splitlines(1, 2)
"a".format_map(5)
"{}".format()
"{0} {}".format(1, 2)
"{} {0}".format(1, 2)
"{a}".format()
"{0.no}".format(5)
"{0[a]}".format([])
"{0[5]}".format([])
"{".format()
"}".format()
"{!x}".format(1)
"{!}".format(1)
"{:d}".format("a")
"{:s}".format(5)
"{:.2d}".format(5)
"{:x}".format(1.5)
"{:,s}".format("a")
"{:c}".format(-1)
"{:10}".format([])
"{:=10}".format("a")
"{:+}".format("a")
"{:#s}".format("a")
"{:,x}".format(5)
"{:_,}".format(5)
"{:.}".format(5.0)
"{:q}".format(5)
"{:q}".format("a")
"{:q}".format(5.0)
"{:x}".format(None)
format(5, "zz")
format(5, 5)
format(plain, "x")
f"{5:y}"
f"{plain:>5}"
"%d" % "a"
"%d" % None
"%x" % 1.5
"%c" % "ab"
"%c" % 0x110000
"%s %s" % 1
"%s %s" % (1,)
"%s" % (1, 2)
"a" % 1
"%q" % 1
"%" % 1
"%(a)s" % 5
"%(a)s" % {}
"%(a" % {}
"%*d" % ("a", 1)
"%f" % "a"
"%i" % 1j
b"%d" % "a"
b"%s" % "a"
(1).to_bytes(0, "big")
(256).to_bytes(1, "big")
(-1).to_bytes(1, "big")
(1).to_bytes(1, "middle")
int.from_bytes("a", "big")
int.from_bytes([256], "big")
(1).to_bytes("a")
(5).bit_length(1)
float.fromhex("zz")
float.fromhex("0x1p5000")
(1.5).as_integer_ratio(1)
float("inf").as_integer_ratio()
float("nan").as_integer_ratio()
(1.5).hex(1)
(1.5).is_integer(1)
eval("1 +")
eval("a b")
eval(5)
eval("nope")
eval("1", 5)
exec(5)
exec("x = = 1")
compile("1", "f", "nope")
compile("x =", "f", "exec")
compile("1 +", "f", "eval")
compile(5, "f", "exec")
compile()
print(1, sep=5)
print(1, end=5)
print(1, nope=5)
print(1, file=5)
globals(1)
vars(5)
vars(slotted)
dir(1, 2)
id()
callable()
staticmethod()
classmethod()
property(1, 2, 3, 4, 5)
property().fget()
super(5)
super(int, "a").x
any(5)
all(5)
any([], [])
sorted(5)
sorted()
sorted([], 5)
sorted([], key=5, nope=1)
sorted([1, 2], key=lambda: 0)
ascii()
ascii(raises)
a, b = 1
(lambda: [x for x in 5])()
(lambda: {x: 1 for x in [[]]})()
(lambda: [y for x, y in [1]])()
(lambda: [y for x, y in [(1, 2, 3)]])()
(lambda: [y for x, y in [(1,)]])()
next(generator().send(1))
generator().send(1)
generator().throw(5)
generator().throw(ValueError("thrown"))
generator().send()
generator().close(1)
generator()()
list(generator() + 1)
coroutine().send(1)
Exception().with_traceback(5)
Exception().add_note(5)
ValueError(1, 2).no
BaseExceptionGroup("a", [])
ExceptionGroup("a", [1])
ExceptionGroup("a", 5)
ExceptionGroup("a", [KeyboardInterrupt()])
ExceptionGroup(5, [ValueError()])
ExceptionGroup("a")
UnicodeDecodeError("a")
StopIteration(1, 2).valu
OSError(1, "a", "b").nope
KeyError("a", "b")
ImportError("a", nope=1)
AttributeError("a", nope=1)
NameError(name=5, x=1)
(1, 2).count()
(1, 2).append(3)
(1).__setattr__("a", 1)
object().__setattr__("a", 1)
plain.__getattribute__(5)
plain.__class__.__mro__[5]
Plain.__name__.no
int | 5
5 | int
int | "a"
list[int]()(5)
isinstance(5, int | list[int])
type(None)(1)
type(...)(1)
type(NotImplemented)(1)
range(5).count()
range(5).index(9)
range(5).index("a")
range(10 ** 30)[10 ** 40]
len(range(10 ** 30))
[1] * "a"
[1] * 1.5
"a" * 1.5
(1,) * None
[0] * (10 ** 30)
"a" * (10 ** 30)
1 if raises else 2
while_ + 1
numbers.len
len(numbers).no
mapping.key
mapping.item()
unique.push(1)
text.lenght
data.lower2()
round(1.5, ndigits="a")
round(number=[])
sum([1], start="a")
pow(base=1)
int(x=5)
str(object=5, nope=1)
enumerate(iterable=5)
bool(x=1)
list(iterable=[1])
tuple(sequence=(1,))
complex(real="a")
float(x=1)
divmod(1)
divmod(1, 2, 3)
divmod("a", 1)
hash()
chr()
ord()
repr()
isinstance()
issubclass(int)
callable(1, 2)
getattr()
format()
iter()
"""

for line in EXPRESSIONS.strip().splitlines():
    try:
        found = eval(line) if not line.startswith("a, b") else exec(line)
    except BaseException as error:
        print(f"{line}  ->  {traceback.format_exception(error)[-1].rstrip()}")
    else:
        print(f"{line}  ->  {found!r}" if type(found) in (int, str, bool, float, list, tuple, type(None)) else f"{line}  ->  {type(found).__name__}")
