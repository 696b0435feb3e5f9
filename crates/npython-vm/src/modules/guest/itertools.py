"""Iterators of iterators. Each type makes a generator and shows it as an iterator of its own class."""

_MISSING = object()


class _Iterator:
    """What the types share; their instances are built-in iterators, which step themselves."""

    __slots__ = ()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self)


class count(_Iterator):
    __slots__ = ()

    def __new__(cls, start=0, step=1):
        if not _is_number(start) or not _is_number(step):
            raise TypeError("a number is required")
        return _npython_present_as(cls, _count(start, step))


def _is_number(value):
    return isinstance(value, (int, float, complex)) or hasattr(value, "__add__") and not hasattr(value, "__len__")


def _count(value, step):
    while True:
        yield value
        value = value + step


class cycle(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, /):
        return _npython_present_as(cls, _cycle(iter(iterable)))


def _cycle(iterator):
    saved = []
    for item in iterator:
        saved.append(item)
        yield item
    if saved:
        while True:
            yield from saved


class repeat(_Iterator):
    __slots__ = ()

    def __new__(cls, object, times=_MISSING):
        if times is _MISSING:
            return _npython_present_as(cls, _repeat_forever(object))
        times = _npython_index(times)
        return _npython_present_as(cls, _repeat(object, times))


def _repeat_forever(item):
    while True:
        yield item


def _repeat(item, times):
    while times > 0:
        times -= 1
        yield item


class chain(_Iterator):
    __slots__ = ()

    def __new__(cls, *iterables):
        return _npython_present_as(cls, _chain(iter(iterables)))

    @classmethod
    def from_iterable(cls, iterable, /):
        return _npython_present_as(cls, _chain(iter(iterable)))

    __class_getitem__ = classmethod(_npython_generic_alias)


def _chain(iterables):
    for iterable in iterables:
        yield from _items(iterable)


def _items(iterable):
    # A generator in a chain gets neither the values sent nor the exceptions thrown.
    for item in iterable:
        yield item


class compress(_Iterator):
    __slots__ = ()

    def __new__(cls, data, selectors):
        return _npython_present_as(cls, _compress(iter(data), iter(selectors)))


def _compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item


class dropwhile(_Iterator):
    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _npython_present_as(cls, _dropwhile(predicate, iter(iterable)))


def _dropwhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            yield item
            break
    for item in iterator:
        yield item


class takewhile(_Iterator):
    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        return _npython_present_as(cls, _takewhile(predicate, iter(iterable)))


def _takewhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            return
        yield item


class filterfalse(_Iterator):
    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _npython_present_as(cls, _filterfalse(function, iter(iterable)))


def _filterfalse(function, iterator):
    if function is None:
        function = bool
    for item in iterator:
        if not function(item):
            yield item


class starmap(_Iterator):
    __slots__ = ()

    def __new__(cls, function, iterable, /):
        return _npython_present_as(cls, _starmap(function, iter(iterable)))


def _starmap(function, iterator):
    for arguments in iterator:
        yield function(*arguments)


class islice(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, /, *bounds):
        if not bounds:
            raise TypeError("islice expected at least 2 arguments, got 1")
        if len(bounds) > 3:
            raise TypeError(f"islice expected at most 4 arguments, got {1 + len(bounds)}")
        if len(bounds) == 1:
            start, stop, step = 0, bounds[0], 1
            stop = _bound(
                stop, None, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            )
        else:
            indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            start = _bound(bounds[0], 0, indices)
            stop = _bound(
                bounds[1], None, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
            )
            step = 1
            if len(bounds) == 3:
                message = "Step for islice() must be a positive integer or None."
                step = _bound(bounds[2], 1, message)
                if step < 1:
                    raise ValueError(message)
        return _npython_present_as(cls, _islice(iter(iterable), start, stop, step))


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


def _islice(iterator, start, stop, step):
    if stop is not None and stop <= start:
        # What is in front of an empty slice is taken all the same.
        for _ in zip(range(min(start, stop) if stop < start else start), iterator):
            pass
        return
    position = 0
    wanted = start
    if start == 0 and step == 1 and stop is not None:
        for item in iterator:
            yield item
            position += 1
            if position >= stop:
                return
        return
    for item in iterator:
        if position == wanted:
            yield item
            wanted += step
        position += 1
        if stop is not None and position >= stop:
            return


class accumulate(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, func=None, *, initial=None):
        return _npython_present_as(cls, _accumulate(iter(iterable), func, initial))


def _accumulate(iterator, function, total):
    if total is None:
        total = next(iterator, _MISSING)
        if total is _MISSING:
            return
    yield total
    if function is None:
        for item in iterator:
            total = total + item
            yield total
    else:
        for item in iterator:
            total = function(total, item)
            yield total


class pairwise(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, /):
        return _npython_present_as(cls, _pairwise(iter(iterable)))


def _pairwise(iterator):
    for previous in iterator:
        break
    else:
        return
    for item in iterator:
        yield (previous, item)
        previous = item


class batched(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, n, *, strict=False):
        n = _npython_index(n)
        if n < 1:
            raise ValueError("n must be at least one")
        return _npython_present_as(cls, _batched(iter(iterable), n, strict))


def _batched(iterator, n, strict):
    batch = []
    for item in iterator:
        batch.append(item)
        if len(batch) == n:
            yield tuple(batch)
            batch = []
    if batch:
        if strict:
            raise ValueError("batched(): incomplete batch")
        yield tuple(batch)


