"""throw raises at the yield; the generator may catch it or finish."""
def g():
    while True:
        try:
            yield "ready"
        except ValueError as error:
            yield f"caught {error}"
        finally:
            print("finally")
it = g()
print(next(it), it.throw(ValueError("v")), next(it))
try:
    it.throw(KeyError("k"))
except KeyError as error:
    print("escaped", error)
print(next(it, "dead"))
def fresh():
    yield 1
f = fresh()
try:
    f.throw(RuntimeError("early"))
except RuntimeError as error:
    print(error)
try:
    fresh().throw("not an exception")
except TypeError as error:
    print(error)
print(fresh().throw.__name__)
