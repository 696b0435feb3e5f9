"""is and is not on singletons and containers."""
a = [1]
b = a
print(a is b, a is [1], a is not b, None is None, True is True, ... is ..., () is (), a == [1], NotImplemented is NotImplemented)
