"""Programs that live on deques: breadth-first search, a sliding maximum, a round-robin, the last lines, a ring of many."""

from collections import deque


def shortest(width, height, walls, start, goal):
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        (x, y), steps = queue.popleft()
        if (x, y) == goal:
            return steps
        for place in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if 0 <= place[0] < width and 0 <= place[1] < height and place not in walls and place not in seen:
                seen.add(place)
                queue.append((place, steps + 1))
    return None


walls = {(x, y) for x in range(12) for y in range(12) if (x * 7 + y * 13) % 5 == 0 and x % 3}
print(shortest(12, 12, walls, (0, 0), (11, 11)), shortest(3, 3, {(1, 0), (0, 1)}, (0, 0), (2, 2)))


def maxima(numbers, width):
    window, result = deque(), []
    for at, number in enumerate(numbers):
        while window and numbers[window[-1]] <= number:
            window.pop()
        window.append(at)
        if window[0] <= at - width:
            window.popleft()
        if at >= width - 1:
            result.append(numbers[window[0]])
    return result


print(maxima([(n * 7919) % 101 for n in range(60)], 7))


def in_turns(*iterables):
    iterators = deque(map(iter, iterables))
    while iterators:
        try:
            while True:
                yield next(iterators[0])
                iterators.rotate(-1)
        except StopIteration:
            iterators.popleft()


print("".join(in_turns("ABC", "D", "EF")))
print(deque((f"line {number}" for number in range(100)), maxlen=3), deque(range(1000), 2))
ring = deque(range(1, 42))
while len(ring) > 1:
    ring.rotate(-2)
    ring.popleft()
print(ring)
queue = deque()
for number in range(150):
    queue.append(number)
    queue.appendleft(-number)
    if number % 3 == 0:
        queue.popleft()
        queue.pop()
print(len(queue), queue[0], queue[-1], queue[len(queue) // 2], sum(queue), 149 in queue, queue.index(-148))
queue.insert(75, "middle")
queue.rotate(35)
queue.reverse()
print(queue.index("middle"), queue[0], queue[-1])
del queue[100]
queue.remove("middle")
print(len(queue), sum(queue))
