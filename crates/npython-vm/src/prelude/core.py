# Calls, attributes, classes, generators and exceptions: the parts of their protocols that run guest code.


def _apply(function, args, kwargs):
    return function(*args, **kwargs)


def _call_for_effect(function, args):
    function(*args)


def _load_attribute(instance, name):
    return getattr(instance, name)


def _getattr_default(instance, name, default):
    try:
        return getattr(instance, name)
    except AttributeError:
        return default


def _hasattr(instance, name):
    try:
        getattr(instance, name)
    except AttributeError:
        return False
    return True


def _not_equal(left, right):
    result = type(left).__eq__(left, right)
    if result is NotImplemented:
        return result
    return not result


def _object_format(instance, spec):
    return str(instance)


def _dir(hook, instance):
    return sorted(hook(instance))


def _dir_locals():
    return sorted(list(locals().keys()))


def _namespace_lookup(mapping, name):
    try:
        return mapping[name]
    except KeyError:
        return _MISSING


def _global_lookup(mapping, name):
    found = _namespace_lookup(mapping, name)
    return _find_builtin(mapping, name) if found is _MISSING else found


def _builtin_lookup(mapping, name):
    found = _namespace_lookup(mapping, name)
    return _raise_name_error(name) if found is _MISSING else found


def _send(receiver, value):
    return receiver.send(value)


def _unpack(iterable, count):
    items = []
    for item in iterable:
        items.append(item)
        if len(items) > count >= 0:
            raise ValueError(f"too many values to unpack (expected {count})")
    if len(items) < count:
        raise ValueError(f"not enough values to unpack (expected {count}, got {len(items)})")
    return items


def _run_module(function, module):
    function()
    return module


def _import_all(module, names, target):
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"Item in {module.__name__}.__all__ must be str, not {type(name).__name__}")
        target[name] = getattr(module, name)


def _import_dotted(parent, name, child, wants_child):
    package = _import_module(parent)
    module = _import_module(name)
    setattr(package, child, module)
    return module if wants_child else package


def _display(value):
    print(repr(value))


# Classes


def _construct(cls, args, kwargs):
    if _has_guest(cls, "__new__"):
        instance = cls.__new__(cls, *args, **kwargs)
        if not _plain_isinstance(instance, cls):
            return instance
    elif _has_guest(cls, "__init__") and _ignores_new_arguments(cls):
        instance = _plain_new(cls)
    else:
        instance = _plain_new(cls, *args, **kwargs)
    kind = type(instance)
    if _has_guest(kind, "__init__"):
        result = _special(instance, "__init__")(*args, **kwargs)
        if result is not None:
            raise TypeError(f"__init__() should return None, not '{type(result).__name__}'")
    elif _initialised_by_init(kind):
        _special(instance, "__init__")(*args, **kwargs)
    return instance


def _ignores_new_arguments(cls):
    return issubclass(cls, (list, dict, set, bytearray)) or _special_base(cls)


def _special_base(cls):
    for base in (
        int, float, complex, str, bytes, tuple, frozenset, BaseException, type, property, super, classmethod, staticmethod,
        enumerate, zip, map, filter, reversed, _weak_reference_type, _generic_alias,
    ):
        if _plain_issubclass(cls, base):
            return False
    return True


def _module_initialised(module, args, kwargs):
    _module_type.__init__(module, *args, **kwargs)
    return module


def _plain_issubclass(cls, base):
    return base in _type_get_mro(cls)


def _type_get_mro(cls):
    return _mro_of(cls)


def _initialised_by_init(cls):
    for base in (list, dict, set, bytearray, _deque_type, BaseException, _module_type):
        if _plain_issubclass(cls, base):
            return True
    return False


def _resolve_bases(bases):
    resolved = []
    changed = False
    for base in bases:
        if not _is_type(base):
            entries = getattr(base, "__mro_entries__", _MISSING)
            if entries is not _MISSING:
                changed = True
                replacement = entries(bases)
                if not isinstance(replacement, tuple):
                    raise TypeError("__mro_entries__ must return a tuple")
                resolved.extend(replacement)
                continue
        resolved.append(base)
    if changed:
        return tuple(resolved), True
    return bases, False


def _winning_metaclass(metaclass, bases):
    winner = metaclass
    for base in bases:
        kind = type(base)
        if _plain_subclass(winner, kind):
            continue
        if _plain_subclass(kind, winner):
            winner = kind
            continue
        raise TypeError(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
        )
    return winner


def _plain_subclass(cls, base):
    if not _is_type(cls) or not _is_type(base):
        return False
    return base in _mro_of(cls)


