"""Text and bytes with guest objects: what the natives of str, bytes, bytearray and memoryview leave to guest code."""


def _text_index(value):
    """An optional index argument as an int."""
    if value is None or value is _MISSING or isinstance(value, int):
        return value
    return value.__index__()


def _text_indexes(values):
    return [_text_index(value) for value in values]


def str_new(cls, value, encoding, errors):
    return str.__new__(cls, str(value))


def str_multiply(self, count):
    return str.__mul__(self, _text_index(count))


def bytes_multiply(self, count):
    return _byte_type(self).__mul__(self, _text_index(count))


def str_center(self, width, *fill):
    return str.center(self, _text_index(width), *fill)


def str_ljust(self, width, *fill):
    return str.ljust(self, _text_index(width), *fill)


def str_rjust(self, width, *fill):
    return str.rjust(self, _text_index(width), *fill)


def str_zfill(self, width):
    return str.zfill(self, _text_index(width))


def str_expandtabs(self, tab_size):
    return str.expandtabs(self, _text_index(tab_size))


def str_count(self, wanted, *bounds):
    return str.count(self, wanted, *_text_indexes(bounds))


def str_find(self, wanted, *bounds):
    return str.find(self, wanted, *_text_indexes(bounds))


def str_index(self, wanted, *bounds):
    return str.index(self, wanted, *_text_indexes(bounds))


def str_rfind(self, wanted, *bounds):
    return str.rfind(self, wanted, *_text_indexes(bounds))


def str_rindex(self, wanted, *bounds):
    return str.rindex(self, wanted, *_text_indexes(bounds))


def str_startswith(self, wanted, *bounds):
    return str.startswith(self, wanted, *_text_indexes(bounds))


def str_endswith(self, wanted, *bounds):
    return str.endswith(self, wanted, *_text_indexes(bounds))


def str_replace(self, old, new, count):
    return str.replace(self, old, new, _text_index(count))


def str_split(self, separator, most):
    return str.split(self, None if separator is _MISSING else separator, -1 if most is _MISSING else _text_index(most))


def str_rsplit(self, separator, most):
    return str.rsplit(self, None if separator is _MISSING else separator, -1 if most is _MISSING else _text_index(most))


def str_splitlines(self, keep_ends):
    return str.splitlines(self, bool(keep_ends))


def str_join(self, items):
    return str.join(self, list(items))


def bytes_center(self, width, *fill):
    return _byte_type(self).center(self, _text_index(width), *fill)


def bytes_ljust(self, width, *fill):
    return _byte_type(self).ljust(self, _text_index(width), *fill)


def bytes_rjust(self, width, *fill):
    return _byte_type(self).rjust(self, _text_index(width), *fill)


def bytes_zfill(self, width):
    return _byte_type(self).zfill(self, _text_index(width))


def bytes_expandtabs(self, tab_size):
    return _byte_type(self).expandtabs(self, _text_index(tab_size))


def bytes_count(self, wanted, *bounds):
    return _byte_type(self).count(self, _searched(wanted), *_text_indexes(bounds))


def bytes_find(self, wanted, *bounds):
    return _byte_type(self).find(self, _searched(wanted), *_text_indexes(bounds))


def bytes_index(self, wanted, *bounds):
    return _byte_type(self).index(self, _searched(wanted), *_text_indexes(bounds))


def bytes_rfind(self, wanted, *bounds):
    return _byte_type(self).rfind(self, _searched(wanted), *_text_indexes(bounds))


def bytes_rindex(self, wanted, *bounds):
    return _byte_type(self).rindex(self, _searched(wanted), *_text_indexes(bounds))


def bytes_startswith(self, wanted, *bounds):
    return _byte_type(self).startswith(self, wanted, *_text_indexes(bounds))


def bytes_endswith(self, wanted, *bounds):
    return _byte_type(self).endswith(self, wanted, *_text_indexes(bounds))


def bytes_replace(self, old, new, *count):
    return _byte_type(self).replace(self, old, new, *_text_indexes(count))


def bytes_split(self, separator, most):
    return _byte_type(self).split(self, None if separator is _MISSING else separator, -1 if most is _MISSING else _text_index(most))


def bytes_rsplit(self, separator, most):
    return _byte_type(self).rsplit(self, None if separator is _MISSING else separator, -1 if most is _MISSING else _text_index(most))


def bytes_splitlines(self, keep_ends):
    return _byte_type(self).splitlines(self, bool(keep_ends))


def bytes_join(self, items):
    if _byte_type(self) is bytes:
        return bytes.join(self, list(items))
    held = memoryview(self)
    try:
        return bytearray.join(self, list(items))
    finally:
        held.release()


