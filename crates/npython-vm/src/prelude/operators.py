"""Operators and look-ups whose operands need guest code: user-defined comparison, hashing and conversion methods."""


def _truth(value):
    return True if value else False


def _not(value):
    return not value


def _opposite_of_equal(method, left, right):
    result = method(left, right)
    if result is NotImplemented:
        return result
    return not result


def _call_descriptor(descriptor, receiver, owner, *args):
    return type(descriptor).__get__(descriptor, receiver, owner)(*args)


def _first_difference(left, right):
    index = 0
    while index < len(left) and index < len(right):
        first = left[index]
        second = right[index]
        if first is not second and not (first == second):
            return index
        index += 1
    return -1


def _is_in_both(index, left, right):
    # A comparison method may have shortened the lists: then their lengths decide.
    return 0 <= index < len(left) and index < len(right)


def _sequence_eq(left, right):
    if len(left) != len(right):
        return False
    return not _is_in_both(_first_difference(left, right), left, right) and len(left) == len(right)


def _sequence_ne(left, right):
    return not _sequence_eq(left, right)


def _sequence_lt(left, right):
    index = _first_difference(left, right)
    return left[index] < right[index] if _is_in_both(index, left, right) else len(left) < len(right)


def _sequence_le(left, right):
    index = _first_difference(left, right)
    return left[index] <= right[index] if _is_in_both(index, left, right) else len(left) <= len(right)


def _sequence_gt(left, right):
    index = _first_difference(left, right)
    return left[index] > right[index] if _is_in_both(index, left, right) else len(left) > len(right)


def _sequence_ge(left, right):
    index = _first_difference(left, right)
    return left[index] >= right[index] if _is_in_both(index, left, right) else len(left) >= len(right)


def _dict_eq(left, right):
    if len(left) != len(right):
        return False
    for key_hash, key, value in _dict_entries(left):
        position = _dict_find_hashed(right, key, key_hash)
        if position < 0:
            return False
        other = _dict_value_at(right, position)
        if value is not other and not (value == other):
            return False
    return True


def _dict_ne(left, right):
    return not _dict_eq(left, right)


def _is_subset(left, right):
    for item_hash, item in _set_entries(left):
        if _set_find_hashed(right, item, item_hash) < 0:
            return False
    return True


def _set_eq(left, right):
    return len(left) == len(right) and _is_subset(left, right)


def _set_ne(left, right):
    return not _set_eq(left, right)


def _set_le(left, right):
    return len(left) <= len(right) and _is_subset(left, right)


def _set_lt(left, right):
    return len(left) < len(right) and _is_subset(left, right)


def _set_ge(left, right):
    return len(left) >= len(right) and _is_subset(right, left)


def _set_gt(left, right):
    return len(left) > len(right) and _is_subset(right, left)


def _sequence_contains(container, item):
    index = 0
    while index < len(container):
        other = container[index]
        if other is item or other == item:
            return True
        index += 1
    return False


def _iteration_contains(container, item):
    iterator = None
    try:
        iterator = iter(container)
    except TypeError:
        pass
    # Whatever the reason was, CPython does not tell.
    if iterator is None:
        raise TypeError(f"argument of type '{type(container).__name__}' is not iterable")
    for other in iterator:
        if other is item or other == item:
            return True
    return False


def _keys_contains(container, item):
    return _dict_find(_view_dict(container), item) >= 0


def _items_contains(container, item):
    key, value = item
    table = _view_dict(container)
    position = _dict_find(table, key)
    if position < 0:
        return False
    other = _dict_value_at(table, position)
    return other is value or other == value


def _dict_find(table, key):
    return _dict_find_hashed(table, key, hash(key))


def _dict_find_hashed(table, key, key_hash):
    while True:
        version = _dict_version(table)
        changed = False
        for position in _dict_candidates(table, key_hash):
            other = _dict_key_at(table, position)
            if other is key:
                return position
            same = True if other == key else False
            if _dict_version(table) != version:
                changed = True
                break
            if same:
                return position
        if not changed:
            return -1


def _dict_contains(table, key):
    return _dict_find(table, key) >= 0


def _dict_lookup(table, key, default):
    position = _dict_find(table, key)
    return default if position < 0 else _dict_value_at(table, position)


