import math

first, second = float("nan"), float("nan")
print(first == first, first is first, first is second, [first] == [first], [first] == [second])
print(first in [first], first in [second], [second, first].index(first), [first, first].count(second))
print(len({first, second}), len({first, first}), {first: 1}.get(second), {first: 1}[first])
print((first,) == (second,), (first, 1) == (first, 1), {"a": first} == {"a": second})
readings = [float(text) for text in "1.5 nan 2.5 NaN -nan nan".split()]
print(readings, len(set(readings)), sum(map(math.isnan, readings)))
print(repr(first), str(-second), f"{first:.2f}", math.nan in [math.nan], first is float(first))
print(first != second, sorted([3.0, 1.0]), max(1.0, first), hash(first) == hash(first))
print(math.copysign(1, float("-nan")), math.copysign(1, float("nan")), float("nan").hex())
