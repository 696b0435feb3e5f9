class Bad:
    def __bool__(self):
        raise ValueError("bool")

    def __iter__(self):
        raise KeyError("iter")


class Manager:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *args):
        print("exit", args[0])
        return True


def first(x):
    try:
        if x:
            return 1
    except ValueError as error:
        return repr(error)
    return 2


def loop(x):
    try:
        while x:
            pass
    except ValueError as error:
        return repr(error)


def negated(x):
    try:
        if not x:
            return 1
    except ValueError as error:
        return repr(error)


def after(x):
    try:
        pass
    except ValueError as error:
        return "wrong"
    if x:
        return 1


def after_two(x):
    try:
        a = 1
    except ValueError as error:
        return "wrong"
    if x:
        return 1


def unpack(x):
    with Manager(x) as (a, b):
        print("body")
    return "suppressed"


def unpack_star(x):
    with Manager(x) as (a, *b):
        print("body")
    return "suppressed"


def handler(x):
    try:
        raise TypeError
    except TypeError:
        if x:
            return 1


print(first(Bad()), loop(Bad()), negated(Bad()))
for function in (after, after_two, handler):
    try:
        print(function(Bad()))
    except ValueError as error:
        print(function.__name__, repr(error), repr(error.__context__))
print(unpack(Bad()), unpack_star(Bad()))
print(unpack(5), unpack_star(5))
