"""Output without end."""

from __future__ import annotations

from redteam import L

CASES = (
    L(58, "OutputLimitExceeded", "while True: print('x')"),
    L(58, "OutputLimitExceeded", "print('x'*10**7)"),
    L(58, "OutputLimitExceeded", "print(*range(10**5), sep='x'*1000)"),
    L(
        58,
        "OutputLimitExceeded",
        """
class A:
    def __repr__(s): print('x'*1000); return 'a'
while True: print(A())
""",
    ),
    L(58, "OutputLimitExceeded", "print('x', end='y'*10**6)"),
)
