"""Sequence patterns of fixed and variable length."""
def f(x):
    match x:
        case []:
            return "empty"
        case [one]:
            return f"one {one}"
        case [1, 2, *rest]:
            return f"12 then {rest}"
        case (a, [b, c]):
            return f"nested {a} {b} {c}"
        case [first, *_, last]:
            return f"ends {first} {last}"
        case _:
            return "no"
for v in ([], (), [5], (1, 2, 3, 4), [0, (8, 9)], (1, "xy"), range(5), "ab", b"ab", {1, 2}, iter([1]), {"a": 1}):
    print(f(v))
