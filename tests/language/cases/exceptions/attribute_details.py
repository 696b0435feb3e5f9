"""Attributes that the machine sets on its own exceptions."""
try:
    undefined_name
except NameError as error:
    print(error.name)
try:
    "".missing
except AttributeError as error:
    print(error.name, repr(error.obj))
try:
    [].pop()
except IndexError as error:
    print(error.args)
try:
    next(iter(()))
except StopIteration as error:
    print(error.value, error.args)
try:
    int("x")
except ValueError as error:
    print(error.args)
try:
    {}["key"]
except KeyError as error:
    print(error.args, str(error), repr(error))
