"""Generators: pipelines, delegation and recursion."""


def count_up(limit):
    number = 0
    while number < limit:
        yield number
        number += 1


def only_odd(numbers):
    for number in numbers:
        if number % 2:
            yield number


def running_sum(numbers):
    total = 0
    for number in numbers:
        total += number
        yield total


def walk(depth):
    if depth > 0:
        yield from walk(depth - 1)
        yield depth
        yield from walk(depth - 1)


def averager():
    total = 0.0
    count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


checksum = 0
for value in running_sum(only_odd(count_up(180000))):
    checksum = (checksum + value) % 1000000007
checksum += sum(walk(13))
checksum += sum(number * number for number in range(120000) if number & 1)
agent = averager()
next(agent)
last = 0.0
for number in range(60000):
    last = agent.send(number)
result = f"{checksum} {last}"
assert result == "288000048310341 29999.5", result
print("generators", result)
