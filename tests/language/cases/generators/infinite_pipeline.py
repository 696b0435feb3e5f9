"""Lazy pipelines over infinite generators."""
def naturals():
    n = 0
    while True:
        yield n
        n += 1
def take(count, items):
    for _, item in zip(range(count), items):
        yield item
def primes():
    found = []
    for n in naturals():
        if n > 1 and all(n % p for p in found):
            found.append(n)
            yield n
print(list(take(10, primes())), list(take(3, map(lambda x: x * x, filter(lambda x: x % 3 == 0, naturals())))), sum(take(5, naturals())))
