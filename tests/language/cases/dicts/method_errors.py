"""Errors of the dict methods."""
for call in (lambda: {}["k"], lambda: {}[(1, "a")], lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {}[[]], lambda: {[]: 1}, lambda: {}.update(5), lambda: {}.update([1]), lambda: {}.update([(1, 2, 3)]), lambda: dict(1), lambda: dict([["a"]]), lambda: {}.get(), lambda: {}.nope, lambda: {} < {}, lambda: {} + {}, lambda: hash({}), lambda: {1: 2}.pop(), lambda: dict(**{1: 2})):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
