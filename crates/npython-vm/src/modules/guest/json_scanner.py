"""Reading JSON values with hooks."""

__all__ = ["make_scanner"]

# What the machine's reader tells of (modules/json/events.rs).
_VALUE, _INTEGER, _FLOAT, _CONSTANT, _START_LIST, _END_LIST, _START_OBJECT, _KEY, _END_OBJECT, _FAILURE, _END, _RAISE = (
    range(12)
)


def _fail(message, text, position):
    if message == "Expecting value":
        raise StopIteration(position)
    from json.decoder import JSONDecodeError

    raise JSONDecodeError(message, text, position)


def _read(text, index, strict, object_hook, pairs_hook, parse_float, parse_int, parse_constant):
    """The value at a position of a text, made by the hooks, and the position behind it."""
    events = iter(_npython_json_events(text, index, strict, 0))
    around = []
    # A document is the only item of this list.
    items = document = []
    in_object = False
    key = None
    for code in events:
        value = next(events)
        if code == _KEY:
            key = value
            continue
        if code == _INTEGER:
            value = parse_int(value)
        elif code == _FLOAT:
            value = parse_float(value)
        elif code == _CONSTANT:
            value = parse_constant(value)
        elif code == _START_LIST or code == _START_OBJECT:
            around.append((items, in_object, key))
            in_object = code == _START_OBJECT
            items = [] if not in_object or pairs_hook is not None else {}
            continue
        elif code == _END_LIST:
            value = items
            items, in_object, key = around.pop()
        elif code == _END_OBJECT:
            value = items
            if pairs_hook is not None:
                value = pairs_hook(value)
            elif object_hook is not None:
                value = object_hook(value)
            items, in_object, key = around.pop()
        elif code == _FAILURE:
            _fail(value[0], text, value[1])
        elif code == _END:
            return document[0], value
        elif code == _RAISE:
            raise value
        if not in_object:
            items.append(value)
        elif pairs_hook is not None:
            items.append((key, value))
        else:
            items[key] = value


def make_scanner(context):
    """The function that reads a value with the hooks that `context`, a JSONDecoder, has now."""
    strict = bool(context.strict)
    object_hook = context.object_hook
    pairs_hook = context.object_pairs_hook
    parse_float = context.parse_float
    parse_int = context.parse_int
    parse_constant = context.parse_constant
    plain = (
        object_hook is None
        and pairs_hook is None
        and parse_float is float
        and parse_int is int
        and getattr(context, "_plain_constant", False)
    )

    def scan_once(string, idx):
        if not isinstance(string, str):
            raise TypeError(f"first argument must be a string, not {type(string).__name__}")
        if not plain:
            return _read(string, idx, strict, object_hook, pairs_hook, parse_float, parse_int, parse_constant)
        found = _npython_json_decode(string, idx, strict, 0)
        if len(found) == 3:
            _fail(found[1], string, found[2])
        return found

    return scan_once


py_make_scanner = make_scanner
