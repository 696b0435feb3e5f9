"""Writing JSON."""

__all__ = ["JSONEncoder"]

INFINITY = float("inf")

# Containers and results of `default` inside each other, as far as CPython goes.
_DEEPEST = 4999

# What the machine's writer leaves to this module (modules/json/encode.rs).
_OBJECT, _SEQUENCE, _MAPPING = range(3)


def encode_basestring(s):
    """The JSON string for s."""
    return _npython_json_quote(s, False)


def encode_basestring_ascii(s):
    """The JSON string for s, in ASCII."""
    return _npython_json_quote(s, True)


py_encode_basestring = c_encode_basestring = encode_basestring
py_encode_basestring_ascii = c_encode_basestring_ascii = encode_basestring_ascii


def _fill(pieces, options, default):
    """The text of pieces the machine's writer made: what takes guest code is written here, in the order of the text."""
    check_circular = options[2]
    sort_keys = options[3]
    texts = []
    active = set()
    unfinished = [(iter(pieces), None)]
    while unfinished:
        rest, identity = unfinished[-1]
        for piece in rest:
            if type(piece) is str:
                texts.append(piece)
                continue
            if type(piece) is not tuple:
                raise piece
            kind, value, depth = piece
            if len(unfinished) > _DEEPEST:
                raise RecursionError("maximum recursion depth exceeded")
            mark = None
            if kind == _OBJECT or check_circular:
                mark = id(value)
                if check_circular:
                    if mark in active:
                        raise ValueError("Circular reference detected")
                    active.add(mark)
            pairs = False
            if kind == _OBJECT:
                value = default(value)
            elif kind == _SEQUENCE:
                value = list(value)
            else:
                value = _items(value)
                if sort_keys:
                    value.sort()
                pairs = True
            made = _npython_json_encode(value, options, depth, pairs)
            unfinished.append((iter([made] if type(made) is str else made), mark))
            break
        else:
            unfinished.pop()
            active.discard(identity)
    return "".join(texts)


def _items(mapping):
    items = mapping.items()
    if isinstance(items, list):
        return items
    try:
        return list(items)
    except TypeError:
        if hasattr(type(items), "__iter__"):
            raise
    raise TypeError(f"{type(mapping).__name__}.items() returned a non-iterable (type {type(items).__name__})")


class JSONEncoder:
    """Writes dicts, lists, tuples, strings, numbers, bools and None as JSON; `default` says what to write for the rest."""

    item_separator = ", "
    key_separator = ": "

    def __init__(
        self,
        *,
        skipkeys=False,
        ensure_ascii=True,
        check_circular=True,
        allow_nan=True,
        sort_keys=False,
        indent=None,
        separators=None,
        default=None,
    ):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """What is written for an object that JSON does not know; a TypeError where this is not overridden."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The JSON text of o."""
        if isinstance(o, str):
            return _npython_json_quote(o, bool(self.ensure_ascii))
        chunks = self.iterencode(o, _one_shot=True)
        if not isinstance(chunks, (list, tuple)):
            chunks = list(chunks)
        return "".join(chunks)

    def iterencode(self, o, _one_shot=False):
        """The JSON text of o in parts."""
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = " " * indent
        if not _one_shot:
            return _chunks(self, indent, o)
        default = self.default
        options = (
            bool(self.ensure_ascii),
            bool(self.allow_nan),
            bool(self.check_circular),
            bool(self.sort_keys),
            bool(self.skipkeys),
            getattr(default, "__func__", None) is JSONEncoder.default,
            indent,
            self.item_separator,
            self.key_separator,
        )
        text = _npython_json_encode(o, options, 0, False)
        if type(text) is str:
            return (text,)
        return (_fill(text, options, default),)


def _float_text(number, allow_nan):
    if number != number:
        text = "NaN"
    elif number == INFINITY:
        text = "Infinity"
    elif number == -INFINITY:
        text = "-Infinity"
    else:
        return float.__repr__(number)
    if not allow_nan:
        raise ValueError("Out of range float values are not JSON compliant: " + repr(number))
    return text


def _chunks(encoder, indent, o):
    """The parts in which a JSONEncoder writes o when it is not asked for the whole text."""
    markers = {} if encoder.check_circular else None
    quote = encode_basestring_ascii if encoder.ensure_ascii else encode_basestring
    allow_nan = encoder.allow_nan
    skip_keys = encoder.skipkeys
    sort_keys = encoder.sort_keys
    item_separator = encoder.item_separator
    key_separator = encoder.key_separator
    default = encoder.default

    def scalar(value):
        """The text of a value that holds no others, else None."""
        if isinstance(value, str):
            return quote(value)
        if value is None:
            return "null"
        if value is True:
            return "true"
        if value is False:
            return "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return _float_text(value, allow_nan)
        return None

    def mark(value):
        if markers is None:
            return
        if id(value) in markers:
            raise ValueError("Circular reference detected")
        markers[id(value)] = value

    def unmark(value):
        if markers is not None:
            del markers[id(value)]

    def items_of(values, depth):
        if not values:
            yield "[]"
            return
        mark(values)
        line = "" if indent is None else "\n" + indent * (depth + 1)
        start = "[" + line
        for value in values:
            text = scalar(value)
            if text is not None:
                yield start + text
            else:
                yield start
                yield from container(value, depth + 1)
            start = item_separator + line
        if indent is not None:
            yield "\n" + indent * depth
        yield "]"
        unmark(values)

    def key_text(key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return _float_text(key, allow_nan)
        if key is True or key is False or key is None or isinstance(key, int):
            return scalar(key)
        if skip_keys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def pairs_of(mapping, depth):
        if not mapping:
            yield "{}"
            return
        mark(mapping)
        yield "{"
        line = "" if indent is None else "\n" + indent * (depth + 1)
        if indent is not None:
            yield line
        first = True
        for key, value in sorted(mapping.items()) if sort_keys else mapping.items():
            key = key_text(key)
            if key is None:
                continue
            if first:
                first = False
            else:
                yield item_separator + line
            yield quote(key)
            yield key_separator
            text = scalar(value)
            if text is not None:
                yield text
            else:
                yield from container(value, depth + 1)
        if indent is not None:
            yield "\n" + indent * depth
        yield "}"
        unmark(mapping)

    def container(value, depth):
        if isinstance(value, (list, tuple)):
            return items_of(value, depth)
        if isinstance(value, dict):
            return pairs_of(value, depth)
        return other(value, depth)

    def other(value, depth):
        mark(value)
        made = default(value)
        text = scalar(made)
        if text is not None:
            yield text
        else:
            yield from container(made, depth)
        unmark(value)

    text = scalar(o)
    if text is not None:
        yield text
    else:
        yield from container(o, 0)
