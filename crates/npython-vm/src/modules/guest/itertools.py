"""Iterators of iterators, which the machine steps itself."""

_ENDLESS = object()


class _Iterator:
    """What the types share; their instances are built-in iterators, and those of classes derived from them contain one."""

    __slots__ = ()

    def __iter__(self):
        return self

    def __next__(self):
        return _npython_tool_next(self)


class count(_Iterator):
    __slots__ = ()

    def __new__(cls, start=0, step=1):
        if not _is_number(start) or not _is_number(step):
            raise TypeError("a number is required")
        return _npython_make_count(cls, start, step)

    def __repr__(self):
        number, step = _npython_tool_state(self)
        if isinstance(step, int) and step == 1:
            return f"{type(self).__name__}({number!r})"
        return f"{type(self).__name__}({number!r}, {step!r})"


def _is_number(value):
    if isinstance(value, (int, float, complex)):
        return True
    cls = type(value)
    return hasattr(cls, "__index__") or hasattr(cls, "__int__") or hasattr(cls, "__float__")


class cycle(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, /):
        return _npython_make_cycle(cls, iter(iterable))


class repeat(_Iterator):
    __slots__ = ()

    def __new__(cls, object, times=_ENDLESS):
        return _npython_make_repeat(cls, object, None if times is _ENDLESS else _npython_index(times))

    def __repr__(self):
        return f"{type(self).__name__}({', '.join([repr(part) for part in _npython_tool_state(self)])})"

    def __length_hint__(self):
        state = _npython_tool_state(self)
        if len(state) == 1:
            raise TypeError("len() of unsized object")
        return state[1]


class chain(_Iterator):
    __slots__ = ()

    def __new__(cls, *iterables):
        return _npython_make_chain(cls, iter(iterables))

    @classmethod
    def from_iterable(cls, iterable, /):
        return _npython_make_chain(cls, iter(iterable))

    __class_getitem__ = classmethod(_npython_generic_alias)


class compress(_Iterator):
    __slots__ = ()

    def __new__(cls, data, selectors):
        return _npython_make_compress(cls, iter(data), iter(selectors))


class dropwhile(_Iterator):
    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _npython_make_dropwhile(cls, predicate, iter(iterable))


class takewhile(_Iterator):
    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _npython_make_takewhile(cls, predicate, iter(iterable))


class filterfalse(_Iterator):
    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _npython_make_filterfalse(cls, function, iter(iterable))


class starmap(_Iterator):
    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _npython_make_starmap(cls, function, iter(iterable))


class islice(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, /, *bounds):
        if not bounds:
            raise TypeError("islice expected at least 2 arguments, got 1")
        if len(bounds) > 3:
            raise TypeError(f"islice expected at most 4 arguments, got {1 + len(bounds)}")
        if len(bounds) == 1:
            start, step = 0, 1
            stop = _bound(bounds[0], None, _WRONG_STOP)
        else:
            indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            start = _bound(bounds[0], 0, indices)
            stop = _bound(bounds[1], None, _WRONG_STOP)
            step = 1
            if len(bounds) == 3:
                message = "Step for islice() must be a positive integer or None."
                step = _bound(bounds[2], 1, message)
                if step < 1:
                    raise ValueError(message)
        return _npython_make_islice(cls, iter(iterable), start, stop, step)


_WRONG_STOP = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."


def _bound(value, default, message):
    if value is None:
        return default
    try:
        value = _npython_index(value)
    except TypeError:
        raise ValueError(message) from None
    if value < 0 or value > 9223372036854775807:
        raise ValueError(message)
    return value


class accumulate(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, func=None, *, initial=None):
        return _npython_make_accumulate(cls, iter(iterable), func, initial)


class pairwise(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, /):
        return _npython_make_pairwise(cls, iter(iterable))


class batched(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, n, *, strict=False):
        n = _npython_index(n)
        if n < 1:
            raise ValueError("n must be at least one")
        return _npython_make_batched(cls, iter(iterable), n, True if strict else False)


class zip_longest(_Iterator):
    __slots__ = ()

    def __new__(cls, *iterables, fillvalue=None):
        return _npython_make_zip_longest(cls, [iter(iterable) for iterable in iterables], fillvalue)


class product(_Iterator):
    __slots__ = ()

    def __new__(cls, *iterables, repeat=1):
        repeat = _npython_index(repeat)
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        return _npython_make_product(cls, [tuple(iterable) for iterable in iterables] * repeat)


class permutations(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, r=None):
        pool = tuple(iterable)
        if r is None:
            r = len(pool)
        elif not isinstance(r, int):
            raise TypeError("Expected int as r")
        if r < 0:
            raise ValueError("r must be non-negative")
        return _npython_make_permutations(cls, pool, r)


class combinations(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, r):
        pool = tuple(iterable)
        r = _npython_index(r)
        if r < 0:
            raise ValueError("r must be non-negative")
        return _npython_make_combinations(cls, pool, r)


class combinations_with_replacement(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, r):
        pool = tuple(iterable)
        r = _npython_index(r)
        if r < 0:
            raise ValueError("r must be non-negative")
        return _npython_make_combinations_with_replacement(cls, pool, r)


class groupby(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, key=None):
        return _npython_make_groupby(cls, iter(iterable), key, _grouper)


class _grouper(_Iterator):
    __slots__ = ()


class _tee(_Iterator):
    __slots__ = ()

    def __copy__(self):
        return _npython_make_tee(_tee, self)


def tee(iterable, n=2, /):
    """Several iterators over what one gives."""
    n = _npython_index(n)
    if n < 0:
        raise ValueError("n must be >= 0")
    if n == 0:
        return ()
    first = _npython_make_tee(_tee, iter(iterable))
    return (first, *[_npython_make_tee(_tee, first) for _ in range(n - 1)])
