"""The same random numbers as CPython's for the same seed."""
import random
random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.uniform(1, 5), random.sample(range(100), 3), random.choices("abc", k=4), random.choices([1, 2], weights=[1, 9], k=5), random.getrandbits(70), random.gauss(0, 1), random.normalvariate(0, 1), random.randrange(0, 100, 7), random.expovariate(2), random.betavariate(1, 2), random.triangular(0, 1, 0.5), random.randbytes(5))
items = list(range(10)); random.shuffle(items); print(items)
r1 = random.Random(7); state = r1.getstate(); first = r1.random(); r1.setstate(state); print(first == r1.random(), random.Random(7).random(), random.Random(1.5).random(), random.Random(-3).random(), random.Random(2**70).random())
for call in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 2), lambda: random.choices([1], weights=[0]), lambda: random.randrange(0), lambda: random.seed([])):
    try: call()
    except Exception as error: print(type(error).__name__, error)