def _dict_getitem(table, key):
    position = _dict_find(table, key)
    if position < 0:
        raise KeyError(key)
    return _dict_value_at(table, position)


def _dict_instance_getitem(instance, table, key):
    position = _dict_find(table, key)
    if position >= 0:
        return _dict_value_at(table, position)
    missing = getattr(type(instance), '__missing__', None)
    if missing is None:
        raise KeyError(key)
    return missing(instance, key)


def _dict_setitem(table, key, value):
    key_hash = hash(key)
    position = _dict_find_hashed(table, key, key_hash)
    if position < 0:
        _dict_insert(table, key_hash, key, value)
    else:
        _dict_replace(table, position, value)


def _dict_setdefault(table, key, default):
    key_hash = hash(key)
    position = _dict_find_hashed(table, key, key_hash)
    if position < 0:
        _dict_insert(table, key_hash, key, default)
        return default
    return _dict_value_at(table, position)


def _dict_delitem(table, key):
    position = _dict_find(table, key)
    if position < 0:
        raise KeyError(key)
    _dict_remove_at(table, position)


def _dict_take(table, key, default):
    """Removes a key and gives its value, or the default."""
    position = _dict_find(table, key)
    if position < 0:
        return default
    value = _dict_value_at(table, position)
    _dict_remove_at(table, position)
    return value


def _set_find(table, item):
    if isinstance(item, set):
        try:
            item_hash = hash(item)
        except TypeError:
            # An unhashable set stands for the frozenset of its elements.
            item = frozenset(item)
            item_hash = hash(item)
    else:
        item_hash = hash(item)
    return _set_find_hashed(table, item, item_hash)


def _set_find_hashed(table, item, item_hash):
    while True:
        changed = False
        for slot in _set_candidates(table, item_hash):
            other = _set_item_at(table, slot)
            if other is item:
                return slot
            same = True if other == item else False
            if _set_item_at(table, slot) is not other:
                changed = True
                break
            if same:
                return slot
        if not changed:
            return -1


def _set_contains(table, item):
    return _set_find(table, item) >= 0


def _set_insert(table, item):
    item_hash = hash(item)
    if _set_find_hashed(table, item, item_hash) < 0:
        _set_insert_new(table, item_hash, item)


def _set_take(table, item):
    """Removes an item; whether it was there."""
    slot = _set_find(table, item)
    if slot < 0:
        return False
    _set_remove_at(table, slot)
    return True


def _set_take_hashed(table, item, item_hash):
    slot = _set_find_hashed(table, item, item_hash)
    if slot < 0:
        return False
    _set_remove_at(table, slot)
    return True


def _index_subscript(container, key):
    return container[_index(key)]


def _index_store(container, key, value):
    container[_index(key)] = value


def _index_delete(container, key):
    del container[_index(key)]


def _byte_store(container, key, value):
    container[key] = _index(value)


def _slice_part(value):
    if value is None:
        return None
    return _index(value)


def _plain_slice(key):
    # In the order in which CPython asks.
    step = _slice_part(key.step)
    start = _slice_part(key.start)
    stop = _slice_part(key.stop)
    return slice(start, stop, step)


def _slice_subscript(container, key):
    return container[_plain_slice(key)]


def _slice_store(container, key, value):
    container[_plain_slice(key)] = value


def _slice_store_iterable(container, key, value):
    container[key] = [*value]


def _slice_store_bytes(container, key, value):
    container[key] = bytearray(value)


def _slice_delete(container, key):
    del container[_plain_slice(key)]


def _repeat(sequence, count):
    return sequence * _index(count)


def _repeat_in_place(sequence, count):
    sequence *= _index(count)
    return sequence


def _extend_in_place(target, data, other):
    if type(data) is list:
        list.extend(data, other)
    else:
        if not isinstance(other, (bytes, bytearray, memoryview)):
            raise TypeError(f"can't concat {type(other).__name__} to {type(target).__name__}")
        bytearray.extend(data, other)
    return target


def _concatenate_buffer(sequence, other):
    return sequence + bytes(other)