def _build_class(*positional_and_keywords):
    arguments = list(positional_and_keywords)
    keywords = arguments.pop()
    if keywords is _MISSING:
        keywords = {}
    function = arguments[0]
    name = arguments[1]
    original = tuple(arguments[2:])
    bases, changed = _resolve_bases(original)
    metaclass = keywords.pop("metaclass", None)
    if metaclass is None:
        metaclass = type(bases[0]) if bases else type
    if _is_type(metaclass):
        metaclass = _winning_metaclass(metaclass, bases)
    if metaclass is type:
        namespace = {}
    else:
        prepare = getattr(metaclass, "__prepare__", None)
        namespace = {} if prepare is None else prepare(name, bases, **keywords)
        if not hasattr(namespace, "__getitem__"):
            shown = metaclass.__name__ if _is_type(metaclass) else "<metaclass>"
            raise TypeError(f"{shown}.__prepare__() must return a mapping, not {type(namespace).__name__}")
    cell = _run_body(function, namespace)
    if changed and "__orig_bases__" not in namespace:
        namespace["__orig_bases__"] = original
    if metaclass is type:
        return _type_new(type, name, bases, namespace, keywords)
    return metaclass(name, bases, namespace, **keywords)


def _type_new(metaclass, name, bases, namespace, keywords):
    for base in bases:
        if not _is_type(base):
            if hasattr(base, "__mro_entries__"):
                raise TypeError("type() doesn't support MRO entry resolution; use types.new_class()")
    winner = _winning_metaclass(metaclass, bases)
    if winner is not metaclass and _has_guest(winner, "__new__"):
        return winner.__new__(winner, name, bases, namespace, **keywords)
    metaclass = winner
    cls = _make_class(metaclass, name, bases, dict(namespace))
    if metaclass is not type and _has_guest(metaclass, "mro"):
        try:
            _store_mro(cls, tuple(_special(cls, "mro")()))
        except BaseException:
            _forget_class(cls)
            raise
    for key, value in list(namespace.items()):
        hook = _type_get(type(value), "__set_name__")
        if hook is not _MISSING:
            try:
                _bind(hook, value, type(value))(cls, key)
            except BaseException as error:
                error.add_note(
                    f"Error calling __set_name__ on '{type(value).__name__}' instance {key!r} in '{name}'"
                )
                raise
    super(cls, cls).__init_subclass__(**keywords)
    return cls


def _set_bases(cls, bases):
    old = cls.__bases__
    _replace_bases(cls, bases)
    changed = []
    try:
        _renew_orders(cls, changed)
    except BaseException:
        for item, before, after in changed:
            if _mro_of(item) == after:
                _store_mro(item, before)
        if cls.__bases__ == bases:
            _replace_bases(cls, old)
        raise
    if cls.__bases__ == bases:
        _move_subclass(cls, old, bases)


def _renew_orders(cls, changed):
    pending = [cls]
    while pending:
        item = pending.pop()
        before = _mro_of(item)
        after = tuple(_special(item, "mro")())
        if _mro_of(item) == before:
            _store_mro(item, after)
            changed.append((item, before, after))
            pending.extend(reversed(type.__subclasses__(item)))


def _instance_check(value, cls):
    hook = _type_get(type(cls), "__instancecheck__")
    if hook is _MISSING:
        if type(getattr(cls, "__bases__", None)) is not tuple:
            raise TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union")
        kind = getattr(value, "__class__", None)
        return False if kind is None else _abstract_issubclass(kind, cls)
    return bool(_bind(hook, cls, type(cls))(value))


def _isinstance(value, cls):
    if type(cls) is tuple:
        for item in cls:
            if _isinstance(value, item):
                return True
        return False
    members = _is_union(cls)
    if members is not None:
        return _isinstance(value, members)
    if type(value) is cls:
        return True
    if type(cls) is type:
        if _plain_isinstance(value, cls):
            return True
        reported = getattr(value, "__class__", None)
        return _is_type(reported) and reported is not type(value) and cls in _mro_of(reported)
    return _instance_check(value, cls)


def _issubclass(candidate, cls):
    if type(cls) is tuple:
        for item in cls:
            if _issubclass(candidate, item):
                return True
        return False
    members = _is_union(cls)
    if members is not None:
        return _issubclass(candidate, members)
    hook = _type_get(type(cls), "__subclasscheck__")
    if hook is _MISSING:
        bases = getattr(cls, "__bases__", None)
        if type(bases) is not tuple:
            raise TypeError("issubclass() arg 2 must be a class, a tuple of classes, or a union")
        return _abstract_issubclass(candidate, cls)
    if not _is_type(candidate) and _is_type(cls) and not _has_guest(type(cls), "__subclasscheck__"):
        if type(getattr(candidate, "__bases__", None)) is not tuple:
            raise TypeError("issubclass() arg 1 must be a class")
        return _abstract_issubclass(candidate, cls)
    return bool(_bind(hook, cls, type(cls))(candidate))


