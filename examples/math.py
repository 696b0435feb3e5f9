"""Computing needs no permission: primes, roots, fractions, compound interest. `npython run examples/math.py`."""


def primes(limit):
    """Yield the primes below a limit (the sieve of Eratosthenes)."""
    composite = [False] * limit
    for number in range(2, limit):
        if not composite[number]:
            yield number
            for multiple in range(number * number, limit, number):
                composite[multiple] = True


def square_root(value, tolerance=1e-12):
    """Return a square root by Newton's method."""
    guess = value
    while abs(guess * guess - value) > tolerance * value:
        guess = (guess + value / guess) / 2
    return guess


def greatest_common_divisor(first, second):
    while second:
        first, second = second, first % second
    return first


class Fraction:
    """A number as it was written, without rounding."""

    def __init__(self, numerator, denominator=1):
        divisor = greatest_common_divisor(numerator, denominator)
        self.numerator = numerator // divisor
        self.denominator = denominator // divisor

    def __add__(self, other):
        return Fraction(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )

    def __repr__(self):
        return f"{self.numerator}/{self.denominator}"


def balance(principal, rate, years):
    """Return what a sum of money has become, in cents."""
    for _ in range(years):
        principal += round(principal * rate)
    return principal


harmonic = Fraction(0)
for n in range(1, 21):
    harmonic += Fraction(1, n)

print("primes:", *primes(60))
print(f"root of 2: {square_root(2):.10f}")
print("1 + 1/2 + ... + 1/20 =", harmonic)
print(f"100.00 at 3% for 30 years: {balance(10_000, 0.03, 30) / 100:.2f}")
print("2 ** 200 =", 2**200)

sum(primes(10_000))
