"""Exceptions raised in special methods pass through the operators."""
class Bad:
    def __eq__(self, o): raise ValueError("eq")
    def __hash__(self): raise ValueError("hash")
    def __bool__(self): raise ValueError("bool")
    def __iter__(self): raise ValueError("iter")
    def __repr__(self): raise ValueError("repr")
    def __getattr__(self, n): raise ValueError("getattr " + n)
    def __contains__(self, x): raise ValueError("contains")
    def __len__(self): raise ValueError("len")
    def __lt__(self, o): raise ValueError("lt")
b = Bad()
for call in (lambda: b == 1, lambda: {b: 1}, lambda: not b, lambda: list(b), lambda: [b] == [1], lambda: f"{b!r}", lambda: b.x, lambda: 1 in b, lambda: len(b), lambda: sorted([b, b]), lambda: b in [1], lambda: str([b]), lambda: "yes" if b else "no", lambda: hasattr(b, "q"), lambda: (b,) < (b, 1), lambda: [1].index(b)):
    try:
        print(call())
    except ValueError as error:
        print(error)
