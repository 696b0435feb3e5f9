"""__class_getitem__ and list[int]."""
class Box:
    def __class_getitem__(cls, item): return (cls.__name__, item)
print(Box[int], Box[1, 2], list[int], dict[str, list[int]], tuple[int, ...], list[int].__origin__, dict[str, int].__args__, list[int]("ab"), list[int] == list[int], isinstance([], list))
try:
    int[str]
except TypeError as error:
    print(error)
class Plain: pass
try:
    Plain[int]
except TypeError as error:
    print(error)
