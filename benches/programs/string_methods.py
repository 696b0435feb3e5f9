"""str.split, replace, strip, find, format and friends on many short strings."""


def make_lines(count):
    lines = []
    for number in range(count):
        lines.append(
            "  id=%d ; name=User_%d ; score=%d ; tags=a|b|c%d  " % (number, number * 7 % 1000, number % 97, number % 5)
        )
    return lines


def parse(line):
    record = {}
    for field in line.strip().split(";"):
        key, value = field.strip().split("=")
        record[key] = value
    return record


def render(record):
    name = record["name"].replace("_", " ").lower()
    tags = "/".join(record["tags"].split("|"))
    if name.startswith("user") and not name.endswith("0"):
        return "{:>6}|{:<10}|{}".format(record["id"], name.title(), tags.upper())
    return "{0}:{1}:{0}".format(record["score"].zfill(4), name.find(" "))


lines = make_lines(22000)
checksum = 0
shown = []
for line in lines:
    text = render(parse(line))
    checksum = (checksum * 31 + len(text) * 7 + text.count("0")) % 1000000007
    shown.append(text)
result = f"{checksum} {shown[1]} {shown[-1]}"
assert result == "687331046      1|User 7    |A/B/C1  21999|User 993  |A/B/C4", result
print("string_methods", result)
