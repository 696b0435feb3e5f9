"""yield from passes values, sends, throws and the result."""
def inner():
    try:
        x = yield "inner 1"
        print("inner got", x)
        yield "inner 2"
    except ValueError as error:
        print("inner caught", error)
        yield "inner 3"
    return "inner result"
def outer():
    result = yield from inner()
    print("outer got", result)
    yield from [10, 20]
    yield from "ab"
it = outer()
print(next(it), it.send("hi"), it.throw(ValueError("oops")), list(it))
def chain(n):
    if n:
        yield n
        yield from chain(n - 1)
print(list(chain(5)))
try:
    list((lambda: (yield from 5))())
except TypeError as error:
    print(error)
