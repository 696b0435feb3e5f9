"""Numbers too large to compute, read or write."""

from __future__ import annotations

from redteam import L, R

CASES = (
    L(38, "GasExhausted", "import math; math.factorial(10**6)"),
    L(38, "MemoryLimitExceeded", "import math; math.comb(10**9, 10**8)"),
    L(38, "MemoryLimitExceeded", "import math; math.perm(10**9, 10**8)"),
    L(
        38,
        "GasExhausted",
        """
x=3
while True: x=x*x
""",
    ),
    L(
        38,
        "GasExhausted",
        """
x=1
while True: x<<=10**6
""",
    ),
    L(
        38,
        "GasExhausted",
        """
x=1
while True: x=x**3+x
""",
    ),
    R(39, "ValueError", "int('9'*10**5)"),
    L(39, "GasExhausted", "int('f'*10**7, 16)"),
    L(
        39,
        "GasExhausted",
        r"""
int.from_bytes(b'\xff'*10**8)
""",
    ),
    R(39, "ValueError", "str(1<<10**6)"),
    L(39, "GasExhausted", "hex(1<<10**8)"),
    L(39, "GasExhausted", "float('1'*10**7)"),
    R(39, "ValueError", "repr(10**5000)"),
    R(39, "ValueError", "'%d' % 10**5000"),
    R(39, "ValueError", "'{:n}'.format(10**5000)"),
)
