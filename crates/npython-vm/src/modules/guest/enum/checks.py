# Checks of whole enumerations, and enumerations as globals of a module.


def unique(enumeration):
    """Refuses an enumeration with aliases."""
    duplicates = [(name, member.name) for name, member in enumeration.__members__.items() if name != member.name]
    if duplicates:
        details = ", ".join([f"{alias} -> {name}" for alias, name in duplicates])
        raise ValueError(f"duplicate values found in {enumeration!r}: {details}")
    return enumeration


class EnumCheck(StrEnum):
    """Conditions that verify knows."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Refuses an enumeration that does not meet the conditions."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        name = enumeration.__name__
        is_flag = issubclass(enumeration, Flag)
        if not is_flag and not issubclass(enumeration, Enum):
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        for check in self.checks:
            if check is UNIQUE:
                duplicates = [(alias, found.name) for alias, found in enumeration.__members__.items() if alias != found.name]
                if duplicates:
                    details = ", ".join([f"{alias} -> {found}" for alias, found in duplicates])
                    raise ValueError(f"aliases found in {enumeration!r}: {details}")
            elif check is CONTINUOUS:
                values = {found.value for found in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if is_flag:
                    missing = [1 << bit for bit in range(low.bit_length(), high.bit_length()) if 1 << bit not in values]
                else:
                    missing = [value for value in range(low + 1, high) if value not in values]
                if missing:
                    kind = "flag" if is_flag else "enum"
                    shown = ", ".join([str(value) for value in missing])
                    raise ValueError(f"invalid {kind} {name!r}: missing values {shown}"[:256])
            elif check is NAMED_FLAGS:
                names = enumeration._member_names_
                values = [found.value for found in enumeration]
                missing = []
                unnamed = 0
                for alias, found in enumeration._member_map_.items():
                    if alias in names or found.value < 0:
                        continue
                    absent = [1 << bit for bit in range(found.value.bit_length())
                              if found.value >> bit & 1 and 1 << bit not in values]
                    if absent:
                        missing.append(alias)
                        for value in absent:
                            unnamed |= value
                if missing:
                    if len(missing) == 1:
                        alias = f"alias {missing[0]} is missing"
                    else:
                        alias = f"aliases {', '.join(missing[:-1])} and {missing[-1]} are missing"
                    value = f"value 0x{unnamed:x}" if _is_single_bit(unnamed) else f"combined values of 0x{unnamed:x}"
                    raise ValueError(
                        f"invalid Flag {name!r}: {alias} {value} [use enum.show_flag_values(value) for details]"
                    )
        return enumeration


def show_flag_values(value):
    """The single bits of a flag value."""
    return [1 << bit for bit in range(value.bit_length()) if value >> bit & 1]


def global_enum_repr(self):
    """The repr of a member that is a global of its module."""
    module = self.__class__.__module__.split(".")[-1]
    return f"{module}.{self._name_}"


def global_flag_repr(self):
    """The repr of a flag that is a global of its module."""
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_})"
    names = self._name_.split("|")
    return "|".join([name if name[0].isdigit() else f"{module}.{name}" for name in names])


def global_str(self):
    """The text of a member that is a global of its module."""
    return f"{self.__class__.__name__}({self._value_!r})" if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Makes the members globals of the module."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    globals().update(cls.__members__)
    return cls


def pickle_by_global_name(self, proto):
    return self.name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)
