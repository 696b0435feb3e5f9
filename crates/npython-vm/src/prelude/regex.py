def pattern_substitute(pattern, replacement, string, count, numbered):
    parts = []
    number = 0
    for match in _regex_scan(pattern, string, count, parts):
        number += 1
        text = replacement(match)
        if text is not None:
            parts.append(text)
    joined = ("" if isinstance(string, str) else b"").join(parts)
    return (joined, number) if numbered else joined


def template_error(message, template, position):
    from re import PatternError

    raise PatternError(message, template, position)


def match_getitem(match, key):
    return match.group(_regex_index(key))


def match_group(match, *keys):
    return match.group(*[_regex_index(key) for key in keys])


def _regex_index(key):
    return key if isinstance(key, str) or not hasattr(type(key), "__index__") else key.__index__()


def pattern_match(pattern, string, pos, endpos):
    return pattern.match(string, *_regex_bounds(pos, endpos))


def pattern_fullmatch(pattern, string, pos, endpos):
    return pattern.fullmatch(string, *_regex_bounds(pos, endpos))


def pattern_search(pattern, string, pos, endpos):
    return pattern.search(string, *_regex_bounds(pos, endpos))


def pattern_findall(pattern, string, pos, endpos):
    return pattern.findall(string, *_regex_bounds(pos, endpos))


def pattern_finditer(pattern, string, pos, endpos):
    return pattern.finditer(string, *_regex_bounds(pos, endpos))


def _regex_bounds(pos, endpos):
    pos = 0 if pos is _MISSING else pos.__index__()
    return (pos,) if endpos is _MISSING else (pos, endpos.__index__())
