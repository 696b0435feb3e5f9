"""Errors of sets."""
for call in (lambda: {[]}, lambda: {1}.remove(2), lambda: set().pop(), lambda: {1} | [2], lambda: {1} & "a", lambda: set(5), lambda: {1} + {2}, lambda: {1}[0], lambda: hash(set()), lambda: {1} < 5, lambda: set().add(), lambda: {1}.union(5), lambda: {{}}):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
try:
    s = {1, 2}
    for x in s:
        s.add(x + 10)
except RuntimeError as error:
    print(error)
