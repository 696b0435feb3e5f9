"""Set construction, membership, algebra and a breadth-first search."""


def make(count, multiplier, modulus):
    return {number * multiplier % modulus for number in range(count)}


def breadth_first(size):
    seen = {0}
    frontier = [0]
    levels = 0
    while frontier:
        following = []
        for node in frontier:
            for neighbour in ((node * 2 + 1) % size, (node * 3 + 2) % size, (node + 7) % size):
                if neighbour not in seen:
                    seen.add(neighbour)
                    following.append(neighbour)
        frontier = following
        levels += 1
    return len(seen), levels


checksum = 0
for round_number in range(6):
    first = make(12000, 7, 30011)
    second = make(12000, 11, 30011)
    checksum += len(first & second) + len(first | second) + len(first - second) + len(first ^ second)
    hits = 0
    for number in range(20000):
        if number in first:
            hits += 1
            second.discard(number)
    checksum += hits + len(second)
    checksum += len(frozenset(first).intersection(second))
words = {f"w{number % 500}" for number in range(20000)}
checksum += len(words)
result = (checksum, *breadth_first(30000))
assert result == (382988, 30000, 18), result
print("sets", *result)
