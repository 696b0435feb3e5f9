"""Regular expressions: search, findall, named groups, substitution."""

import re

ADDRESS = re.compile(r"(?P<user>[\w.]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def make_text(lines):
    out = []
    for number in range(lines):
        out.append(
            f"On 2026-{number % 12 + 1:02d}-{number % 28 + 1:02d} user.{number}@mail{number % 9}.example.org paid {number * 1.5} for item #{number}; ref <{number % 97}>"
        )
    return "\n".join(out)


text = make_text(2500)
users = [match["user"] for match in ADDRESS.finditer(text)]
numbers = NUMBER.findall(text)
swapped = DATE.sub(lambda match: f"{match[3]}/{match[2]}/{match[1]}", text)
hidden = re.sub(r"<\d+>", "<*>", swapped)
words = re.split(r"[\s;,]+", hidden)
hits = 0
for line in text.split("\n"):
    if re.match(r"On \d{4}-0[1-6]-.*item #\d*7;", line):
        hits += 1
result = f"{len(users)} {users[-1]} {len(numbers)} {len(words)} {hits} {hidden[:40]}"
assert result == "2500 user.2499 20000 25000 126 On 01/01/2026 user.0@mail0.example.org p", result
print("regex_extract", result)