def _abstract_issubclass(candidate, cls):
    pending = [candidate]
    while pending:
        at = pending.pop()
        if at is cls:
            return True
        bases = getattr(at, "__bases__", None)
        if type(bases) is tuple:
            pending.extend(bases)
    return False


# Exceptions


def _exception_str(error):
    args = error.args
    if len(args) == 1:
        return str(args[0])
    return str(args)


def _exception_repr(error):
    args = error.args
    name = type(error).__name__
    if len(args) == 1:
        return f"{name}({args[0]!r})"
    return name + repr(args)


def _key_error_str(error):
    args = error.args
    if len(args) == 1:
        return repr(args[0])
    return str(args)


def _group_str(group):
    count = len(group.exceptions)
    plural = "" if count == 1 else "s"
    return f"{group.message} ({count} sub-exception{plural})"


def _group_derive(group, parts):
    return BaseExceptionGroup(group.message, parts)


def _is_sequence_of_notes(notes):
    return _type_get(type(notes), "__getitem__") is not _MISSING


def _group_condition(condition):
    if _is_type(condition) and issubclass(condition, BaseException):
        return lambda error: isinstance(error, condition)
    if type(condition) is tuple:
        for item in condition:
            if not (_is_type(item) and issubclass(item, BaseException)):
                break
        else:
            return lambda error: isinstance(error, condition)
    if not _is_type(condition) and callable(condition):
        return condition
    raise TypeError("expected a function, exception type or tuple of exception types")


