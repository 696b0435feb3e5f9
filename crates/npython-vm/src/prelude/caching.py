"""Calls of cached functions whose arguments are hashed or compared by guest code."""


def _new_cached_function(cls, user_function, maxsize, typed, cache_info_type):
    return _cached_function_type(user_function, maxsize, True if typed else False, cache_info_type)


def _call_cached(wrapper, args, kwargs):
    key = _cache_key(wrapper, args, kwargs)
    key_hash = hash(key)
    results = _cache_results(wrapper)
    position = _dict_find_hashed(results, key, key_hash)
    if position >= 0:
        return _cache_hit(wrapper, position)
    function = _cache_miss(wrapper)
    value = function(*args, **kwargs)
    position = _dict_find_hashed(results, key, key_hash)
    _cache_store(wrapper, key, key_hash, position, value)
    return value


def _remember(wrapper, key, value):
    key_hash = hash(key)
    position = _dict_find_hashed(_cache_results(wrapper), key, key_hash)
    _cache_store(wrapper, key, key_hash, position, value)
    return value