class zip_longest(_Iterator):
    __slots__ = ()

    def __new__(cls, *iterables, fillvalue=None):
        return _npython_present_as(cls, _zip_longest([iter(iterable) for iterable in iterables], fillvalue))


def _zip_longest(iterators, fill):
    left = len(iterators)
    while left:
        row = []
        for position, iterator in enumerate(iterators):
            item = fill
            if iterator is not None:
                item = next(iterator, _MISSING)
                if item is _MISSING:
                    left -= 1
                    if not left:
                        return
                    iterators[position] = None
                    item = fill
            row.append(item)
        yield tuple(row)


class product(_Iterator):
    __slots__ = ()

    def __new__(cls, *iterables, repeat=1):
        repeat = _npython_index(repeat)
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        pools = [tuple(iterable) for iterable in iterables] * repeat
        return _npython_present_as(cls, _product(pools))


def _product(pools):
    if not all(pools):
        return
    width = len(pools)
    row = [pool[0] for pool in pools]
    positions = [0] * width
    while True:
        yield tuple(row)
        at = width - 1
        while at >= 0:
            pool = pools[at]
            position = positions[at] + 1
            if position < len(pool):
                positions[at] = position
                row[at] = pool[position]
                break
            positions[at] = 0
            row[at] = pool[0]
            at -= 1
        else:
            return


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
        return _npython_present_as(cls, _permutations(pool, r))


def _permutations(pool, r):
    count = len(pool)
    if r > count:
        return
    order = list(range(count))
    cycles = list(range(count, count - r, -1))
    yield tuple(pool[:r])
    if not count:
        return
    while True:
        at = r - 1
        while at >= 0:
            cycles[at] -= 1
            if cycles[at]:
                other = count - cycles[at]
                order[at], order[other] = order[other], order[at]
                yield tuple([pool[position] for position in order[:r]])
                break
            order.append(order.pop(at))
            cycles[at] = count - at
            at -= 1
        else:
            return


class combinations(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, r):
        pool = tuple(iterable)
        r = _npython_index(r)
        if r < 0:
            raise ValueError("r must be non-negative")
        return _npython_present_as(cls, _combinations(pool, r))


def _combinations(pool, r):
    count = len(pool)
    if r > count:
        return
    chosen = list(range(r))
    row = list(pool[:r])
    yield tuple(row)
    while True:
        at = r - 1
        while at >= 0 and chosen[at] == at + count - r:
            at -= 1
        if at < 0:
            return
        position = chosen[at] + 1
        while at < r:
            chosen[at] = position
            row[at] = pool[position]
            position += 1
            at += 1
        yield tuple(row)


class combinations_with_replacement(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, r):
        pool = tuple(iterable)
        r = _npython_index(r)
        if r < 0:
            raise ValueError("r must be non-negative")
        return _npython_present_as(cls, _combinations_with_replacement(pool, r))


def _combinations_with_replacement(pool, r):
    count = len(pool)
    if not count and r:
        return
    chosen = [0] * r
    yield tuple([pool[position] for position in chosen])
    while True:
        at = r - 1
        while at >= 0 and chosen[at] == count - 1:
            at -= 1
        if at < 0:
            return
        chosen[at:] = [chosen[at] + 1] * (r - at)
        yield tuple([pool[position] for position in chosen])


class groupby(_Iterator):
    __slots__ = ()

    def __new__(cls, iterable, key=None):
        return _npython_present_as(cls, _groupby(iter(iterable), key))


class _grouper(_Iterator):
    __slots__ = ()


def _groupby(iterator, key):
    # The state shared with the groups: current item, its key, whether it is still to be given, the number of the group.
    state = [_MISSING, None, False, 0]
    for item in iterator:
        state[0] = item
        state[1] = item if key is None else key(item)
        state[2] = True
        break
    else:
        return
    while True:
        target = state[1]
        state[3] += 1
        yield (target, _npython_present_as(_grouper, _group(iterator, key, state, target, state[3])))
        # What the program left of the group is skipped.
        if state[2] and (state[1] is target or state[1] == target):
            for item in iterator:
                rank = item if key is None else key(item)
                state[0] = item
                state[1] = rank
                if rank is not target and rank != target:
                    break
            else:
                return
        if not state[2]:
            return


def _group(iterator, key, state, target, number):
    # The item behind the one given is taken only when it is asked for.
    while state[3] == number and state[2]:
        yield state[0]
        if state[3] != number:
            return
        for item in iterator:
            state[0] = item
            state[1] = item if key is None else key(item)
            break
        else:
            state[2] = False
            return
        if state[1] is not target and state[1] != target:
            return


class _tee(_Iterator):
    __slots__ = ()



def tee(iterable, n=2, /):
    """Several iterators over what one gives."""
    n = _npython_index(n)
    if n < 0:
        raise ValueError("n must be >= 0")
    iterator = iter(iterable)
    head = [None, None]
    return tuple([_npython_present_as(_tee, _branch(iterator, head)) for _ in range(n)])


def _branch(iterator, link):
    # A linked list of items: a link that was not taken yet is [None, None].
    while True:
        if link[1] is None:
            item = next(iterator, _MISSING)
            if item is _MISSING:
                return
            link[0] = item
            link[1] = [None, None]
        item, link = link
        yield item
