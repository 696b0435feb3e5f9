"""Dotted value patterns; names bound by failed cases; nested or-patterns."""
class Color:
    RED = 1
    GREEN = 2
def f(v):
    match v:
        case Color.RED:
            return "red"
        case (Color.GREEN, x) | (x, Color.GREEN):
            return f"pair {x}"
        case [(1 | 2) as n, ("a" | "b") as c]:
            return n, c
        case {"k": [x, *_] | x}:
            return f"k {x}"
    return "none"
for v in (1, (2, "x"), ("y", 2), [1, "b"], {"k": [5, 6]}, {"k": 7}, 99):
    print(f(v))
match (command := "go north").split():
    case ["go", ("north" | "south") as direction]:
        print(direction, command)
match 1, 2:
    case a, b:
        print(a, b)
match = case = _ = 3
print(match, case, _)
try:
    match 5:
        case Color.BLUE:
            pass
except AttributeError as error:
    print(error)
