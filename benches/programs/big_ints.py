"""Integers beyond the machine word: digits of pi, factorials, modular powers."""


def pi_digits(count):
    digits = []
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return digits


def factorial(n):
    result = 1
    for factor in range(2, n + 1):
        result *= factor
    return result


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def is_probable_prime(n):
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x == 1 or x == n - 1:
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


digits = pi_digits(500)
checksum = sum(digits)
checksum += factorial(1200) % 1000000007
checksum += fibonacci(12000) % 998244353
checksum += len(str(factorial(600)))
candidate = 2**127 - 1
primes = 0
for delta in range(0, 300, 2):
    if is_probable_prime(candidate - delta):
        primes += 1
result = (
    f"{checksum} {primes} {''.join([str(d) for d in digits[-10:]])} {(3**400) & 0xFFFFFFFF} {len(hex(7**300 >> 200))}"
)
assert result == "233620231 4 1830119491 2244855105 163", result
print("big_ints", result)
