"""Comprehensions inside functions see local variables; lambdas inside them bind late."""
def f(factor):
    offset = 100
    return [x * factor + offset for x in range(3)], {k: (lambda: k + factor) for k in range(3)}
values, functions = f(10)
print(values, [g() for g in functions.values()])
class C:
    items = [1, 2]
    doubled = [i * 2 for i in items]
    try:
        bad = [i * len(items) for i in items]
    except NameError as error:
        print(error)
print(C.doubled)
