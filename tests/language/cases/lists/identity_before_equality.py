"""Membership and comparison try identity first."""
nan = float("nan")
class Never:
    def __eq__(self, other):
        return False
n = Never()
print(nan in [nan], [nan] == [nan], [nan].count(nan), [nan].index(nan), n in [n], [n] == [n], (n,) == (n,), n == n, [n].count(n))
