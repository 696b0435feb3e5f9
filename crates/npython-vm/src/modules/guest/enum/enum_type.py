# The metaclass: how the class body becomes members.


class EnumType(type):
    """Metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = EnumDict(cls)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace["_generate_next_value_"] = getattr(first_enum, "_generate_next_value_", None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple or Enum is None:
            return super().__new__(metacls, cls, bases, dict(classdict), **kwds)
        classdict.setdefault("_ignore_", []).append("_ignore_")
        for key in classdict["_ignore_"]:
            classdict.pop(key, None)
        member_names = classdict._member_names
        invalid = set(member_names) & {"mro", ""}
        if invalid:
            raise ValueError(f"invalid enum member name(s) {','.join(repr(name) for name in sorted(invalid))}")
        order = classdict.pop("_order_", None)
        if order is not None:
            order = order.replace(",", " ").split()
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, saves_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        values = {name: classdict[name] for name in member_names}
        namespace = {key: value for key, value in dict.items(classdict) if key not in member_names}
        namespace.setdefault("_use_args_", use_args)
        namespace["_new_member_"] = new
        namespace["_member_names_"] = []
        namespace["_member_map_"] = {}
        namespace["_value2member_map_"] = {}
        namespace["_hashable_values_"] = []
        namespace["_unhashable_values_"] = []
        namespace["_member_type_"] = member_type
        namespace["_value_repr_"] = metacls._find_data_repr_(cls, bases)
        is_flag = Flag is not None and issubclass(first_enum, Flag)
        if is_flag or Flag is None and cls == "Flag":
            namespace["_boundary_"] = boundary or getattr(first_enum, "_boundary_", None)
            namespace["_flag_mask_"] = 0
            namespace["_singles_mask_"] = 0
            namespace["_all_bits_"] = 0
            namespace["_inverted_"] = None
        if saves_new:
            namespace["__new_member__"] = new
        made = super().__new__(metacls, cls, bases, namespace, **kwds)
        overridden = set(namespace)
        if ReprEnum is not None and ReprEnum in bases:
            if member_type is object:
                raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)")
            if "__format__" not in namespace:
                made.__format__ = member_type.__format__
            if "__str__" not in namespace:
                method = member_type.__str__
                made.__str__ = member_type.__repr__ if method is object.__str__ else method
            overridden.update(("__format__", "__str__"))
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in overridden and getattr(made, name) in (getattr(member_type, name), getattr(object, name)):
                setattr(made, name, getattr(first_enum, name))
        for name, value in values.items():
            _add_member(made, name, value, first_enum)
        made.__new__ = Enum.__new__
        if is_flag:
            _complete_flag(made, namespace)
        if order is not None:
            listed = [
                name for name in order
                if name not in made._member_map_ or name in made._member_map_ and made._member_map_[name]._name_ == name
            ]
            if listed != made._member_names_:
                raise TypeError(
                    f"member order does not match _order_:\n  {made._member_names_!r}\n  {listed!r}"
                )
        return made

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __call__(cls, value, names=_not_given, *values, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        if cls._member_map_:
            if names is not _not_given:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _not_given and type is None:
            raise TypeError(
                f"{cls!r} has no members; specify `names=()` if you meant to create a new, empty, enum"
            )
        return cls._create_(
            value, None if names is _not_given else names, module=module, qualname=qualname, type=type, start=start,
            boundary=boundary,
        )

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            cls(value)
            return True
        except ValueError:
            return value in cls._unhashable_values_ or value in cls._hashable_values_

    def __delattr__(cls, attr):
        if attr in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __dir__(cls):
        names = {"__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__",
                 "__members__", "__module__", "__name__", "__qualname__"}
        names.update(cls._member_names_)
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        members = cls._member_map_
        return (members[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"

    def __reversed__(cls):
        members = cls._member_map_
        return (members[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            plain = names
            names = []
            last_values = []
            for count, name in enumerate(plain):
                value = _first_generator(cls)(name, start, count, last_values[:])
                last_values.append(value)
                names.append((name, value))
        for item in names or ():
            if isinstance(item, str):
                name, value = item, names[item]
            else:
                name, value = item
            classdict[name] = value
        classdict["__module__"] = globals().get("__name__", "__main__") if module is None else module
        if qualname is not None:
            classdict["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base.__dict__.get("_member_map_"):
                    raise TypeError(f"<enum {class_name!r}> cannot extend {base!r}")

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        if not bases or Enum is None:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return base._value_repr_
                if "__repr__" in base.__dict__:
                    if "__dataclass_fields__" in base.__dict__ and base.__dict__["__dataclass_params__"].repr:
                        return _dataclass_repr
                    return base.__dict__["__repr__"]
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        kinds = []
        seen = set()
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                seen.add(base)
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        if base._member_type_ not in kinds:
                            kinds.append(base._member_type_)
                        break
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    kind = candidate or base
                    if kind not in kinds:
                        kinds.append(kind)
                    break
                else:
                    candidate = candidate or base
        if len(kinds) > 1:
            raise TypeError(f"too many data types for {class_name!r}: {set(kinds)!r}")
        return kinds[0] if kinds else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        new = classdict.get("__new__")
        saves_new = first_enum is not None and new is not None
        if new is None:
            for name in ("__new_member__", "__new__"):
                for holder in (member_type, first_enum):
                    found = getattr(holder, name, None)
                    if found not in (None, object.__new__, _plain_enum_new()):
                        new = found
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        elif isinstance(new, staticmethod):
            new = new.__func__
        use_args = first_enum is not None and new is not object.__new__
        return new, saves_new, use_args


EnumMeta = EnumType


def _plain_enum_new():
    return None if Enum is None else Enum.__new__


def _first_generator(cls):
    return cls._generate_next_value_


def _dataclass_repr(self):
    fields = self.__dataclass_fields__
    return ", ".join([f"{name}={getattr(self, name)!r}" for name in fields if fields[name].repr])


def _add_member(cls, name, value, first_enum):
    """Makes the member, or finds the one it is an alias of."""
    member_type = cls._member_type_
    args = value if isinstance(value, tuple) else (value,)
    if member_type is tuple:
        args = (args,)
    if not cls._use_args_:
        made = cls._new_member_(cls)
    else:
        made = cls._new_member_(cls, *args)
    if not hasattr(made, "_value_"):
        if member_type is object:
            made._value_ = value
        else:
            try:
                made._value_ = member_type(*args)
            except Exception as error:
                raise TypeError("_value_ not set in __new__, unable to create it") from error
    value = made._value_
    made._name_ = name
    made.__objclass__ = cls
    made.__init__(*args)
    made._sort_order_ = len(cls._member_names_)
    is_flag = Flag is not None and issubclass(cls, Flag)
    canonical = None
    try:
        canonical = cls._value2member_map_.get(value)
    except TypeError:
        pass
    if canonical is None:
        for other in cls._member_map_.values():
            if other._value_ == value:
                canonical = other
                break
    if canonical is None:
        if not is_flag or not isinstance(value, int) or _is_single_bit(value):
            cls._member_names_.append(name)
    else:
        made = canonical
    if is_flag and isinstance(value, int):
        cls._flag_mask_ |= value
        if _is_single_bit(value):
            cls._singles_mask_ |= value
        cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1
    descriptor = None
    for base in cls.__mro__[1:]:
        found = base.__dict__.get(name)
        if found is not None and isinstance(found, DynamicClassAttribute):
            descriptor = found
            break
    if descriptor is not None:
        redirect = property()
        redirect.member = made
        redirect.__set_name__(cls, name)
        redirect.fget = descriptor.fget
        redirect.fset = descriptor.fset
        redirect.fdel = descriptor.fdel
        type.__setattr__(cls, name, redirect)
    else:
        type.__setattr__(cls, name, made)
    cls._member_map_[name] = made
    if canonical is None:
        try:
            cls._value2member_map_.setdefault(value, made)
            if value not in cls._hashable_values_:
                cls._hashable_values_.append(value)
        except TypeError:
            cls._unhashable_values_.append(value)


def _complete_flag(cls, namespace):
    for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
        if name not in namespace:
            type.__setattr__(cls, name, getattr(Flag, name))
    listed = [cls._member_map_[name] for name in cls._member_names_]
    if [flag._value_ for flag in listed] != sorted([flag._value_ for flag in listed]):
        type.__setattr__(cls, "_iter_member_", cls._iter_member_by_def_)


