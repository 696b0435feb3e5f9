"""The sieve of Eratosthenes by loops and by slice assignment."""


def sieve_loops(limit):
    flags = [True] * (limit + 1)
    flags[0] = flags[1] = False
    number = 2
    while number * number <= limit:
        if flags[number]:
            for multiple in range(number * number, limit + 1, number):
                flags[multiple] = False
        number += 1
    return [index for index, flag in enumerate(flags) if flag]


def sieve_slices(limit):
    flags = [1] * (limit + 1)
    flags[0:2] = [0, 0]
    for number in range(2, int(limit**0.5) + 1):
        if flags[number]:
            flags[number * number :: number] = [0] * len(range(number * number, limit + 1, number))
    return sum(flags)


primes = sieve_loops(500000)
result = (len(primes), primes[-1], sieve_slices(500000))
assert result == (41538, 499979, 41538), result
print("sieve", *result)