def _group_remake(group, parts):
    made = group.derive(parts)
    if not isinstance(made, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    _copy_exception_state(group, made)
    notes = getattr(group, "__notes__", None)
    if notes is not None:
        if _is_sequence_of_notes(notes):
            made.__notes__ = list(notes)
    return made


def _group_partition(group, test, want_rest):
    if test(group):
        return group, None
    if _group_parts(group) is None:
        return None, group
    matching = []
    rest = []
    for part in _group_parts(group):
        found, left = _group_partition(part, test, want_rest)
        if found is not None:
            matching.append(found)
        if left is not None:
            rest.append(left)
    found = _group_remake(group, matching) if matching else None
    left = _group_remake(group, rest) if rest and want_rest else None
    return found, left


def _group_split(group, condition):
    return _group_partition(group, _group_condition(condition), True)


def _group_subgroup(group, condition):
    return _group_partition(group, _group_condition(condition), False)[0]


def _group_match(error, classes):
    if _group_parts(error) is None:
        if isinstance(error, classes):
            made = BaseExceptionGroup("", (error,))
            return made, None
        return None, error
    pair = error.split(classes)
    if type(pair) is not tuple:
        raise TypeError(f"{type(error).__name__}.split must return a tuple, not {type(pair).__name__}")
    if len(pair) < 2:
        raise TypeError(f"{type(error).__name__}.split must return a 2-tuple, got tuple of size {len(pair)}")
    for part in pair[0], pair[1]:
        if part is not None and not isinstance(part, BaseException):
            raise TypeError(f"{type(error).__name__}.split must return exceptions, not {type(part).__name__}")
    return pair[0], pair[1]


def _group_leaves(error, leaves):
    parts = _group_parts(error)
    if parts is None:
        leaves.append(error)
    else:
        for part in parts:
            _group_leaves(part, leaves)


def _prepare_reraise(original, errors):
    raised = []
    reraised = []
    for error in errors:
        if error is None:
            continue
        if _group_parts(original) is not None and _same_origin(original, error):
            reraised.append(error)
        elif error is original:
            reraised.append(error)
        else:
            raised.append(error)
    if _group_parts(original) is None:
        if raised:
            return raised[0] if len(raised) == 1 else BaseExceptionGroup("", raised)
        return reraised[0] if reraised else None
    kept = None
    if reraised:
        wanted = []
        for error in reraised:
            _group_leaves(error, wanted)
        kept = _group_partition(original, lambda error: _is_among(error, wanted), False)[0]
    if not raised:
        return kept
    if kept is not None:
        raised.append(kept)
    if len(raised) == 1 and kept is None:
        return raised[0]
    return BaseExceptionGroup("", raised)


def _is_among(error, wanted):
    for other in wanted:
        if other is error:
            return True
    return False


def _same_origin(original, error):
    if error is original:
        return True
    if _group_parts(error) is None:
        return False
    leaves = []
    _group_leaves(original, leaves)
    own = []
    _group_leaves(error, own)
    for leaf in own:
        if not _is_among(leaf, leaves):
            return False
    return error.__traceback__ is not None or error.message == original.message


def _raise_from(error, cause):
    if _is_type(error) and issubclass(error, BaseException):
        error = _new_exception(error, ())
    if _is_type(cause) and issubclass(cause, BaseException):
        cause = _new_exception(cause, ())
    raise error from cause


def _new_exception(cls, arguments):
    error = cls(*arguments)
    if not _is_exception(error):
        raise TypeError(f"calling {cls} should have returned an instance of BaseException, not {type(error)}")
    return error


def _exception_set_state(error, state):
    if state is None:
        return None
    if not isinstance(state, dict):
        raise TypeError("state is not a dictionary")
    for name, value in state.items():
        setattr(error, name, value)


def _describe(errors):
    for error in errors:
        try:
            _store_description(error, str(error))
        except BaseException:
            _store_description(error, "<exception str() failed>")


# Generators


def _throw_class(generator, cls, value):
    try:
        if value is _MISSING:
            error = cls()
        elif isinstance(value, tuple):
            error = cls(*value)
        else:
            error = cls(value)
        if not _is_exception(error):
            raise TypeError(
                f"calling {cls} should have returned an instance of BaseException, not {type(error).__name__}"
            )
    except BaseException as failure:
        error = failure
    return generator.throw(error)


def _throw_delegated(generator, delegate, error):
    if isinstance(error, GeneratorExit):
        failure = _closing_failure(generator, delegate)
        return _raw_throw(generator, error if failure is None else failure)
    throw = getattr(delegate, "throw", None)
    if throw is None:
        return _raw_throw(generator, error)
    _mark_delegating(generator, True)
    try:
        return throw(error)
    except StopIteration as stop:
        value, failure = stop.value, None
    except BaseException as raised:
        failure = raised
    finally:
        _mark_delegating(generator, False)
    if failure is None:
        return _finish_delegation(generator, value)
    return _raw_throw(generator, failure)


def _closing_failure(generator, delegate):
    close = getattr(delegate, "close", None)
    if close is None:
        return None
    _mark_delegating(generator, True)
    try:
        close()
    except BaseException as failure:
        return failure
    finally:
        _mark_delegating(generator, False)
    return None


def _close_delegated(generator, delegate):
    failure = _closing_failure(generator, delegate)
    if failure is not None:
        _raw_throw(generator, failure)
        raise RuntimeError("generator ignored GeneratorExit")
    return _raw_close(generator)


# match


def _match_keys(subject, keys):
    seen = set()
    values = []
    get = subject.get
    for key in keys:
        if key in seen:
            raise ValueError(f"mapping pattern checks duplicate key ({key!r})")
        seen.add(key)
        value = get(key, _MISSING)
        if value is _MISSING:
            return None
        values.append(value)
    return tuple(values)


def _match_class(subject, cls, names, count):
    if not isinstance(subject, cls):
        return None
    values = []
    seen = set()
    if count:
        match_args = getattr(cls, "__match_args__", None)
        if match_args is None:
            if issubclass(cls, (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)):
                if count > 1:
                    raise TypeError(f"{cls.__name__}() accepts 1 positional sub-pattern ({count} given)")
                values.append(subject)
            else:
                plural = "" if count == 1 else "s"
                raise TypeError(f"{cls.__name__}() accepts 0 positional sub-patterns ({count} given)")
        else:
            if type(match_args) is not tuple:
                raise TypeError(f"{cls.__name__}.__match_args__ must be a tuple (got {type(match_args).__name__})")
            if len(match_args) < count:
                plural = "" if len(match_args) == 1 else "s"
                raise TypeError(
                    f"{cls.__name__}() accepts {len(match_args)} positional sub-pattern{plural} ({count} given)"
                )
            for name in match_args[:count]:
                if type(name) is not str:
                    raise TypeError(f"__match_args__ elements must be strings (got {type(name).__name__})")
                if name in seen:
                    raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
                seen.add(name)
                try:
                    values.append(getattr(subject, name))
                except AttributeError:
                    return None
    for name in names:
        if name in seen:
            raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
        seen.add(name)
        try:
            values.append(getattr(subject, name))
        except AttributeError:
            return None
    return tuple(values)


# Cells


def _cells_equal(left, right):
    return _cell_items(left) == _cell_items(right)


def _cells_differ(left, right):
    return _cell_items(left) != _cell_items(right)


def _cells_less(left, right):
    return _cell_items(left) < _cell_items(right)


def _cells_greater(left, right):
    return _cell_items(left) > _cell_items(right)


def _cells_at_most(left, right):
    return _cell_items(left) <= _cell_items(right)


def _cells_at_least(left, right):
    return _cell_items(left) >= _cell_items(right)


def _cell_items(cell):
    try:
        return [cell.cell_contents]
    except ValueError:
        return []
