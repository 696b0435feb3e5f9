"""Strings grown by concatenation and by join."""


def grow(count):
    text = ""
    for number in range(count):
        text += chr(97 + number % 26)
        if number % 10 == 9:
            text += "-"
    return text


def joined(count):
    parts = []
    for number in range(count):
        parts.append(str(number))
        parts.append(",")
    return "".join(parts)


def transform(text):
    out = []
    for character in text:
        if character.isalpha():
            out.append(character.upper())
        elif character == "-":
            out.append("_")
        else:
            out.append(character)
    return "".join(out)


total = 0
for _ in range(3):
    grown = grow(60000)
    numbers = joined(50000)
    changed = transform(grown)
    total += len(grown) + len(numbers) + changed.count("A") + numbers.count("99")
assert total == 1075809, total
print("string_building", total)
