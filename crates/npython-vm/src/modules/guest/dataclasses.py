"""Classes that hold data (PEP 557)."""

import abc
from types import GenericAlias, MappingProxyType, MemberDescriptorType

__all__ = [
    "dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
    "astuple", "make_dataclass", "replace", "is_dataclass",
]

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT = "__post_init__"


class FrozenInstanceError(AttributeError):
    """An attribute of a frozen instance was assigned or deleted."""


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _FIELD_BASE:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")


class InitVar:
    """The type of a parameter of __init__ that is no field."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known of a field."""

    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only",
                 "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return (
            f"Field(name={self.name!r},type={self.type!r},default={self.default!r},"
            f"default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},hash={self.hash!r},"
            f"compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r},"
            f"_field_type={self._field_type})"
        )

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots",
                 "weakref_slot")

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values):
            setattr(self, name, value)

    def __repr__(self):
        return f"_DataclassParams({','.join([f'{name}={getattr(self, name)!r}' for name in self.__slots__])})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Describes a field."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_type(annotation, cls, name, check):
    """Whether a text annotation names what `check` tests for: `ClassVar[int]`, `typing.ClassVar`."""
    head = annotation.split("[")[0].strip()
    parts = head.split(".")
    namespace = _npython_module_namespace(cls.__module__)
    if namespace is None:
        return False
    value = namespace.get(parts[0])
    for part in parts[1:]:
        value = getattr(value, part, None)
    return value is not None and check(value)


def _is_classvar(annotation):
    if type(annotation).__module__ != "typing":
        return False
    return getattr(annotation, "__origin__", annotation) is _classvar()


def _classvar():
    from typing import ClassVar

    return ClassVar


def _is_initvar(annotation):
    return annotation is InitVar or type(annotation) is InitVar


def _get_field(cls, name, annotation, default_kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        if isinstance(default, MemberDescriptorType):
            default = MISSING
        made = field(default=default)
    made.name = name
    made.type = annotation
    made._field_type = _FIELD
    if isinstance(annotation, str):
        if _is_type(annotation, cls, name, _is_classvar):
            made._field_type = _FIELD_CLASSVAR
        elif _is_type(annotation, cls, name, _is_initvar):
            made._field_type = _FIELD_INITVAR
    elif _is_classvar(annotation):
        made._field_type = _FIELD_CLASSVAR
    elif _is_initvar(annotation):
        made._field_type = _FIELD_INITVAR
    if made._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR):
        if made.default_factory is not MISSING:
            raise TypeError(f"field {made.name} cannot have a default factory")
    if made._field_type is _FIELD_CLASSVAR:
        if made.kw_only is not MISSING:
            raise TypeError(f"field {made.name} is a ClassVar but specifies kw_only")
    elif made.kw_only is MISSING:
        made.kw_only = default_kw_only
    if made._field_type is _FIELD and made.default.__class__.__hash__ is None:
        raise ValueError(
            f"mutable default {type(made.default)} for field {made.name} is not allowed: use default_factory"
        )
    return made


def _set_new(cls, name, value):
    if name in cls.__dict__:
        return True
    _set_qualname(cls, value)
    setattr(cls, name, value)
    return False


def _set_qualname(cls, value):
    if isinstance(value, type(_set_new)):
        value.__qualname__ = f"{cls.__qualname__}.{value.__name__}"
    return value