def _byte_type(value):
    return bytearray if isinstance(value, bytearray) else bytes


def _searched(wanted):
    return wanted if isinstance(wanted, (bytes, bytearray, memoryview)) else _text_index(wanted)


def str_translate(self, table):
    pieces = []
    for character in self:
        try:
            mapped = table[ord(character)]
        except LookupError:
            pieces.append(character)
        else:
            if mapped is not None:
                pieces.append(_translated(mapped))
    return "".join(pieces)


def chr_of_index(value):
    return chr(_text_index(value))


def ascii_text(value):
    # What is ASCII already stays the object it is, also one of a class derived from str.
    text = repr(value)
    return text if text.isascii() else _escape_non_ascii(text)


def str_format(self, *arguments):
    named = arguments[-1]
    return _fill_template(self, arguments[:-1], {} if named is _MISSING else named, 2, [None])


def str_format_map(self, mapping):
    return _fill_template(self, None, mapping, 2, [None])


def _fill_template(template, positional, named, levels, numbering):
    if levels == 0:
        raise ValueError("Max string recursion exceeded")
    pieces = []
    for literal, name, conversion, spec, spec_has_fields in _format_fields(template):
        pieces.append(literal)
        if name is None:
            continue
        value = _field_value(name, positional, named, numbering)
        if conversion == "s":
            value = str(value)
        elif conversion == "r":
            value = repr(value)
        elif conversion == "a":
            value = ascii(value)
        if spec_has_fields:
            spec = _fill_template(spec, positional, named, levels - 1, numbering)
        pieces.append(format(value, spec))
    return "".join(pieces)


def _field_value(name, positional, named, numbering):
    first, steps = _format_path(name)
    if first is None:
        if numbering[0] == "manual":
            raise ValueError("cannot switch from manual field specification to automatic field numbering")
        first = 0 if numbering[0] is None else numbering[0] + 1
        numbering[0] = first
    elif isinstance(first, int):
        if isinstance(numbering[0], int):
            raise ValueError("cannot switch from automatic field numbering to manual field specification")
        numbering[0] = "manual"
    if isinstance(first, str):
        value = named[first]
    elif positional is None:
        raise ValueError("Format string contains positional fields")
    elif first >= len(positional):
        raise IndexError("Replacement index " + str(first) + " out of range for positional args tuple")
    else:
        value = positional[first]
    for is_attribute, key in steps:
        value = getattr(value, key) if is_attribute else value[key]
    return value


def percent_format(template, values):
    is_text = isinstance(template, str)
    single = not isinstance(values, tuple)
    is_mapping = single and not isinstance(values, str) and hasattr(type(values), "__getitem__")
    mapping = values
    values = [values] if single else list(values)
    taken = 0
    pieces = []
    for literal, key, stars, conversion, field in _percent_fields(template):
        pieces.append(literal)
        if field is None:
            continue
        if key is not None:
            if not is_mapping:
                raise TypeError("format requires a mapping")
            values = [mapping[key]]
            taken = 0
        arguments = []
        while stars >= 0:
            if taken >= len(values):
                raise TypeError("not enough arguments for format string")
            value = values[taken]
            taken += 1
            if stars == 0:
                value = _percent_value(value, conversion, is_text)
            arguments.append(value)
            stars -= 1
        pieces.append(field % tuple(arguments))
    if taken < len(values) and not is_mapping:
        kind = "string" if is_text else "bytes"
        raise TypeError("not all arguments converted during " + kind + " formatting")
    return type(template)().join(pieces)


def _percent_value(value, conversion, is_text):
    """A value as one that a template can be filled with natively; that of `r` and `a` goes to `s`."""
    kind = type(value)
    if conversion == "r" or conversion == "a":
        if not is_text:
            return ascii(value).encode()
        return str.__str__(repr(value) if conversion == "r" else ascii(value))
    if conversion == "s" or conversion == "b":
        if is_text:
            return str.__str__(str(value))
        if not isinstance(value, (bytes, bytearray, memoryview)) and hasattr(kind, "__bytes__"):
            return bytes(value)
        return value
    if isinstance(value, (int, float, str)):
        return value
    if conversion in "diu" and hasattr(kind, "__int__"):
        return int(value)
    if conversion in "eEfFgG" and hasattr(kind, "__float__"):
        return float(value)
    if hasattr(kind, "__index__"):
        return value.__index__()
    return value


