"""Statistics of numbers, computed exactly and rounded once."""

from math import erf, exp, fabs, fsum, gcd, hypot, isfinite, isqrt, log, pi, sqrt, sumprod, tau

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean",
    "linear_regression", "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode", "pstdev",
    "pvariance", "quantiles", "stdev", "variance",
]


class StatisticsError(ValueError):
    pass


def _ratio(value):
    """A number as numerator and denominator; (value, None) where it is not finite."""
    try:
        return value.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return (value, None)
    try:
        return (value.numerator, value.denominator)
    except AttributeError:
        raise TypeError(f"can't convert type '{type(value).__name__}' to numerator/denominator") from None


def _coerce(first, second):
    if first is second or second is int or second is bool:
        return first
    if first is int or first is bool or issubclass(second, first):
        return second
    if issubclass(first, second):
        return first
    if issubclass(first, int):
        return second
    if issubclass(second, int):
        return first
    if issubclass(second, float) and hasattr(first, "numerator"):
        return second
    if issubclass(first, float) and hasattr(second, "numerator"):
        return first
    raise TypeError(f"don't know how to coerce {first.__name__} and {second.__name__}")


def _sum(data):
    """Type, exact sum as numerator and denominator, and count."""
    count = 0
    partials = {}
    kinds = []
    for value in data:
        count += 1
        if type(value) not in kinds:
            kinds.append(type(value))
        numerator, denominator = _ratio(value)
        partials[denominator] = partials.get(denominator, 0) + numerator
    kind = int
    for other in kinds:
        kind = _coerce(kind, other)
    if None in partials:
        return kind, (partials[None], None), count
    total = (0, 1)
    for denominator, numerator in partials.items():
        total = _add(total, (numerator, denominator))
    return kind, total, count