def _make_init(cls, std, kw_only, frozen, has_post_init, self_name):
    seen_default = None
    for item in std:
        if item.init:
            if item.default is not MISSING or item.default_factory is not MISSING:
                seen_default = item
            elif seen_default:
                raise TypeError(f"non-default argument {item.name!r} follows default argument {seen_default.name!r}")
    names = {"_MISSING": MISSING, "_HAS_DEFAULT_FACTORY": _HAS_DEFAULT_FACTORY, "__name__": cls.__module__,
             "_setattr": object.__setattr__}
    body = []
    parameters = [self_name]

    def parameter(item):
        names[f"_type_{item.name}"] = item.type
        if item.default is MISSING and item.default_factory is MISSING:
            default = ""
        elif item.default is not MISSING:
            names[f"_default_{item.name}"] = item.default
            default = f"=_default_{item.name}"
        else:
            default = "=_HAS_DEFAULT_FACTORY"
        return f"{item.name}:_type_{item.name}{default}"

    def assign(item, value):
        if frozen:
            body.append(f" _setattr({self_name},{item.name!r},{value})")
        else:
            body.append(f" {self_name}.{item.name}={value}")

    for item in std:
        if item.init:
            parameters.append(parameter(item))
    listed = [item for item in kw_only if item.init]
    if listed:
        parameters.append("*")
        parameters.extend([parameter(item) for item in listed])
    slots = _PARAMS in cls.__dict__ and cls.__dict__[_PARAMS].slots
    for item in _fields_in_order(cls):
        if item._field_type is _FIELD_INITVAR:
            if item.default_factory is not MISSING:
                names[f"_factory_{item.name}"] = item.default_factory
            continue
        if item.default_factory is not MISSING:
            names[f"_factory_{item.name}"] = item.default_factory
            if item.init:
                assign(item, f"_factory_{item.name}() if {item.name} is _HAS_DEFAULT_FACTORY else {item.name}")
            else:
                assign(item, f"_factory_{item.name}()")
        elif item.init:
            assign(item, item.name)
        elif slots and item.default is not MISSING:
            names[f"_default_{item.name}"] = item.default
            assign(item, f"_default_{item.name}")
    if has_post_init:
        passed = ",".join([item.name for item in _fields_in_order(cls) if item._field_type is _FIELD_INITVAR])
        body.append(f" {self_name}.{_POST_INIT}({passed})")
    text = f"def __init__({','.join(parameters)})->None:\n" + ("\n".join(body) or " pass")
    _npython_run_source(text, names)
    return names["__init__"]


def _fields_in_order(cls):
    return [item for item in cls.__dict__[_FIELDS].values() if item._field_type in (_FIELD, _FIELD_INITVAR)]


def _make_repr(names):
    shown = ", ".join([f"{name}={{self.{name}!r}}" for name in names])
    namespace = {"_begin": _npython_repr_begin, "_end": _npython_repr_end}
    _npython_run_source(
        "def __repr__(self):\n"
        " if _begin(self): return '...'\n"
        " try:\n"
        f"  return f'{{self.__class__.__qualname__}}({shown})'\n"
        " finally: _end(self)",
        namespace,
    )
    return namespace["__repr__"]


def _make_eq(names):
    tests = " and ".join([f"self.{name}==other.{name}" for name in names]) or "True"
    namespace = {}
    _npython_run_source(
        "def __eq__(self,other):\n"
        " if self is other: return True\n"
        " if other.__class__ is self.__class__:\n"
        f"  return {tests}\n"
        " return NotImplemented",
        namespace,
    )
    return namespace["__eq__"]


def _make_order(method, operator, names):
    mine = "".join([f"self.{name}," for name in names])
    theirs = "".join([f"other.{name}," for name in names])
    namespace = {}
    _npython_run_source(
        f"def {method}(self,other):\n"
        " if other.__class__ is self.__class__:\n"
        f"  return ({mine}){operator}({theirs})\n"
        " return NotImplemented",
        namespace,
    )
    return namespace[method]


def _make_hash(names):
    mine = "".join([f"self.{name}," for name in names])
    namespace = {}
    _npython_run_source(f"def __hash__(self):\n return hash(({mine}))", namespace)
    return namespace["__hash__"]


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        if _set_new(cls, method.__name__, method):
            raise TypeError(f"Cannot overwrite attribute {method.__name__} in class {cls.__name__}")


