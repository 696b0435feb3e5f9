"""Literal, capture, wildcard, or-patterns and guards."""
def f(x):
    match x:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case -5 | 2.5 | 1j:
            return "special number"
        case "a" "b":
            return "string ab"
        case b"x":
            return "bytes"
        case None | True | False:
            return f"singleton {x}"
        case int(n) if n > 100:
            return f"big {n}"
        case str() as s:
            return f"str {s}"
        case _:
            return f"other {x!r}"
for v in (0, 0.0, 2, -5, 2.5, 1j, "ab", "q", b"x", None, True, False, 500, 50, [], 3.0):
    print(f(v))
