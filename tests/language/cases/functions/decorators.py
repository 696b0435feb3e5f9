"""Decorators are applied from the inside out and may take arguments."""
def trace(name):
    print("make", name)
    def decorate(function):
        print("apply", name, function.__name__)
        def wrapper(*args, **kwargs):
            print("call", name)
            return function(*args, **kwargs)
        return wrapper
    return decorate
@trace("outer")
@trace("inner")
def add(a, b=1):
    return a + b
print(add(1), add(2, b=3))
registry = []
@registry.append
def registered(): pass
print(len(registry), registered)
@(lambda f: "replaced")
def replaced(): pass
print(replaced)
@str
class Text: pass
print(Text)
