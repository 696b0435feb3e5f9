# Names of the module that are made when they are first asked for.


def __getattr__(name):
    # These need the abstract base classes, which most programs do without.
    if name in ("ChainMap", "UserDict", "UserList", "UserString"):
        import _collections_wrappers

        value = getattr(_collections_wrappers, name)
        return value
    if name == "abc":
        import collections.abc

        return collections.abc
    raise AttributeError(f"module 'collections' has no attribute {name!r}")
