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