def _bytes_of_object(value):
    data = value.__bytes__()
    if not isinstance(data, bytes):
        raise TypeError("__bytes__ returned non-bytes (type " + type(data).__name__ + ")")
    return data


def _byte_items(items):
    """Items with their indexes taken, so that a native can make bytes of them."""
    return [
        item.__index__() if not isinstance(item, int) and hasattr(type(item), "__index__") else item for item in items
    ]


def _byte_source(source):
    if hasattr(type(source), "__index__"):
        return source.__index__()
    return _byte_items(source)


def bytes_new(cls, source, encoding, errors):
    if hasattr(type(source), "__bytes__"):
        data = _bytes_of_object(source)
        return data if cls is bytes else bytes.__new__(cls, _data_of(data))
    return bytes.__new__(cls, _byte_source(source))


def bytearray_new(cls, *arguments):
    # Encodings go with text, which needs no guest code; the last argument is the dict of keyword arguments.
    keywords = arguments[-1]
    made = bytearray()
    bytearray_init(made, arguments[0] if len(arguments) > 1 else keywords['source'], None, None)
    return made


def bytearray_init(self, source, encoding, errors):
    if source is _MISSING:
        bytearray.clear(self)
        return
    if hasattr(type(source), "__index__"):
        bytearray.__init__(self, source.__index__())
        return
    # Item by item, as others see it grow.
    bytearray.clear(self)
    for item in source:
        bytearray.append(self, item)


def bytes_contains(self, wanted):
    return _byte_type(self).__contains__(self, _text_index(wanted))


def bytes_hex(self, separator, group):
    if separator is _MISSING:
        return bytes(self).hex()
    return bytes(self).hex(separator, _text_index(group))


def bytes_fromhex(cls, text):
    return cls(bytes.fromhex(text))


def _check_views(array):
    """A bytearray that a memoryview shows must not change its size."""
    if _collect_views(array) and _count_views(array):
        raise BufferError("Existing exports of data: object cannot be re-sized")


def bytearray_append(self, item):
    item = _text_index(item)
    _check_views(self)
    bytearray.append(self, item)


def bytearray_clear(self):
    _check_views(self)
    bytearray.clear(self)


def bytearray_iadd(self, other):
    _check_views(self)
    return bytearray.__iadd__(self, other)


def bytearray_extend(self, items):
    if not isinstance(items, (bytes, bytearray, memoryview)):
        items = _byte_items(items)
    if len(items):
        _check_views(self)
        bytearray.extend(self, items)


def bytearray_insert(self, index, item):
    index, item = _text_index(index), _text_index(item)
    _check_views(self)
    bytearray.insert(self, index, item)


def bytearray_pop(self, index=-1):
    index = _text_index(index)
    _check_views(self)
    return bytearray.pop(self, index)


def bytearray_remove(self, item):
    item = _text_index(item)
    _check_views(self)
    bytearray.remove(self, item)


def bytearray_imul(self, count):
    count = _text_index(count)
    _check_views(self)
    return bytearray.__imul__(self, count)


def bytearray_store(self, key, value):
    _check_views(self)
    bytearray.__setitem__(self, key, value)


def bytearray_delete(self, key):
    _check_views(self)
    bytearray.__delitem__(self, key)


def _view_key(key):
    if isinstance(key, slice):
        return slice(_text_index(key.start), _text_index(key.stop), _text_index(key.step))
    if isinstance(key, tuple):
        return tuple([part if isinstance(part, slice) else _text_index(part) for part in key])
    return key if key is ... else _text_index(key)


def view_getitem(self, key):
    if isinstance(key, slice):
        # An index of the slice may release the view; what it showed is held on to.
        self = memoryview(self)
    return memoryview.__getitem__(self, _view_key(key))


def view_setitem(self, key, value):
    key = _view_key(key)
    if not isinstance(key, slice):
        value = _view_item(self.format[-1], value)
    memoryview.__setitem__(self, key, value)


def _view_item(code, value):
    """A value as the native can store it: a number or a truth value where its class has a method that gives one."""
    if code == '?':
        return True if value else False
    if code in 'efd':
        return float(value) if hasattr(type(value), '__float__') or hasattr(type(value), '__index__') else value
    return _text_index(value) if hasattr(type(value), '__index__') else value


def format_string_of_object(*arguments):
    named = arguments[-1]
    if len(arguments) == 1:
        raise TypeError("format_string() missing 1 required positional argument: 'template'")
    return arguments[0].format(*arguments[1:-1], **({} if named is _MISSING else named))


def is_empty_of_object(value):
    return len(value) == 0


def parse_json_of_bytes(data):
    return parse_json(data.decode("utf-8"))
