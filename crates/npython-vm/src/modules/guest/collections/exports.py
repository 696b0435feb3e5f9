"""Containers: deque, Counter, defaultdict, OrderedDict, namedtuple, ChainMap, UserDict, UserList, UserString."""

__all__ = [
    "ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple",
]

deque = _npython_deque_type
_deque_iterator = _npython_deque_iterator_type


