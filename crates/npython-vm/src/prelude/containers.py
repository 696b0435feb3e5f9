"""Containers and iterators over guest code: user-defined iterators, generators, key functions, hashing and comparison."""


# Text


def _fill_pieces(pieces):
    texts = []
    for piece in pieces:
        if type(piece) is tuple:
            _repr_enter(piece)
            try:
                texts.append(repr(piece[0]))
            finally:
                _repr_leave(piece)
        else:
            texts.append(piece)
    return ''.join(texts)


def _repr(value):
    return _fill_pieces(_repr_pieces(value, False))


def _repr_builtin(value):
    return _fill_pieces(_repr_pieces(value, True))


def _str_of_native(value):
    return type(value).__str__(value)


def _print(values, separator, end):
    separator = ' ' if separator is None else separator
    first = True
    for value in values:
        if first:
            first = False
        else:
            _write(separator)
        _write(str(value))
    _write('\n' if end is None else end)


def _print_to(values, separator, end, file, flush):
    separator = ' ' if separator is None else separator
    write = file.write
    first = True
    for value in values:
        if first:
            first = False
        else:
            write(separator)
        write(str(value))
    write('\n' if end is None else end)
    if flush:
        file.flush()


# Stepping iterators


def _enumerate_next(iterator, inner):
    item = next(inner)
    return (_enumerate_count(iterator), item)


def _zip_next(iterator):
    items = []
    for inner in _inner_iterators(iterator):
        item = next(inner, _MISSING)
        if item is _MISSING:
            return _zip_end(iterator, len(items))
        items.append(item)
    return tuple(items)


def _zip_end(iterator, ended):
    if _zip_is_strict(iterator):
        if ended > 0:
            _zip_error(ended, False)
        inners = _inner_iterators(iterator)
        index = 1
        while index < len(inners):
            if next(inners[index], _MISSING) is not _MISSING:
                _zip_error(index, True)
            index += 1
    raise StopIteration


def _map_next(iterator, function):
    items = []
    for inner in _inner_iterators(iterator):
        items.append(next(inner))
    return function(*items)


def _map_call(function, *items):
    return function(*items)


def _filter_next(function, inner):
    if function is None:
        while True:
            item = next(inner)
            if item:
                return item
    while True:
        item = next(inner)
        if function(item):
            return item


def _callable_next(iterator, function, sentinel):
    try:
        value = function()
    except StopIteration:
        _iter_finish(iterator)
        raise
    # The function may have used the iterator up itself.
    if _iter_is_finished(iterator):
        raise StopIteration
    if sentinel is value or sentinel == value:
        _iter_finish(iterator)
        raise StopIteration
    return value


def _iterator_reduced(backward, arguments, *state):
    return (reversed if backward else iter, arguments, *state)


def _reversed_setstate(iterator, sequence, index):
    _iter_place(iterator, min(index, len(sequence) - 1))


def _zip_setstate(self, strict):
    zip.__setstate__(self, True if strict else False)


def _getitem_next(iterator, sequence, index):
    try:
        item = _special(sequence, "__getitem__")(index)
    except (IndexError, StopIteration):
        item = _MISSING
    if item is _MISSING:
        _iter_finish(iterator)
        raise StopIteration
    _iter_advance(iterator)
    return item


def _reversed_next(iterator, sequence, index):
    return _getitem_next(iterator, sequence, index)


def _enumerate_make(cls, iterable, start):
    iterator = iter(iterable)
    start = _index(start)
    if -9223372036854775808 <= start <= 9223372036854775807:
        return _make_enumerate(cls, iterator, start)
    return _present_as(enumerate, _enumerate_from(iterator, start))


def _enumerate_from(iterator, number):
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        yield (number, item)
        number += 1


def _zip_make(cls, iterables, strict):
    iterators = []
    for iterable in iterables:
        iterators.append(iter(iterable))
    return _make_zip(cls, iterators, True if strict else False)


def _map_make(cls, function, iterables):
    iterators = []
    for iterable in iterables:
        iterators.append(iter(iterable))
    return _make_map(cls, function, iterators)


def _filter_make(cls, function, iterable):
    return _make_filter(cls, function, iter(iterable))


