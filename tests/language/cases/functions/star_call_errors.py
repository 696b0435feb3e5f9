"""Unpacking what cannot be unpacked in a call."""
def f(*args, **kwargs):
    return args, kwargs
print(f(*(), **{}), f(*"ab", *[1], **{"a": 1}, **{"b": 2}), f(*{1: 2}, *range(2)))
for call in (lambda: f(*5), lambda: f(**5), lambda: f(**[1]), lambda: f(**{"a": 1}, **{"a": 2}), lambda: f(*None), lambda: print(**{"a": 1})):
    try:
        call()
    except TypeError as error:
        print(error)