def _divmod_stage(left, right):
    result = NotImplemented
    method = _bound_special(left, '__divmod__')
    reflected = None
    if type(right) is not type(left):
        reflected = _bound_special(right, '__rdivmod__')
        if reflected is not None and issubclass(type(right), type(left)) and not _same_special(left, right, '__rdivmod__'):
            result = reflected(left)
            reflected = None
            if result is not NotImplemented:
                return result
    if method is not None:
        result = method(right)
        if result is not NotImplemented:
            return result
    if reflected is not None:
        result = reflected(left)
        if result is not NotImplemented:
            return result
    raise TypeError(
        f"unsupported operand type(s) for divmod(): '{type(left).__name__}' and '{type(right).__name__}'"
    )


def _pow_stage(base, exponent, modulus):
    method = _bound_special(base, '__pow__')
    if method is not None:
        result = method(exponent, modulus)
        if result is not NotImplemented:
            return result
    raise TypeError(
        "unsupported operand type(s) for ** or pow(): "
        f"'{type(base).__name__}', '{type(exponent).__name__}', '{type(modulus).__name__}'"
    )


def _sum(iterable, start):
    total = 0 if start is _MISSING else start
    if isinstance(total, str):
        raise TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    if isinstance(total, bytes):
        raise TypeError("sum() can't sum bytes [use b''.join(seq) instead]")
    if isinstance(total, bytearray):
        raise TypeError("sum() can't sum bytearray [use b''.join(seq) instead]")
    return _sum_of(iter(iterable), total)


def _sum_rest(iterator, total, compensation, item):
    if type(total) is not float:
        return _sum_of(iterator, total + item)
    total = _with_compensation(total, compensation) + item
    for item in iterator:
        total = total + item
    return total


def _sum_of(iterator, total):
    if type(total) is not float:
        for item in iterator:
            total = total + item
            if type(total) is float:
                break
        else:
            return total
    # Floats are added with compensation, as long as nothing but floats and ints comes.
    compensation = 0.0
    for item in iterator:
        kind = type(item)
        if kind is float:
            total, compensation = _compensated(total, item, compensation)
        elif kind is int:
            total = total + item
        else:
            total = _with_compensation(total, compensation) + item
            for item in iterator:
                total = total + item
            return total
    return _with_compensation(total, compensation)


def _int_of_object(cls, value):
    method = _bound_special(value, '__int__')
    if method is not None:
        result = method()
        if not isinstance(result, int):
            raise TypeError(f"__int__ returned non-int (type {type(result).__name__})")
        return int.__new__(cls, _data_of(result))
    method = _bound_special(value, '__index__')
    if method is not None:
        return int.__new__(cls, _index(value))
    method = _bound_special(value, '__trunc__')
    result = method()
    if isinstance(result, int):
        return int.__new__(cls, _data_of(result))
    if _bound_special(result, '__index__') is None:
        raise TypeError(f"__trunc__ returned non-Integral (type {type(result).__name__})")
    return int.__new__(cls, _index(result))


def _int_with_base(cls, value, base):
    return int.__new__(cls, value, _index(base))


def _float_of_object(cls, value):
    return float.__new__(cls, _to_float(value))


def _to_float(value):
    method = _bound_special(value, '__float__')
    if method is not None:
        result = method()
        if not isinstance(result, float):
            raise TypeError(f"{type(value).__name__}.__float__ returned non-float (type {type(result).__name__})")
        return _data_of(result)
    if _bound_special(value, '__index__') is not None:
        return float(_index(value))
    raise TypeError(f"must be real number, not {type(value).__name__}")


def _complex_of_objects(cls, real, imag):
    real_given = real
    if real is not _MISSING and not isinstance(real, str):
        method = _bound_special(real, '__complex__')
        if method is not None and type(real) is not complex:
            result = method()
            if not isinstance(result, complex):
                raise TypeError(f"{type(real).__name__}.__complex__ returned non-complex (type {type(result).__name__})")
            real = _data_of(result)
        elif not isinstance(real, (int, float, complex)):
            real = _to_float(real)
    if imag is not _MISSING and not isinstance(imag, (int, float, complex, str)):
        imag = _to_float(imag)
    if imag is _MISSING:
        return complex.__new__(cls) if real is _MISSING else complex.__new__(cls, real)
    if real is _MISSING:
        return complex.__new__(cls, 0, imag)
    return complex.__new__(cls, real, imag)


