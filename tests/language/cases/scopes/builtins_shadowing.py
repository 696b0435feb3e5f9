"""Builtins can be shadowed and come back after del."""
len = lambda x: "mine"
print(len([1]))
del len
print(len([1]))
def f(list):
    return list
print(f(3), list("a"))
try:
    undefined_thing
except NameError as error:
    print(error)
try:
    pritn
except NameError as error:
    print(error)
