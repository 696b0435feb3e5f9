"""Shallow and deep copies."""

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error

_ATOMIC = frozenset((
    type(None), int, float, bool, complex, str, bytes, type, range, type(...), type(NotImplemented),
    type(len), type(lambda: None), type([].append), property,
))
_NOTHING = object()


def copy(x):
    """A new object with the same parts."""
    cls = type(x)
    if cls in _ATOMIC or issubclass(cls, type):
        return x
    if cls is list or cls is dict or cls is set or cls is bytearray:
        return x.copy()
    if cls is tuple or cls is frozenset or cls is slice:
        return x
    hook = getattr(cls, "__copy__", None)
    if hook is not None:
        return hook(x)
    reduced = _reduced(x, cls)
    if isinstance(reduced, str):
        return x
    return _rebuilt(x, reduced, None)


def deepcopy(x, memo=None, _nil=[]):
    """A new object whose parts are copies too."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    key = id(x)
    if memo is None:
        memo = {}
    else:
        known = memo.get(key, _NOTHING)
        if known is not _NOTHING:
            return known
    if cls is list:
        made = []
        memo[key] = made
        for item in x:
            made.append(deepcopy(item, memo))
    elif cls is dict:
        made = {}
        memo[key] = made
        for name, value in x.items():
            made[deepcopy(name, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        made = [deepcopy(item, memo) for item in x]
        known = memo.get(key, _NOTHING)
        if known is not _NOTHING:
            return known
        for old, new in zip(x, made):
            if old is not new:
                made = tuple(made)
                break
        else:
            made = x
    elif cls is bytearray:
        made = x.copy()
    elif cls is _method_type:
        made = cls(x.__func__, deepcopy(x.__self__, memo))
    elif issubclass(cls, type):
        made = x
    else:
        hook = getattr(x, "__deepcopy__", None)
        if hook is not None:
            made = hook(memo)
        else:
            reduced = _reduced(x, cls)
            made = x if isinstance(reduced, str) else _rebuilt(x, reduced, memo)
    if made is not x:
        memo[key] = made
        # What was copied must live as long as the memo: its number must not be given to another object.
        memo.setdefault(id(memo), []).append(x)
    return made


class _Example:
    def method(self):
        pass


_method_type = type(_Example().method)


def _reduced(x, cls):
    """How to make the object anew: (function, arguments, state, list items, dict items)."""
    if cls is set or cls is frozenset:
        return cls, (list(x),)
    own = getattr(cls, "__reduce_ex__", None)
    if own is not None and own is not object.__reduce_ex__:
        return x.__reduce_ex__(4)
    own = getattr(cls, "__reduce__", None)
    if own is not None and own is not object.__reduce__:
        return x.__reduce__()
    return _plain_reduced(x, cls)


def _plain_reduced(x, cls):
    if isinstance(x, BaseException):
        return cls, x.args, getattr(x, "__dict__", None) or None
    arguments = ()
    keywords = {}
    if hasattr(cls, "__getnewargs_ex__"):
        arguments, keywords = x.__getnewargs_ex__()
    elif hasattr(cls, "__getnewargs__"):
        arguments = x.__getnewargs__()
    else:
        for base in (int, float, complex, str, bytes, tuple, frozenset):
            if isinstance(x, base):
                arguments = (_npython_data_of(x) if base is not frozenset else list(x),)
                break
        else:
            if not hasattr(cls, "__dict__") or _is_closed(cls):
                raise TypeError(f"cannot pickle '{cls.__name__}' object")
    items = iter(x) if isinstance(x, list) else None
    pairs = iter(dict.items(x)) if isinstance(x, dict) else None
    if isinstance(x, (set, bytearray)):
        return _make_filled, (cls, list(x)), _state(x, cls)
    return _make, (cls, arguments, keywords), _state(x, cls), items, pairs


def _is_closed(cls):
    for base in cls.__mro__:
        if base.__module__ == "builtins" and base is not object and base not in (list, dict, set, bytearray, property):
            return True
        if base.__module__ == "builtins":
            return False
    return False


def _make(cls, arguments, keywords):
    return cls.__new__(cls, *arguments, **keywords)


def _make_filled(cls, items):
    made = cls.__new__(cls)
    if isinstance(made, set):
        set.update(made, items)
    else:
        bytearray.extend(made, items)
    return made


def _state(x, cls):
    getter = getattr(cls, "__getstate__", None)
    if getter is not None and getter is not object.__getstate__:
        return x.__getstate__()
    state = getattr(x, "__dict__", None)
    slots = {}
    for base in cls.__mro__:
        names = base.__dict__.get("__slots__", ())
        if isinstance(names, str):
            names = (names,)
        for name in names:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                name = f"_{base.__name__.lstrip('_')}{name}"
            value = getattr(x, name, _NOTHING)
            if value is not _NOTHING:
                slots[name] = value
    if slots:
        return state or None, slots
    return dict(state) if state else None


def _rebuilt(x, reduced, memo):
    """Makes the object that `reduced` describes; with a memo, of copies."""
    function, arguments, state, items, pairs, setter = reduced + (None,) * (6 - len(reduced))
    deep = memo is not None
    if deep and arguments:
        arguments = tuple([deepcopy(argument, memo) for argument in arguments])
    made = function(*arguments)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if setter is not None:
            setter(made, state)
        elif hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(made, name, value)
    if items is not None:
        for item in items:
            made.append(deepcopy(item, memo) if deep else item)
    if pairs is not None:
        for name, value in pairs:
            if deep:
                made[deepcopy(name, memo)] = deepcopy(value, memo)
            else:
                made[name] = value
    return made


def replace(obj, /, **changes):
    """A copy with some parts replaced."""
    hook = getattr(obj.__class__, "__replace__", None)
    if hook is None:
        raise TypeError(f"replace() does not support {obj.__class__.__name__} objects")
    return hook(obj, **changes)
