"""Sets over guest iterables and elements."""


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
    if not isinstance(iterable, (set, frozenset, dict)):
        return {item for item in iterable}
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
