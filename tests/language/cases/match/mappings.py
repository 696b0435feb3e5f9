"""Mapping patterns with rest, and missing keys."""
def f(x):
    match x:
        case {"type": "point", "x": x, "y": y}:
            return f"point {x} {y}"
        case {"type": "circle", "r": int(r), **rest}:
            return f"circle {r} {rest}"
        case {1: one, None: none}:
            return f"literal keys {one} {none}"
        case {}:
            return f"some dict of {len(x)}"
        case _:
            return "no"
for v in ({"type": "point", "x": 1, "y": 2, "z": 3}, {"type": "circle", "r": 5, "c": "red"}, {"type": "circle", "r": "x"}, {1: "a", None: "b"}, {}, [], {"type": "point"}):
    print(f(v))
