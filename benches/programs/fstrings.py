"""f-strings with plain fields, conversions and format specifications."""


def report(rows):
    lines = []
    for number in range(rows):
        price = number * 1.25 + 0.1
        name = f"item{number % 100}"
        lines.append(f"{number:>5} {name:<10}|{price:10.2f}|{number:#06x}|{name!r}|{number % 3 == 0}")
        lines.append(f"{number}-{name}-{number + 1}")
        lines.append(f"{price:.3e} {number:,} {'even' if number % 2 == 0 else 'odd'}")
    return lines


lines = report(14000)
length = 0
for line in lines:
    length += len(line)
result = f"{length} {lines[3]} {lines[-1]}"
assert result == "1183207     1 item1     |      1.35|0x0001|'item1'|False 1.750e+04 13,999 odd", result
print("fstrings", result)