def _reversed_make(cls, sequence):
    return _make_reversed(cls, sequence, len(sequence))


def _range_make(bounds):
    return range(*[_index(bound) for bound in bounds])


# Functions over iterables


def _any(iterable):
    for item in iterable:
        if item:
            return True
    return False


def _all(iterable):
    for item in iterable:
        if not item:
            return False
    return True


def _extreme(largest, iterable, key, default):
    best = _MISSING
    best_rank = None
    for item in iterable:
        rank = item if key is None else key(item)
        if best is _MISSING:
            best = item
            best_rank = rank
        elif rank > best_rank if largest else rank < best_rank:
            best = item
            best_rank = rank
    if best is _MISSING:
        if default is _MISSING:
            raise ValueError(f"{'max' if largest else 'min'}() iterable argument is empty")
        return default
    return best


def _sorted(iterable, key, reverse):
    items = [item for item in iterable]
    _sort_items(items, key, reverse)
    return items


def _list_sort(self, key, reverse):
    reverse = False if reverse is _MISSING else (True if reverse else False)
    items = _sort_begin(self)
    changed = False
    try:
        _sort_items(items, key, reverse)
    finally:
        changed = _sort_end(self, items)
    if changed:
        raise ValueError('list modified during sort')


def _sort_items(items, key, reverse):
    reverse = True if reverse else False
    if key is None or key is _MISSING:
        keys = [item for item in items]
    else:
        keys = [key(item) for item in items]
    if not _sort_native(items, keys, reverse):
        _reorder(items, _sorted_order(keys, reverse))


def _sorted_order(keys, reverse):
    """The indices of the keys in order: runs by binary insertion, then merging."""
    count = len(keys)
    order = [index for index in range(count)]
    if reverse:
        order.reverse()
    shortest = count
    odd = 0
    while shortest >= 64:
        odd |= shortest & 1
        shortest >>= 1
    shortest += odd
    runs = []
    start = 0
    while start < count:
        length = _make_run(keys, order, start, count)
        end = min(start + max(length, shortest), count)
        _insert_sorted(keys, order, start, start + length, end)
        runs.append((start, end))
        start = end
    while len(runs) > 1:
        merged = []
        index = 0
        while index + 1 < len(runs):
            _merge_runs(keys, order, runs[index][0], runs[index][1], runs[index + 1][1])
            merged.append((runs[index][0], runs[index + 1][1]))
            index += 2
        if index < len(runs):
            merged.append(runs[index])
        runs = merged
    if reverse:
        order.reverse()
    return order


def _make_run(keys, order, start, count):
    """The length of the run at `start`, made ascending, with CPython's comparisons."""
    end = _ascending_end(keys, order, start + 1, count)
    if end >= count:
        return count - start
    if end > start + 1:
        if keys[order[start]] < keys[order[end - 1]]:
            return end - start
        order[start:end] = order[start:end][::-1]
    end += 1
    equal = 0
    while end < count:
        if keys[order[end]] < keys[order[end - 1]]:
            if equal:
                order[end - equal - 1:end] = order[end - equal - 1:end][::-1]
                equal = 0
        elif keys[order[end - 1]] < keys[order[end]]:
            break
        else:
            equal += 1
        end += 1
    if equal:
        order[end - equal - 1:end] = order[end - equal - 1:end][::-1]
    order[start:end] = order[start:end][::-1]
    return _ascending_end(keys, order, end, count) - start


def _ascending_end(keys, order, end, count):
    while end < count:
        if keys[order[end]] < keys[order[end - 1]]:
            break
        end += 1
    return end


def _insert_sorted(keys, order, start, sorted_end, end):
    while sorted_end < end:
        pivot = order[sorted_end]
        low = start
        high = sorted_end
        while low < high:
            middle = (low + high) >> 1
            if keys[pivot] < keys[order[middle]]:
                high = middle
            else:
                low = middle + 1
        del order[sorted_end]
        order.insert(low, pivot)
        sorted_end += 1


