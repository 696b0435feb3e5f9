"""Which kind of collection a class with bases of both kinds is to patterns."""

import collections
import collections.abc


class SequenceFirst(collections.UserList, collections.abc.Mapping):
    pass


class MappingFirst(collections.UserDict, collections.abc.Sequence):
    pass


class ListFirst(list, collections.abc.Mapping):
    pass


class UserListThenDict(collections.UserList, dict):
    pass


class UserDictThenList(collections.UserDict, list):
    pass


def kind(value):
    match value:
        case {}:
            return "mapping"
        case [*_]:
            return "sequence"
    return "neither"


for cls in (SequenceFirst, MappingFirst, ListFirst, UserListThenDict, UserDictThenList, set, str):
    try:
        print(cls.__name__, kind(cls()))
    except TypeError as error:
        print(cls.__name__, error)
