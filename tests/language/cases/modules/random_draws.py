"""Draws of every kind from seeded generators, the state's way out and back included."""

import random

for seed in (0, 1, -5, 2**70, 1.5, "text", b"bytes", None and 3 or 7):
    generator = random.Random(seed)
    print(generator.random(), generator.randint(1, 6), generator.randrange(2**31), generator.randrange(2**32))
    print(generator.randrange(2**40), generator.getrandbits(1), generator.getrandbits(32), generator.getrandbits(100))
    print(generator.choice("abcdef"), generator.sample(range(100), 5), generator.choices([1, 2, 3], k=4))
    items = list(range(10))
    generator.shuffle(items)
    print(items, generator.uniform(1, 2), generator.gauss(0, 1))

random.seed(99)
for _ in range(700):
    random.random()
state = random.getstate()
print(state[0], len(state[1]), state[1][-1], hash(state[1]))
first = [random.random() for _ in range(3)]
random.setstate(state)
print(first == [random.random() for _ in range(3)], random.randrange(1), random.randrange(True))


class Mine(random.Random):
    def random(self):
        return 0.25


print(Mine(1).randrange(10), Mine(1).choice("abcd"), Mine(3).uniform(0, 4))


class Bits(random.Random):
    def getrandbits(self, k):
        return 1


print(Bits(1).randrange(10), Bits(2).choice("abcd"))
for wrong in (0, -3):
    try:
        random.randrange(wrong)
    except ValueError as error:
        print(error)