def _merge_runs(keys, order, start, middle, end):
    left = order[start:middle]
    right = order[middle:end]
    merged = []
    first = 0
    second = 0
    while first < len(left) and second < len(right):
        if keys[right[second]] < keys[left[first]]:
            merged.append(right[second])
            second += 1
        else:
            merged.append(left[first])
            first += 1
    merged.extend(left[first:])
    merged.extend(right[second:])
    order[start:end] = merged


# Lists and tuples


def _list_new(cls, *arguments):
    # The last argument is the dict of keyword arguments.
    return [item for item in arguments[0]]


def _list_init(self, iterable):
    self = _data_of(self)
    items = [item for item in iterable]
    self[:] = items


def _list_extend(self, iterable):
    self = _data_of(self)
    for item in iterable:
        self.append(item)


def _list_inplace_add(self, iterable):
    _list_extend(self, iterable)
    return self


def _list_insert(self, index, item):
    list.insert(self, _index(index), item)


def _list_pop(self, index):
    return list.pop(self, _index(index))


def _search_bound(value):
    if isinstance(value, int):
        return value
    return _index(value)


def _list_index(self, item, *bounds):
    position = _find_in_sequence(_data_of(self), item, bounds)
    if position < 0:
        raise ValueError(f'{item!r} is not in list')
    return position


def _tuple_index(self, item, *bounds):
    position = _find_in_sequence(_data_of(self), item, bounds)
    if position < 0:
        raise ValueError('tuple.index(x): x not in tuple')
    return position


def _find_in_sequence(sequence, item, bounds):
    start = 0
    stop = len(sequence)
    if len(bounds) > 0:
        start = _search_bound(bounds[0])
        if start < 0:
            start = max(start + len(sequence), 0)
    if len(bounds) > 1:
        stop = _search_bound(bounds[1])
        if stop < 0:
            stop += len(sequence)
    while start < stop and start < len(sequence):
        other = sequence[start]
        if other is item or other == item:
            return start
        start += 1
    return -1


def _sequence_count(self, item):
    sequence = _data_of(self)
    count = 0
    index = 0
    while index < len(sequence):
        other = sequence[index]
        if other is item or other == item:
            count += 1
        index += 1
    return count


def _list_remove(self, item):
    sequence = _data_of(self)
    position = _find_in_sequence(sequence, item, ())
    if position < 0:
        raise ValueError('list.remove(x): x not in list')
    del sequence[position:position + 1]


def _tuple_new(cls, *arguments):
    return tuple.__new__(cls, [item for item in arguments[0]])


def _hash_of_tuple(self):
    return _hash_parts(_data_of(self))


def _range_count(self, item):
    count = 0
    for other in self:
        if other is item or other == item:
            count += 1
    return count


def _range_index(self, item):
    position = 0
    for other in self:
        if other is item or other == item:
            return position
        position += 1
    raise ValueError('sequence.index(x): x not in sequence')


def _slice_indices(self, length):
    return slice.indices(_plain_slice(self), _index(length))


# Dicts


def _dict_display(items):
    result = {}
    index = 0
    while index < len(items):
        result[items[index]] = items[index + 1]
        index += 2
    return result


def _dict_new(cls, *arguments):
    result = {}
    _dict_update(result, *arguments)
    return result


def _dict_init(self, *arguments):
    _dict_update(_data_of(self), *arguments)


def _dict_update(self, *arguments):
    # The last argument is the dict of keyword arguments.
    self = _data_of(self)
    if len(arguments) > 1:
        _dict_update_from(self, arguments[0])
    keywords = arguments[len(arguments) - 1]
    if keywords is not _MISSING:
        _dict_update_mapping(self, keywords)


def _dict_update_from(self, source):
    if hasattr(source, 'keys'):
        _dict_update_mapping(self, source)
        return
    number = 0
    for pair in source:
        try:
            items = [item for item in pair]
        except TypeError:
            items = None
        if items is None:
            raise TypeError(f'cannot convert dictionary update sequence element #{number} to a sequence')
        if len(items) != 2:
            raise ValueError(f'dictionary update sequence element #{number} has length {len(items)}; 2 is required')
        self[items[0]] = items[1]
        number += 1


def _dict_update_mapping(self, mapping):
    for key in mapping.keys():
        self[key] = mapping[key]


