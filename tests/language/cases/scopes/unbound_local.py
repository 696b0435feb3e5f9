"""An assignment anywhere makes a name local."""
x = "global"
def f():
    try:
        print(x)
    except UnboundLocalError as error:
        print(error)
    x = "local"
    print(x)
f()
def g(flag):
    if flag:
        value = 1
    return value
print(g(True))
try:
    g(False)
except UnboundLocalError as error:
    print(error)
def h():
    x += 1
try:
    h()
except UnboundLocalError as error:
    print(error)
