"""math functions and constants."""
import math
print(math.sqrt(2), math.pi, math.e, math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7), math.factorial(20), math.gcd(12, 18, 27), math.lcm(4, 6), math.comb(10, 3), math.perm(5, 2), math.isqrt(10**20), math.fsum([0.1] * 10), math.prod([1, 2, 3]), math.hypot(3, 4), math.log(100, 10), math.log2(8), math.exp(1), math.isclose(0.1 + 0.2, 0.3), math.inf, math.isnan(math.nan), math.copysign(1, -0.0), math.fmod(-5, 3), math.modf(2.5), math.degrees(math.pi), math.sin(1), math.atan2(1, 1), math.dist([0, 0], [3, 4]))
for call in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.floor(float("nan")), lambda: math.exp(1000), lambda: math.sqrt("a")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
