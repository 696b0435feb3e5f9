"""Set operations of the views of dicts."""


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
