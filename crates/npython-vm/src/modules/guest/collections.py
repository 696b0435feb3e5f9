"""Containers: deque, Counter, defaultdict, OrderedDict, namedtuple, ChainMap, UserDict, UserList, UserString."""

__all__ = [
    "ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple",
]

_NOTHING = object()


class deque:
    """A queue with two ends: two lists, the front one reversed, that share their items when one runs out."""

    __slots__ = ("_front", "_back", "_maxlen", "_state", "__dict__", "__weakref__")
    __hash__ = None

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._front = []
        self._back = []
        self._maxlen = None
        self._state = 0
        return self

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._maxlen = maxlen
        self._front.clear()
        self._back.clear()
        if iterable != ():
            self.extend(iterable)

    @property
    def maxlen(self):
        return self._maxlen

    def append(self, x, /):
        self._state += 1
        self._back.append(x)
        if self._maxlen is not None and len(self._front) + len(self._back) > self._maxlen:
            self.popleft()

    def appendleft(self, x, /):
        self._state += 1
        self._front.append(x)
        if self._maxlen is not None and len(self._front) + len(self._back) > self._maxlen:
            self.pop()

    def pop(self):
        self._state += 1
        if self._back:
            return self._back.pop()
        if not self._front:
            raise IndexError("pop from an empty deque")
        front = self._front
        half = (len(front) + 1) // 2
        self._back.extend(front[half - 1 :: -1])
        del front[:half]
        return self._back.pop()

    def popleft(self):
        self._state += 1
        if self._front:
            return self._front.pop()
        if not self._back:
            raise IndexError("pop from an empty deque")
        back = self._back
        half = (len(back) + 1) // 2
        self._front.extend(back[half - 1 :: -1])
        del back[:half]
        return self._front.pop()

    def extend(self, iterable, /):
        if iterable is self:
            iterable = list(iterable)
        if self._maxlen is None:
            self._state += 1
            self._back.extend(iterable)
        else:
            for item in iterable:
                self.append(item)

    def extendleft(self, iterable, /):
        if iterable is self:
            iterable = list(iterable)
        for item in iterable:
            self.appendleft(item)

    def clear(self):
        self._state += 1
        self._front.clear()
        self._back.clear()

    def copy(self):
        made = type(self)(self) if self._maxlen is None else type(self)(self, self._maxlen)
        return made

    __copy__ = copy

    def _items(self):
        return self._front[::-1] + self._back

    def _replace(self, items):
        self._state += 1
        self._front = []
        self._back = items

    def __len__(self):
        return len(self._front) + len(self._back)

    def __bool__(self):
        return True if self._front or self._back else False

    def __iter__(self):
        return _npython_present_as(_deque_iterator, _walk(self, self._items(), self._state))

    def __reversed__(self):
        return _npython_present_as(_deque_reverse_iterator, _walk(self, self._items()[::-1], self._state))

    def _place(self, index):
        if not isinstance(index, int):
            index = _sequence_index(index)
        length = len(self._front) + len(self._back)
        position = index + length if index < 0 else index
        if not 0 <= position < length:
            raise IndexError("deque index out of range")
        return position

    def __getitem__(self, index, /):
        position = self._place(index)
        front = self._front
        if position < len(front):
            return front[-1 - position]
        return self._back[position - len(front)]

    def __setitem__(self, index, value, /):
        position = self._place(index)
        front = self._front
        if position < len(front):
            front[-1 - position] = value
        else:
            self._back[position - len(front)] = value

    def __delitem__(self, index, /):
        position = self._place(index)
        self._state += 1
        front = self._front
        if position < len(front):
            del front[-1 - position]
        else:
            del self._back[position - len(front)]

    def __contains__(self, value, /):
        for item in self:
            if item is value or item == value:
                return True
        return False

    def count(self, value, /):
        count = 0
        for item in self:
            if item is value or item == value:
                count += 1
        return count

    def index(self, value, start=0, stop=9223372036854775807, /):
        length = len(self)
        if start < 0:
            start = max(start + length, 0)
        if stop < 0:
            stop = max(stop + length, 0)
        position = start
        state = self._state
        for item in self._items()[start:stop]:
            found = item is value or item == value
            if found:
                return position
            if self._state != state:
                raise RuntimeError("deque mutated during iteration")
            position += 1
        raise ValueError(f"{value!r} is not in deque")

    def insert(self, index, value, /):
        if self._maxlen is not None and len(self) >= self._maxlen:
            raise IndexError("deque already at its maximum size")
        items = self._items()
        items.insert(index, value)
        self._replace(items)

    def remove(self, value, /):
        position = 0
        state = self._state
        for item in self._items():
            found = item is value or item == value
            if self._state != state:
                raise IndexError("deque mutated during iteration")
            if found:
                del self[position]
                return
            position += 1
        raise ValueError(f"{value!r} is not in deque")

    def reverse(self):
        self._state += 1
        self._front, self._back = self._back, self._front

    def rotate(self, n=1, /):
        length = len(self)
        if length > 1:
            n = _npython_index(n) % length
            if n:
                if n <= 8:
                    for _ in range(n):
                        self._front.append(self.pop())
                elif length - n <= 8:
                    for _ in range(length - n):
                        self._back.append(self.popleft())
                else:
                    items = self._items()
                    self._replace(items[-n:] + items[:-n])

    def __repr__(self):
        if _npython_repr_begin(self):
            return "[...]"
        try:
            items = repr(self._items())
        finally:
            _npython_repr_end(self)
        if self._maxlen is None:
            return f"{type(self).__name__}({items})"
        return f"{type(self).__name__}({items}, maxlen={self._maxlen})"

    def __eq__(self, other):
        return self._items() == other._items() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._items() < other._items() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._items() <= other._items() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._items() > other._items() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._items() >= other._items() if isinstance(other, deque) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        made = self.copy()
        made.extend(other)
        return made

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, times):
        times = _sequence_index(times, "can't multiply sequence by non-int of type")
        return self._made_of(self._items() * times)

    __rmul__ = __mul__

    def __imul__(self, times):
        items = self._items() * _sequence_index(times, "can't multiply sequence by non-int of type")
        if self._maxlen is not None:
            items = items[len(items) - self._maxlen :] if len(items) > self._maxlen else items
        self._replace(items)
        return self

    def _made_of(self, items):
        return type(self)(items) if self._maxlen is None else type(self)(items, self._maxlen)

    def __reduce__(self):
        return type(self), ((), self._maxlen) if self._maxlen is not None else (), None, iter(self)

    __class_getitem__ = classmethod(_npython_generic_alias)