def _dict_merge_keywords(self, mapping, function):
    for key in mapping.keys():
        if not isinstance(key, str):
            raise TypeError('keywords must be strings')
        if key in self:
            raise TypeError(f"{function} got multiple values for keyword argument '{key}'")
        self[key] = mapping[key]


def _dict_or(self, other):
    result = dict.copy(self)
    _dict_update_from(result, other)
    return result


def _dict_ror(self, other):
    result = dict.copy(other)
    _dict_update_from(result, self)
    return result


def _dict_ior(self, other):
    _dict_update_from(_data_of(self), other)
    return self


def _dict_method_getitem(self, key):
    if type(self) is dict:
        return _dict_getitem(self, key)
    return _dict_instance_getitem(self, _data_of(self), key)


def _dict_method_get(self, key, default=None):
    return _dict_lookup(_data_of(self), key, default)


def _dict_method_setdefault(self, key, default=None):
    return _dict_setdefault(_data_of(self), key, default)


def _dict_method_pop(self, key, *default):
    value = _dict_take(_data_of(self), key, _MISSING)
    if value is _MISSING:
        if len(default) == 0:
            raise KeyError(key)
        return default[0]
    return value


def _dict_fromkeys(cls, iterable, value=None):
    result = cls()
    for key in iterable:
        result[key] = value
    return result


def _proxy_get(self, key, default=None):
    return _proxy_mapping(self).get(key, default)


def _proxy_keys(self):
    return _proxy_mapping(self).keys()


def _proxy_values(self):
    return _proxy_mapping(self).values()


def _proxy_items(self):
    return _proxy_mapping(self).items()


def _proxy_copy(self):
    return _proxy_mapping(self).copy()


def _proxy_reversed(self):
    return reversed(_proxy_mapping(self))


# Sets


def _set_display(items):
    result = set()
    for item in items:
        _set_insert(result, item)
    return result


def _set_add(self, item):
    _set_insert(_data_of(self), item)


def _hashed_items(iterable):
    """The items of a set or dict with the hashes they were stored under, which are not asked for again; else None."""
    if type(iterable) is dict:
        return [(entry[0], entry[1]) for entry in _dict_entries(iterable)]
    if isinstance(iterable, (set, frozenset)):
        return _set_entries(_data_of(iterable))
    return None


def _set_update_from(self, iterable):
    self = _data_of(self)
    entries = _hashed_items(iterable)
    if entries is None:
        for item in iterable:
            _set_insert(self, item)
    else:
        for item_hash, item in entries:
            if _set_find_hashed(self, item, item_hash) < 0:
                _set_insert_new(self, item_hash, item)


def _items_set(iterable):
    result = set()
    _set_update_from(result, iterable)
    return result


def _like(self, result):
    return frozenset(result) if isinstance(self, frozenset) else result


def _set_new(cls, *arguments):
    return _items_set(arguments[0])


def _set_init(self, iterable):
    items = _items_set(iterable)
    self = _data_of(self)
    set.clear(self)
    set.update(self, items)


def _frozenset_new(cls, *arguments):
    return frozenset.__new__(cls, _items_set(arguments[0]))


def _is_any_set(value):
    return isinstance(value, (set, frozenset))


def _set_or(self, other):
    if not _is_any_set(other):
        return NotImplemented
    return _set_union(self, other)


def _set_ror(self, other):
    return _set_or(other, self) if _is_any_set(other) else NotImplemented


def _set_and(self, other):
    if not _is_any_set(other):
        return NotImplemented
    return _set_intersection(self, other)


def _set_rand(self, other):
    return _set_and(other, self) if _is_any_set(other) else NotImplemented


def _set_sub(self, other):
    if not _is_any_set(other):
        return NotImplemented
    return _set_difference(self, other)


def _set_rsub(self, other):
    return _set_sub(other, self) if _is_any_set(other) else NotImplemented


def _set_xor(self, other):
    if not _is_any_set(other):
        return NotImplemented
    return _set_symmetric_difference(self, other)


def _set_rxor(self, other):
    return _set_xor(other, self) if _is_any_set(other) else NotImplemented


