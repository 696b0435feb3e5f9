"""Iterators of `itertools` that guest code takes part in: generators that go on from where the machine stands."""


def _chain_on(tool, outer, current):
    return _tool_go_on(tool, _chain(outer, current))


def _chain(outer, current):
    # A generator in a chain gets neither the values sent nor the exceptions thrown.
    if current is not _MISSING:
        for item in current:
            yield item
    if outer is not None:
        for iterable in outer:
            for item in iterable:
                yield item


def _islice_on(tool, iterator, position, wanted, stop, step):
    return _tool_go_on(tool, _islice(iterator, position, wanted, stop, step))


def _islice(iterator, position, wanted, stop, step):
    if stop is None:
        for item in iterator:
            if position == wanted:
                wanted += step
                yield item
            position += 1
        return
    while position < wanted or position < stop:
        for item in iterator:
            break
        else:
            return
        position += 1
        if position > wanted:
            wanted = min(wanted + step, stop)
            yield item


def _count_next(tool, number, step):
    _count_place(tool, number + step)
    return number


def _cycle_on(tool, iterator, saved):
    return _tool_go_on(tool, _cycle(iterator, saved))


def _cycle(iterator, saved):
    for item in iterator:
        saved.append(item)
        yield item
    if saved:
        while True:
            for item in saved:
                yield item


def _accumulate_on(tool, iterator, function, total):
    return _tool_go_on(tool, _accumulate(iterator, function, total))


def _accumulate(iterator, function, total):
    if total is _MISSING:
        for item in iterator:
            total = item
            yield total
            break
        else:
            return
    if function is None:
        for item in iterator:
            total = total + item
            yield total
    else:
        for item in iterator:
            total = function(total, item)
            yield total


def _pairwise_on(tool, iterator, previous):
    return _tool_go_on(tool, _pairwise(iterator, previous))


def _pairwise(iterator, previous):
    if previous is _MISSING:
        for previous in iterator:
            break
        else:
            return
    for item in iterator:
        yield (previous, item)
        previous = item


def _batched_on(tool, iterator, size, strict):
    return _tool_go_on(tool, _batched(iterator, size, strict))


def _batched(iterator, size, strict):
    batch = []
    for item in iterator:
        batch.append(item)
        if len(batch) == size:
            yield tuple(batch)
            batch = []
    if batch:
        if strict:
            raise ValueError("batched(): incomplete batch")
        yield tuple(batch)


def _compress_on(tool, data, selectors):
    return _tool_go_on(tool, _compress(data, selectors))


def _compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item


def _zip_longest_on(tool, iterators, fill):
    return _tool_go_on(tool, _zip_longest(iterators, fill))


def _zip_longest(iterators, fill):
    left = len(iterators) - iterators.count(None)
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


def _takewhile_on(tool, predicate, iterator):
    return _tool_go_on(tool, _takewhile(predicate, iterator))


def _takewhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            return
        yield item


def _dropwhile_on(tool, predicate, iterator):
    return _tool_go_on(tool, _dropwhile(predicate, iterator))


def _dropwhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            yield item
            break
    for item in iterator:
        yield item


def _filterfalse_on(tool, predicate, iterator):
    return _tool_go_on(tool, _filterfalse(predicate, iterator))


def _filterfalse(predicate, iterator):
    if predicate is None:
        predicate = bool
    for item in iterator:
        if not predicate(item):
            yield item


def _starmap_on(tool, function, iterator):
    return _tool_go_on(tool, _starmap(function, iterator))


def _starmap(function, iterator):
    for arguments in iterator:
        yield function(*tuple(arguments))


# The state that a groupby shares with its groups is a list: the iterator, the key function, the item taken last, its key,
# whether it is still to be given, the key of the group given last, how often a group was asked for, the class of groups.


def _groupby_on(tool, state):
    return _tool_go_on(tool, _groupby(state))


def _groupby(state):
    iterator = state[0]
    key = state[1]
    while True:
        number = state[6] + 1
        state[6] = number
        target = state[5]
        rank = state[3]
        if not state[4] or target is not _MISSING and (target is rank or target == rank):
            for item in iterator:
                rank = item if key is None else key(item)
                state[2] = item
                state[3] = rank
                state[4] = True
                if target is _MISSING or not (target is rank or target == rank):
                    break
            else:
                return
        state[5] = rank
        yield (rank, _make_group(state[7], state, rank, number))


def _group_on(tool, state, target, number):
    return _tool_go_on(tool, _group(state, target, number))


def _group(state, target, number):
    iterator = state[0]
    key = state[1]
    while state[6] == number:
        if not state[4]:
            for item in iterator:
                state[2] = item
                state[3] = item if key is None else key(item)
                break
            else:
                return
        rank = state[3]
        if not (target is rank or target == rank):
            state[4] = True
            return
        state[4] = False
        yield state[2]


def _tee_next(tool, iterator, block):
    block.append(next(iterator))
    return _tool_next(tool)
