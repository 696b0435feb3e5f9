"""del of names, items, attributes and several at once."""
a, b, c = 1, [1, 2, 3], {"k": 1}
del a, b[0], c["k"]
print(b, c)
try:
    a
except NameError as error:
    print(error)
def f():
    x = 1
    del x
    try:
        x
    except UnboundLocalError as error:
        print(error)
f()
class C:
    pass
o = C()
o.attr = 1
del o.attr
try:
    del o.attr
except AttributeError as error:
    print(error)
try:
    del nope
except NameError as error:
    print(error)
del (b, c)
try:
    del 5 .real
except AttributeError as error:
    print(error)
