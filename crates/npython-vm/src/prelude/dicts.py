"""Dicts and mapping proxies over guest mappings and keys."""


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
        if type(pair) is tuple and len(pair) == 2:
            key, value = pair
            self[key] = value
            number += 1
            continue
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