def _sequence_index(value, message=None):
    if isinstance(value, int):
        return value
    if not hasattr(value, "__index__"):
        if message is None:
            raise TypeError(f"sequence index must be integer, not '{type(value).__name__}'")
        raise TypeError(f"{message} '{type(value).__name__}'")
    return _npython_index(value)


class _deque_iterator:
    __slots__ = ()
    __module__ = "_collections"

    def __new__(cls, queue, index=0, /):
        iterator = deque.__iter__(queue)
        _skip(iterator, index)
        return iterator

    def __iter__(self):
        return self

    def __next__(self):
        return next(self)


class _deque_reverse_iterator(_deque_iterator):
    __slots__ = ()
    __module__ = "_collections"

    def __new__(cls, queue, index=0, /):
        iterator = deque.__reversed__(queue)
        _skip(iterator, index)
        return iterator


def _skip(iterator, count):
    for _ in zip(range(count), iterator):
        pass


def _walk(queue, items, state):
    for item in items:
        if queue._state != state:
            raise RuntimeError("deque mutated during iteration")
        yield item
    if queue._state != state:
        raise RuntimeError("deque mutated during iteration")


class defaultdict(dict):
    """A dict that makes the values of missing keys."""

    __slots__ = ("default_factory", "__dict__", "__weakref__")

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)

    def __missing__(self, key, /):
        factory = self.default_factory
        if factory is None:
            raise KeyError(key)
        self[key] = value = factory()
        return value

    def __repr__(self):
        name = type(self).__name__
        if _npython_repr_begin(self):
            return f"{name}(..., {dict.__repr__(self)})"
        try:
            return f"{name}({self.default_factory!r}, {dict.__repr__(self)})"
        finally:
            _npython_repr_end(self)

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())

    __class_getitem__ = classmethod(_npython_generic_alias)