def _round_object(number, ndigits):
    method = _bound_special(number, '__round__')
    if method is None:
        raise TypeError(f"type {type(number).__name__} doesn't define __round__ method")
    if ndigits is _MISSING or ndigits is None:
        return method()
    return method(ndigits)


def _round_number(receiver, ndigits):
    return _round_native(receiver, _index(ndigits))


def _hash_parts(value):
    return _combine_hashes(value, [hash(part) for part in _parts_of(value)])


def _in_base(name, number):
    return _base_text(name, _index(number))


def _int_to_bytes(receiver, length, byteorder, signed):
    length = 1 if length is _MISSING else _index(length)
    byteorder = 'big' if byteorder is _MISSING else byteorder
    signed = False if signed is _MISSING else (True if signed else False)
    return int.to_bytes(receiver, length, byteorder, signed=signed)


def _int_from_bytes(cls, data, byteorder, signed):
    byteorder = 'big' if byteorder is _MISSING else byteorder
    signed = False if signed is _MISSING else (True if signed else False)
    if not isinstance(data, (bytes, bytearray)):
        method = _bound_special(data, '__bytes__')
        if method is not None:
            data = method()
            if not isinstance(data, bytes):
                raise TypeError(f"__bytes__ returned non-bytes (type {type(data).__name__})")
        elif isinstance(data, (str, int)):
            raise TypeError(f"cannot convert '{type(data).__name__}' object to bytes")
        else:
            data = bytes(data)
    return _int_from_data(cls, data, byteorder, signed)


def _math_of_objects(name, *args):
    # Arguments one after the other, as CPython converts them.
    return _math_function(name)(*[_to_float(arg) for arg in args])


def _math_of_ints(name, *args):
    return _math_function(name)(*[_index(arg) for arg in args])


def _math_mixed(name, value, count):
    return _math_function(name)(_to_float(value), _index(count))


def _math_rounding(name, value):
    method = _bound_special(value, name)
    if method is not None:
        return method()
    return _math_function('floor' if name == '__floor__' else 'ceil')(_to_float(value))


def _math_trunc(value):
    method = _bound_special(value, '__trunc__')
    if method is None:
        raise TypeError(f"type {type(value).__name__} doesn't define __trunc__ method")
    return method()


def _math_fsum(iterable):
    return _math_function('fsum')([_to_float(item) for item in iterable])


def _math_prod(iterable, start):
    total = 1 if start is _MISSING else start
    for item in iterable:
        total = total * item
    return total


def _math_sumprod(left, right):
    left = iter(left)
    right = iter(right)
    total = 0
    while True:
        first = next(left, _MISSING)
        second = next(right, _MISSING)
        if first is _MISSING or second is _MISSING:
            if first is not second:
                raise ValueError('Inputs are not the same length')
            return total
        total = total + first * second


def _math_dist(left, right):
    return _math_function('dist')([_to_float(item) for item in left], [_to_float(item) for item in right])


def _math_isclose(first, second, rel_tol, abs_tol):
    rel_tol = 1e-09 if rel_tol is _MISSING else _to_float(rel_tol)
    abs_tol = 0.0 if abs_tol is _MISSING else _to_float(abs_tol)
    return _math_function('isclose')(_to_float(first), _to_float(second), rel_tol=rel_tol, abs_tol=abs_tol)


def _math_nextafter(first, second, steps):
    if steps is _MISSING or steps is None:
        return _math_function('nextafter')(_to_float(first), _to_float(second))
    return _math_function('nextafter')(_to_float(first), _to_float(second), steps=_index(steps))


def _math_log(value, base):
    value = value if isinstance(value, (int, float)) else _number(value)
    if base is _MISSING:
        return _math_function('log')(value)
    return _math_function('log')(value, base if isinstance(base, (int, float)) else _number(base))


def _math_log_of(name, value):
    return _math_function(name)(_number(value))


def _number(value):
    if _bound_special(value, '__float__') is None and _bound_special(value, '__index__') is not None:
        return _index(value)
    return _to_float(value)
