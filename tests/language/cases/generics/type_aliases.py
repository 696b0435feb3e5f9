"""The type statement is lazy."""
type Point = tuple[float, float]
type Pair[T] = tuple[T, T]
type Later = undefined_name
print(Point, Point.__value__, Point.__name__, Pair.__type_params__, Pair[int], type(Point).__name__)
try:
    Later.__value__
except NameError as error:
    print(error)
type = 5
print(type)