class OrderedDict(dict):
    """A dict whose order of keys is part of its value."""

    __slots__ = ("__dict__", "__weakref__")

    def move_to_end(self, key, last=True):
        if key not in self:
            raise KeyError(key)
        value = dict.pop(self, key)
        if last:
            dict.__setitem__(self, key, value)
            return
        rest = list(dict.items(self))
        dict.clear(self)
        dict.__setitem__(self, key, value)
        dict.update(self, rest)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        if last:
            return dict.popitem(self)
        for key in self:
            break
        return key, dict.pop(self, key)

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other):
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    def __repr__(self):
        if _npython_repr_begin(self):
            return "..."
        try:
            if not self:
                return f"{type(self).__name__}()"
            return f"{type(self).__name__}({dict(self.items())!r})"
        finally:
            _npython_repr_end(self)

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.__class__(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    def __reduce__(self):
        return type(self), (), None, None, iter(self.items())


def _count_elements(mapping, iterable):
    """Counts the items of an iterable in a mapping."""
    get = mapping.get
    for item in iterable:
        mapping[item] = get(item, 0) + 1


class Counter(dict):
    """A dict of counts."""

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        return sum(self.values())

    def most_common(self, n=None):
        pairs = sorted(self.items(), key=_count_of, reverse=True)
        return pairs if n is None else pairs[: max(n, 0)]

    def elements(self):
        return _repeated(self)

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            if _is_mapping(iterable):
                if self:
                    for key, count in iterable.items():
                        self[key] = count + self.get(key, 0)
                else:
                    dict.update(self, iterable)
            else:
                _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        if iterable is not None:
            if _is_mapping(iterable):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) - count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            counts = dict(self.most_common())
        except TypeError:
            counts = dict(self)
        return f"{self.__class__.__name__}({counts!r})"

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[key] == other[key] for counts in (self, other) for key in counts)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[key] <= other[key] for counts in (self, other) for key in counts)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[key] >= other[key] for counts in (self, other) for key in counts)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for key, count in self.items():
            total = count + other[key]
            if total > 0:
                made[key] = total
        for key, count in other.items():
            if key not in self and count > 0:
                made[key] = count
        return made

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for key, count in self.items():
            rest = count - other[key]
            if rest > 0:
                made[key] = rest
        for key, count in other.items():
            if key not in self and count < 0:
                made[key] = 0 - count
        return made

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for key, count in self.items():
            more = other[key]
            most = more if count < more else count
            if most > 0:
                made[key] = most
        for key, count in other.items():
            if key not in self and count > 0:
                made[key] = count
        return made

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for key, count in self.items():
            more = other[key]
            least = count if count < more else more
            if least > 0:
                made[key] = least
        return made

    def __pos__(self):
        made = Counter()
        for key, count in self.items():
            if count > 0:
                made[key] = count
        return made

    def __neg__(self):
        made = Counter()
        for key, count in self.items():
            if count < 0:
                made[key] = 0 - count
        return made

    def _keep_positive(self):
        for key in [key for key, count in self.items() if not count > 0]:
            del self[key]
        return self

    def __iadd__(self, other):
        for key, count in other.items():
            self[key] += count
        return self._keep_positive()

    def __isub__(self, other):
        for key, count in other.items():
            self[key] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for key, more in other.items():
            if more > self[key]:
                self[key] = more
        return self._keep_positive()

    def __iand__(self, other):
        for key, count in list(self.items()):
            more = other[key]
            if more < count:
                self[key] = more
        return self._keep_positive()


def _is_mapping(value):
    if isinstance(value, dict):
        return True
    if isinstance(value, (str, list, tuple, set)):
        return False
    from collections.abc import Mapping

    return isinstance(value, Mapping)


def _count_of(pair):
    return pair[1]


def _repeated(counts):
    for key, count in counts.items():
        for _ in range(count):
            yield key


_KEYWORDS = frozenset((
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield",
))


class _tuplegetter:
    """The descriptor of a field."""

    __module__ = "_collections"

    def __init__(self, index, doc):
        self._index = index
        self.__doc__ = doc

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance[self._index]

    def __set__(self, instance, value):
        raise AttributeError("can't set attribute")

    def __delete__(self, instance):
        raise AttributeError("can't delete attribute")

    def __repr__(self):
        return f"_tuplegetter({self._index}, {self.__doc__!r})"


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A subclass of tuple whose items have names."""
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    field_names = list(map(str, field_names))
    typename = str(typename)
    if rename:
        seen = set()
        for position, name in enumerate(field_names):
            if not name.isidentifier() or name in _KEYWORDS or name.startswith("_") or name in seen:
                field_names[position] = f"_{position}"
            seen.add(name)
    for name in [typename] + field_names:
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if name in _KEYWORDS:
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    seen = set()
    for name in field_names:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    fields = tuple(field_names)
    given = ()
    if defaults is not None:
        given = tuple(defaults)
        if len(given) > len(fields):
            raise TypeError("Got more default values than field names")
    field_defaults = dict(zip(fields[len(fields) - len(given) :], given))
    parameters = "".join([f", {name}" for name in fields])
    items = "".join([f"{name}, " for name in fields])
    names = {"_tuple_new": tuple.__new__, "__name__": f"namedtuple_{typename}"}
    _npython_run_source(f"def __new__(_cls{parameters}): return _tuple_new(_cls, ({items}))", names)
    new = names["__new__"]
    new.__doc__ = f"Create new instance of {typename}({', '.join(fields)})"
    if given:
        new.__defaults__ = given
    count = len(fields)

    def _make(cls, iterable):
        made = tuple.__new__(cls, iterable)
        if len(made) != count:
            raise TypeError(f"Expected {count} arguments, got {len(made)}")
        return made

    def _replace(self, /, **kwds):
        made = self._make([kwds.pop(name, value) for name, value in zip(fields, self)])
        if kwds:
            raise TypeError(f"Got unexpected field names: {list(kwds)!r}")
        return made

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in zip(fields, self)]
        return f"{self.__class__.__name__}({', '.join(shown)})"

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        return tuple(self)

    for method in (new, _make, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"
    namespace = {
        "__doc__": f"{typename}({', '.join(fields)})",
        "__slots__": (),
        "_fields": fields,
        "_field_defaults": field_defaults,
        "__new__": new,
        "_make": classmethod(_make),
        "__replace__": _replace,
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
        "__match_args__": fields,
    }
    for position, name in enumerate(fields):
        namespace[name] = _tuplegetter(position, f"Alias for field number {position}")
    made = type(typename, (tuple,), namespace)
    made.__module__ = globals().get("__name__", "__main__") if module is None else module
    return made


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