def _reduced(numerator, denominator):
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    common = gcd(numerator, denominator)
    return (numerator // common, denominator // common) if common > 1 else (numerator, denominator)


def _add(first, second):
    return _reduced(first[0] * second[1] + second[0] * first[1], first[1] * second[1])


def _divided(total, count):
    return _reduced(total[0], total[1] * count)


def _convert(value, kind):
    """An exact number as the type of the data."""
    numerator, denominator = value
    if denominator is None:
        return numerator
    if kind is bool:
        kind = int
    if issubclass(kind, int) and denominator != 1:
        kind = float
    if kind is float:
        return numerator / denominator
    if issubclass(kind, int):
        return kind(numerator)
    try:
        return kind(numerator, denominator) if hasattr(kind, "from_float") and kind is not float else kind(numerator) / denominator
    except TypeError:
        return kind(numerator) / kind(denominator)


def _squares(data, center=None):
    """Type, exact sum of squared deviations, exact mean, and count."""
    data = list(data)
    kind, total, count = _sum(data)
    if not count:
        return kind, (0, 1), (0, 1), 0
    if total[1] is None:
        return kind, (total[0] * 0.0, None), total, count
    mean = _divided(total, count) if center is None else _ratio(center)
    squares = (0, 1)
    partials = {}
    for value in data:
        numerator, denominator = _ratio(value)
        numerator = numerator * mean[1] - mean[0] * denominator
        denominator = denominator * mean[1]
        square = denominator * denominator
        partials[square] = partials.get(square, 0) + numerator * numerator
    for denominator, numerator in partials.items():
        squares = _add(squares, (numerator, denominator))
    return kind, squares, mean, count


def mean(data):
    """The arithmetic mean."""
    kind, total, count = _sum(data)
    if count < 1:
        raise StatisticsError("mean requires at least one data point")
    if total[1] is None:
        return total[0] / count
    return _convert(_divided(total, count), kind)


def fmean(data, weights=None):
    """The arithmetic mean as a float."""
    if not hasattr(data, "__len__"):
        data = list(data)
    count = len(data)
    if weights is None:
        if not count:
            raise StatisticsError("fmean requires at least one data point")
        return fsum(data) / count
    if not isinstance(weights, (list, tuple)):
        weights = list(weights)
    if len(weights) != count:
        raise StatisticsError("data and weights must be the same length")
    total = fsum(weights)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    return sumprod(data, weights) / total


def geometric_mean(data):
    """The n-th root of the product."""
    values = []
    for value in data:
        if value < 0.0:
            raise StatisticsError("No negative inputs allowed")
        values.append(value)
    if not values:
        raise StatisticsError("Must have a non-empty dataset")
    if 0.0 in values:
        return 0.0
    return exp(fsum(map(log, values)) / len(values))


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of reciprocals."""
    data = list(data)
    message = "harmonic mean does not support negative values"
    count = len(data)
    if count < 1:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if count == 1 and weights is None:
        value = data[0]
        if hasattr(value, "as_integer_ratio"):
            if value < 0:
                raise StatisticsError(message)
            return value
        raise TypeError("unsupported type")
    if weights is None:
        weights = [1] * count
        total_weight = (count, 1)
    else:
        weights = list(weights)
        if len(weights) != count:
            raise StatisticsError("Number of weights does not match data size")
        for weight in weights:
            if weight < 0:
                raise StatisticsError(message)
        total_weight = _sum(weights)[1]
    quotients = []
    for value, weight in zip(data, weights):
        if value < 0:
            raise StatisticsError(message)
        if not value and weight:
            return 0
        quotients.append(weight / value if weight else 0)
    kind, total, _ = _sum(quotients)
    if total[0] <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _convert(_reduced(total_weight[0] * total[1], total_weight[1] * total[0]), kind)


def median(data):
    """The middle value, or the mean of the two in the middle."""
    data = sorted(data)
    count = len(data)
    if not count:
        raise StatisticsError("no median for empty data")
    middle = count // 2
    if count % 2:
        return data[middle]
    return (data[middle - 1] + data[middle]) / 2


def median_low(data):
    """The middle value, or the lower of the two in the middle."""
    data = sorted(data)
    count = len(data)
    if not count:
        raise StatisticsError("no median for empty data")
    return data[count // 2] if count % 2 else data[count // 2 - 1]


def median_high(data):
    """The middle value, or the higher of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """The median of grouped data, interpolated."""
    data = sorted(data)
    count = len(data)
    if not count:
        raise StatisticsError("no median for empty data")
    x = data[count // 2]
    from bisect import bisect_left, bisect_right

    i = bisect_left(data, x)
    j = bisect_right(data, x, lo=i)
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError("Value cannot be converted to a float")
    low = x - interval / 2.0
    return low + interval * (count / 2 - i) / (j - i)


def mode(data):
    """The value that is most frequent; the first of several."""
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    best = None
    most = 0
    for value, count in counts.items():
        if count > most:
            best, most = value, count
    if not most:
        raise StatisticsError("no mode for empty data")
    return best


def multimode(data):
    """All the values that are most frequent."""
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method="exclusive"):
    """The points that divide the data into n parts of equal probability."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    count = len(data)
    if count < 2:
        if count == 1:
            return data * (n - 1)
        raise StatisticsError("must have at least one data point")
    if method == "inclusive":
        m = count - 1
        result = []
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == "exclusive":
        m = count + 1
        result = []
        for i in range(1, n):
            j = i * m // n
            j = 1 if j < 1 else count - 1 if j > count - 1 else j
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f"Unknown method: {method!r}")


def variance(data, xbar=None):
    """The variance of a sample."""
    kind, squares, _, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("variance requires at least two data points")
    if squares[1] is None:
        return squares[0]
    return _convert(_divided(squares, count - 1), kind)


def pvariance(data, mu=None):
    """The variance of a population."""
    kind, squares, _, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pvariance requires at least one data point")
    if squares[1] is None:
        return squares[0]
    return _convert(_divided(squares, count), kind)


def _root(numerator, denominator):
    """The square root of a ratio, correctly rounded."""
    if not numerator:
        return 0.0
    shift = (numerator.bit_length() - denominator.bit_length() - 109) // 2
    if shift >= 0:
        top, bottom = numerator, denominator << (2 * shift)
    else:
        top, bottom = numerator << (-2 * shift), denominator
    root = isqrt(top // bottom)
    if root * root * bottom != top:
        root |= 1
    return float(root << shift) if shift >= 0 else root / (1 << -shift)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    kind, squares, _, count = _squares(data, xbar)
    if count < 2:
        raise StatisticsError("stdev requires at least two data points")
    if squares[1] is None:
        return squares[0]
    numerator, denominator = _divided(squares, count - 1)
    return _root(numerator, denominator)


def pstdev(data, mu=None):
    """The standard deviation of a population."""
    kind, squares, _, count = _squares(data, mu)
    if count < 1:
        raise StatisticsError("pstdev requires at least one data point")
    if squares[1] is None:
        return squares[0]
    numerator, denominator = _divided(squares, count)
    return _root(numerator, denominator)


def covariance(x, y, /):
    """The covariance of a sample."""
    count = len(x)
    if len(y) != count:
        raise StatisticsError("covariance requires that both inputs have same number of data points")
    if count < 2:
        raise StatisticsError("covariance requires at least two data points")
    xbar = fsum(x) / count
    ybar = fsum(y) / count
    return sumprod([value - xbar for value in x], [value - ybar for value in y]) / (count - 1)


def _ranks(data):
    order = sorted(range(len(data)), key=data.__getitem__)
    result = [0.0] * len(data)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and data[order[end]] == data[order[at]]:
            end += 1
        for position in range(at, end):
            result[order[position]] = (at + end - 1) / 2 - (len(data) - 1) / 2
        at = end
    return result


def correlation(x, y, /, *, method="linear"):
    """Pearson's correlation coefficient, or Spearman's of the ranks."""
    count = len(x)
    if len(y) != count:
        raise StatisticsError("correlation requires that both inputs have same number of data points")
    if count < 2:
        raise StatisticsError("correlation requires at least two data points")
    if method not in {"linear", "ranked"}:
        raise ValueError(f"Unknown method: {method!r}")
    if method == "ranked":
        x = _ranks(x)
        y = _ranks(y)
    else:
        xbar = fsum(x) / count
        ybar = fsum(y) / count
        x = [value - xbar for value in x]
        y = [value - ybar for value in y]
    sxy = sumprod(x, y)
    sxx = sumprod(x, x)
    syy = sumprod(y, y)
    try:
        return sxy / _sqrt_product(sxx, syy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant")


def _sqrt_product(x, y):
    h = sqrt(x * y)
    if not isfinite(h):
        scale = 2.0**-512
        return _sqrt_product(scale * x, scale * y) / scale
    if not h:
        if not (x and y):
            return h
        scale = 2.0**537
        return _sqrt_product(scale * x, scale * y) / scale
    difference = sumprod((x, h), (y, -h))
    return h + difference / (2.0 * h)


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept of the line of least squares."""
    from collections import namedtuple

    count = len(x)
    if len(y) != count:
        raise StatisticsError("linear regression requires that both inputs have same number of data points")
    if count < 2:
        raise StatisticsError("linear regression requires at least two data points")
    if not proportional:
        xbar = fsum(x) / count
        ybar = fsum(y) / count
        x = [value - xbar for value in x]
        y = [value - ybar for value in y]
    sxy = sumprod(x, y) + 0.0
    sxx = sumprod(x, x)
    try:
        slope = sxy / sxx
    except ZeroDivisionError:
        raise StatisticsError("x is constant")
    intercept = 0.0 if proportional else ybar - slope * xbar
    return namedtuple("LinearRegression", ("slope", "intercept"), module="statistics")(slope=slope, intercept=intercept)


class NormalDist:
    """A normal distribution."""

    __slots__ = {"_mu": "Arithmetic mean of a normal distribution", "_sigma": "Standard deviation of a normal distribution"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(_convert(_divided(_sum(data)[1], len(data)), float) if len(data) > 1 else mean(data), stdev(data))

    def samples(self, n, *, seed=None):
        import random

        rand = random.random if seed is None else random.Random(seed).random
        mu, sigma = self._mu, self._sigma
        return [self._inverse(rand(), mu, sigma) for _ in range(n)]

    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        difference = x - self._mu
        return exp(difference * difference / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + erf((x - self._mu) / (self._sigma * 1.4142135623730951)))

    def inv_cdf(self, p):
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        return self._inverse(p, self._mu, self._sigma)

    def _inverse(self, p, mu, sigma):
        # Wichura, algorithm AS 241 (Applied Statistics 37, 1988).
        q = p - 0.5
        if fabs(q) <= 0.425:
            r = 0.180625 - q * q
            numerator = _polynomial(r, (
                2.50908_09287_30122_6727e3, 3.34305_75583_58812_8105e4, 6.72657_70927_00870_0853e4,
                4.59219_53931_54987_1457e4, 1.37316_93765_50946_1125e4, 1.97159_09503_06551_4427e3,
                1.33141_66789_17843_7745e2, 3.38713_28727_96366_6080e0,
            )) * q
            denominator = _polynomial(r, (
                5.22649_52788_52854_5610e3, 2.87290_85735_72194_2674e4, 3.93078_95800_09271_0610e4,
                2.12137_94301_58659_5867e4, 5.39419_60214_24751_1077e3, 6.87187_00749_20579_0830e2,
                4.23133_30701_60091_1252e1, 1.0,
            ))
            return mu + numerator / denominator * sigma
        r = p if q <= 0.0 else 1.0 - p
        r = sqrt(-log(r))
        if r <= 5.0:
            r -= 1.6
            numerator = _polynomial(r, (
                7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1,
                1.27045_82524_52368_38258e0, 3.64784_83247_63204_60504e0, 5.76949_72214_60691_40550e0,
                4.63033_78461_56545_29590e0, 1.42343_71107_49683_57734e0,
            ))
            denominator = _polynomial(r, (
                1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2,
                1.48103_97642_74800_74590e-1, 6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e0,
                2.05319_16266_37758_82187e0, 1.0,
            ))
        else:
            r -= 5.0
            numerator = _polynomial(r, (
                2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3,
                2.65321_89526_57612_30930e-2, 2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e0,
                5.46378_49111_64114_36990e0, 6.65790_46435_01103_77720e0,
            ))
            denominator = _polynomial(r, (
                2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5,
                7.86869_13114_56132_59100e-4, 1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1,
                5.99832_20655_58879_37690e-1, 1.0,
            ))
        x = numerator / denominator
        if q < 0.0:
            x = -x
        return mu + x * sigma

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        first, second = self, other
        if (second._sigma, second._mu) < (first._sigma, first._mu):
            first, second = second, first
        first_variance, second_variance = first.variance, second.variance
        if not first_variance or not second_variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        difference = second_variance - first_variance
        distance = fabs(second._mu - first._mu)
        if not difference:
            return 1.0 - erf(distance / (2.0 * first._sigma * 1.4142135623730951))
        a = first._mu * second_variance - second._mu * first_variance
        b = first._sigma * second._sigma * sqrt(distance * distance + difference * log(second_variance / first_variance))
        x1 = (a + b) / difference
        x2 = (a - b) / difference
        return 1.0 - (fabs(second.cdf(x1) - first.cdf(x1)) + fabs(second.cdf(x2) - first.cdf(x2)))

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        return self._mu

    @property
    def median(self):
        return self._mu

    @property
    def mode(self):
        return self._mu

    @property
    def stdev(self):
        return self._sigma

    @property
    def variance(self):
        return self._sigma * self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, other):
        return NormalDist(self._mu * other, self._sigma * fabs(other))

    def __truediv__(self, other):
        return NormalDist(self._mu / other, self._sigma / fabs(other))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__

    def __rsub__(self, other):
        return -(self - other)

    __rmul__ = __mul__

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"


def _polynomial(x, coefficients):
    total = 0.0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total