def _hash_action(unsafe_hash, eq, frozen, has_explicit_hash):
    if unsafe_hash:
        return "raise" if has_explicit_hash else "add"
    if not eq or has_explicit_hash:
        return ""
    return "add" if frozen else "none"


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    found = {}
    setattr(cls, _PARAMS, _DataclassParams(
        init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot
    ))
    any_frozen_base = False
    all_frozen_bases = None
    has_bases = False
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is not None:
            has_bases = True
            if all_frozen_bases is None:
                all_frozen_bases = True
            for item in inherited.values():
                found[item.name] = item
            is_frozen = getattr(base, _PARAMS).frozen
            any_frozen_base = any_frozen_base or is_frozen
            all_frozen_bases = all_frozen_bases and is_frozen
    annotations = cls.__dict__.get("__annotations__", {})
    own = []
    seen_marker = False
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or isinstance(annotation, str) and _is_type(
            annotation, cls, name, lambda value: value is KW_ONLY
        ):
            if seen_marker:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen_marker = True
            kw_only = True
        else:
            own.append(_get_field(cls, name, annotation, kw_only))
    for item in own:
        found[item.name] = item
        if isinstance(getattr(cls, item.name, None), Field):
            if item.default is MISSING:
                delattr(cls, item.name)
            else:
                setattr(cls, item.name, item.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if has_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if all_frozen_bases is False and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, found)
    class_hash = cls.__dict__.get("__hash__", MISSING)
    has_explicit_hash = not (class_hash is MISSING or class_hash is None and "__eq__" in cls.__dict__)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    all_init = [item for item in found.values() if item._field_type in (_FIELD, _FIELD_INITVAR)]
    std_init = [item for item in all_init if not item.kw_only]
    kw_init = [item for item in all_init if item.kw_only]
    if init:
        has_post_init = hasattr(cls, _POST_INIT)
        self_name = "__dataclass_self__" if "self" in found else "self"
        _set_new(cls, "__init__", _make_init(cls, std_init, kw_init, frozen, has_post_init, self_name))
    cls.__replace__ = _set_qualname(cls, _replace)
    field_list = [item for item in found.values() if item._field_type is _FIELD]
    if repr:
        _set_new(cls, "__repr__", _make_repr([item.name for item in field_list if item.repr]))
    if eq:
        _set_new(cls, "__eq__", _make_eq([item.name for item in field_list if item.compare]))
    if order:
        names = [item.name for item in field_list if item.compare]
        for method, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _set_new(cls, method, _make_order(method, operator, names)):
                raise TypeError(
                    f"Cannot overwrite attribute {method} in class {cls.__name__}. Consider using functools.total_ordering"
                )
    if frozen:
        _freeze(cls, [item.name for item in field_list])
    action = _hash_action(bool(unsafe_hash), bool(eq), bool(frozen), has_explicit_hash)
    if action == "raise":
        raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    if action == "none":
        cls.__hash__ = None
    elif action == "add":
        names = [item.name for item in field_list if (item.compare if item.hash is None else item.hash)]
        cls.__hash__ = _set_qualname(cls, _make_hash(names))
    if not getattr(cls, "__doc__"):
        cls.__doc__ = _signature_text(cls, init, std_init, kw_init)
    if match_args:
        _set_new(cls, "__match_args__", tuple([item.name for item in std_init if item.init]))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot)
    abc.update_abstractmethods(cls)
    return cls


def _signature_text(cls, init, std, kw_only):
    if not init:
        return cls.__name__ + "()"

    def shown(item):
        kind = item.type
        if isinstance(kind, type) and not isinstance(kind, GenericAlias):
            text = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
        else:
            text = repr(kind).removeprefix("typing.") if not isinstance(kind, str) else repr(kind)
        if item.default is not MISSING:
            return f"{item.name}: {text} = {item.default!r}"
        if item.default_factory is not MISSING:
            return f"{item.name}: {text} = <factory>"
        return f"{item.name}: {text}"

    parts = [shown(item) for item in std if item.init]
    listed = [shown(item) for item in kw_only if item.init]
    if listed:
        parts.append("*")
        parts.extend(listed)
    return f"{cls.__name__}({', '.join(parts)})"


def _dataclass_getstate(self):
    return [getattr(self, item.name) for item in fields(self)]


def _dataclass_setstate(self, state):
    for item, value in zip(fields(self), state):
        object.__setattr__(self, item.name, value)


def _add_slots(cls, is_frozen, weakref_slot):
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    namespace = dict(cls.__dict__)
    names = tuple([item.name for item in fields(cls)])
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    own = [name for name in names if name not in inherited]
    if weakref_slot and "__weakref__" not in inherited:
        own.append("__weakref__")
    namespace["__slots__"] = tuple(own)
    for name in names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        made.__qualname__ = qualname
    if is_frozen:
        if "__getstate__" not in namespace:
            made.__getstate__ = _dataclass_getstate
        if "__setstate__" not in namespace:
            made.__setstate__ = _dataclass_setstate
    _update_class_cells(cls, made)
    return made


