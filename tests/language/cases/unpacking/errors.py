"""Too few, too many, not iterable."""
def two():
    a, b = [1]
def many():
    a, b = [1, 2, 3]
def star():
    a, *b, c = [1]
def number():
    a, b = 5
def none():
    a, = None
def empty():
    [a] = ""
def iterator():
    a, b = iter([1, 2, 3, 4])
def one():
    (a,) = (1, 2)
def dictionary():
    a, b = {"x": 1}
def nested():
    (a, b), c = [1, 2]
for call in (two, many, star, number, none, empty, iterator, one, dictionary, nested):
    try:
        call()
    except Exception as error:
        print(call.__name__, type(error).__name__, error)
