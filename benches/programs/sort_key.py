"""Sorting with and without key functions."""


def make_numbers(count):
    seed = 7
    numbers = []
    for _ in range(count):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 18446744073709551616
        numbers.append((seed >> 33) % 100000)
    return numbers


numbers = make_numbers(12000)
records = [{"id": number, "group": number % 13, "name": f"n{number % 777}"} for number in numbers]
checksum = 0
for _ in range(2):
    plain = sorted(numbers)
    backwards = sorted(numbers, reverse=True)
    by_digit = sorted(numbers, key=lambda number: (number % 10, -number))
    by_text = sorted(numbers, key=str)
    by_group = sorted(records, key=lambda record: (record["group"], record["name"], record["id"]))
    in_place = list(numbers)
    in_place.sort(key=lambda number: number ^ 0x5555)
    checksum += plain[100] + backwards[100] * 3 + by_digit[500] * 5 + by_text[1000] * 7
    checksum += by_group[1500]["id"] * 11 + in_place[2000] * 13
assert checksum == 1430722, checksum
print("sort_key", checksum)