def _set_ior(self, other):
    _set_update(self, other)
    return self


def _set_iand(self, other):
    _set_intersection_update(self, other)
    return self


def _set_isub(self, other):
    _set_difference_update(self, other)
    return self


def _set_ixor(self, other):
    _set_symmetric_difference_update(self, other)
    return self


def _set_discard(self, item):
    _set_take(_data_of(self), item)


def _set_remove(self, item):
    if not _set_take(_data_of(self), item):
        raise KeyError(item)


def _set_update(self, *others):
    for other in others:
        _set_update_from(self, other)


def _set_union(self, *others):
    result = _items_set(self)
    for other in others:
        _set_update_from(result, other)
    return _like(self, result)


def _common_items(left, right):
    result = set()
    if _is_any_set(right):
        left = _data_of(left)
        right = _data_of(right)
        if len(right) > len(left):
            left, right = right, left
        right = _set_items(right)
    for item in right:
        if _set_contains(left, item):
            _set_insert(result, item)
    return result


def _set_intersection(self, *others):
    result = _data_of(self)
    for other in others:
        result = _common_items(result, other)
    return _like(self, result)


def _replace_items(self, result):
    self = _data_of(self)
    set.clear(self)
    set.update(self, result)


def _set_intersection_update(self, *others):
    result = _data_of(self)
    for other in others:
        result = _common_items(result, other)
    if others:
        _replace_items(self, result)


def _set_difference(self, *others):
    result = _items_set(self)
    _set_difference_update(result, *others)
    return _like(self, result)


def _set_difference_update(self, *others):
    self = _data_of(self)
    for other in others:
        entries = _hashed_items(other)
        if other is self:
            set.clear(self)
        elif entries is None:
            for item in other:
                _set_take(self, item)
        else:
            for item_hash, item in entries:
                _set_take_hashed(self, item, item_hash)


def _set_symmetric_difference(self, other):
    result = _items_set(other)
    _set_symmetric_difference_update(result, self)
    return _like(self, result)


def _set_symmetric_difference_update(self, other):
    self = _data_of(self)
    if other is self:
        set.clear(self)
        return
    for item_hash, item in _hashed_items(other if _is_any_set(other) else _items_set(other)):
        if not _set_take_hashed(self, item, item_hash):
            _set_insert_new(self, item_hash, item)


def _set_isdisjoint(self, other):
    self = _data_of(self)
    for item in other:
        if _set_contains(self, item):
            return False
    return True


def _set_issubset(self, other):
    if _is_any_set(other):
        return _set_le(_data_of(self), _data_of(other))
    return len(_common_items(self, other)) == len(self)


def _set_issuperset(self, other):
    if _is_any_set(other):
        return _set_ge(_data_of(self), _data_of(other))
    self = _data_of(self)
    for item in other:
        if not _set_contains(self, item):
            return False
    return True


# Views of dicts


def _all_in(items, container):
    for item in items:
        if item not in container:
            return False
    return True


def _view_lt(self, other):
    return len(self) < len(other) and _all_in(self, other)


def _view_le(self, other):
    return len(self) <= len(other) and _all_in(self, other)


def _view_eq(self, other):
    return len(self) == len(other) and _all_in(self, other)


def _view_ne(self, other):
    return not _view_eq(self, other)


def _view_gt(self, other):
    return len(self) > len(other) and _all_in(other, self)


def _view_ge(self, other):
    return len(self) >= len(other) and _all_in(other, self)


def _view_and(self, other):
    result = set()
    for item in other:
        if item in self:
            _set_insert(result, item)
    return result


def _view_or(self, other):
    result = _items_set(self)
    _set_update_from(result, other)
    return result


def _view_ror(self, other):
    return _view_or(other, self)


def _view_sub(self, other):
    result = _items_set(self)
    for item in other:
        _set_take(result, item)
    return result


def _view_rsub(self, other):
    return _view_sub(other, self)


def _view_xor(self, other):
    result = _items_set(self)
    _set_symmetric_difference_update(result, other)
    return result


def _view_rxor(self, other):
    return _view_xor(other, self)


def _view_isdisjoint(self, other):
    for item in other:
        if item in self:
            return False
    return True
