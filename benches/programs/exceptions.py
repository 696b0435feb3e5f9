"""Raising, catching, finally blocks and custom exception classes."""


class ValidationError(Exception):
    def __init__(self, field, value):
        super().__init__(f"bad {field}: {value}")
        self.field = field
        self.value = value


def parse(value):
    try:
        return int(value)
    except ValueError:
        return -1


def validate(number):
    if number % 5 == 0:
        raise ValidationError("number", number)
    return number


def guarded(number, log):
    try:
        result = validate(number)
    except ValidationError as error:
        result = -error.value
    else:
        result += 1
    finally:
        log[0] += 1
    return result


def lookup(table, key):
    try:
        return table[key]
    except (KeyError, IndexError):
        return 0


def deep(level):
    if level == 0:
        raise RuntimeError("bottom")
    deep(level - 1)


texts = ["12", "x1", "99", "", "7.5", "-3"]
table = {number: number * 2 for number in range(0, 1000, 3)}
log = [0]
checksum = 0
for number in range(45000):
    checksum += parse(texts[number % 6])
    checksum += guarded(number, log)
    checksum += lookup(table, number % 1000)
for _ in range(700):
    try:
        deep(20)
    except RuntimeError as error:
        checksum += len(str(error))
result = (checksum, log[0])
assert result == (623365170, 45000), result
print("exceptions", *result)