def _update_class_cells(old, new):
    # Methods that use super() or __class__ have a cell with the class they were written in.
    for value in list(new.__dict__.values()):
        if isinstance(value, (classmethod, staticmethod)):
            value = value.__func__
        parts = (value.fget, value.fset, value.fdel) if isinstance(value, property) else (value,)
        for function in parts:
            _npython_replace_class_cell(function, old, new)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Adds methods to a class according to its annotated fields."""

    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    if cls is None:
        return wrap
    return wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass or an instance of one."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([item for item in found.values() if item._field_type is _FIELD])


def is_dataclass(obj):
    """Whether it is a dataclass or an instance of one."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


_ATOMIC = frozenset((type(None), bool, int, float, str, complex, bytes, type(...), type(NotImplemented), range))


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict, with dataclasses inside made dicts too."""
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _asdict_inner(obj, dict_factory)


def _asdict_inner(obj, dict_factory):
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if hasattr(kind, _FIELDS):
        if dict_factory is dict:
            return {item.name: _asdict_inner(getattr(obj, item.name), dict) for item in fields(obj)}
        return dict_factory([(item.name, _asdict_inner(getattr(obj, item.name), dict_factory)) for item in fields(obj)])
    if kind is list:
        return [_asdict_inner(value, dict_factory) for value in obj]
    if kind is dict:
        return {_asdict_inner(key, dict_factory): _asdict_inner(value, dict_factory) for key, value in obj.items()}
    if issubclass(kind, tuple):
        if hasattr(kind, "_fields"):
            return kind(*[_asdict_inner(value, dict_factory) for value in obj])
        return kind([_asdict_inner(value, dict_factory) for value in obj])
    if issubclass(kind, dict):
        if hasattr(kind, "default_factory"):
            made = kind(obj.default_factory)
            for key, value in obj.items():
                made[_asdict_inner(key, dict_factory)] = _asdict_inner(value, dict_factory)
            return made
        return kind([(_asdict_inner(key, dict_factory), _asdict_inner(value, dict_factory)) for key, value in obj.items()])
    if issubclass(kind, list):
        return kind([_asdict_inner(value, dict_factory) for value in obj])
    import copy

    return copy.deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    """The fields as a tuple, with dataclasses inside made tuples too."""
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _astuple_inner(obj, tuple_factory)


def _astuple_inner(obj, tuple_factory):
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if hasattr(kind, _FIELDS):
        return tuple_factory([_astuple_inner(getattr(obj, item.name), tuple_factory) for item in fields(obj)])
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return kind(*[_astuple_inner(value, tuple_factory) for value in obj])
    if issubclass(kind, (list, tuple)):
        return kind([_astuple_inner(value, tuple_factory) for value in obj])
    if issubclass(kind, dict):
        pairs = [(_astuple_inner(key, tuple_factory), _astuple_inner(value, tuple_factory)) for key, value in obj.items()]
        if hasattr(kind, "default_factory"):
            made = kind(obj.default_factory)
            made.update(pairs)
            return made
        return kind(pairs)
    import copy

    return copy.deepcopy(obj)


_SOFT = frozenset((
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield",
))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False,
                   module=None):
    """Makes a dataclass from a list of fields."""
    import types

    if namespace is None:
        namespace = {}
    seen = set()
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name = item
            kind = "typing.Any"
        elif len(item) == 2:
            name, kind = item
        elif len(item) == 3:
            name, kind, spec = item
            defaults[name] = spec
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if name in _SOFT:
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in seen:
            raise TypeError(f"Field name duplicated: {name!r}")
        seen.add(name)
        annotations[name] = kind

    def fill(names):
        names.update(namespace)
        names.update(defaults)
        names["__annotations__"] = annotations

    made = types.new_class(cls_name, bases, {}, fill)
    made.__module__ = globals().get("__name__", "__main__") if module is None else module
    return dataclass(
        made, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen, match_args=match_args,
        kw_only=kw_only, slots=slots, weakref_slot=weakref_slot,
    )


def replace(obj, /, **changes):
    """A copy of an instance with some fields changed."""
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for item in getattr(self, _FIELDS).values():
        if item._field_type is _FIELD_CLASSVAR:
            continue
        if not item.init:
            if item.name in changes:
                raise TypeError(f"field {item.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if item.name not in changes:
            if item._field_type is _FIELD_INITVAR and item.default is MISSING:
                raise TypeError(f"InitVar {item.name!r} must be specified with replace()")
            changes[item.name] = getattr(self, item.name)
    return self.__class__(**changes)
