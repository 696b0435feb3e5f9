"""statistics."""
import statistics
print(statistics.mean([1, 2, 3, 4]), statistics.mean([1, 2]), statistics.fmean([1, 2.5]), statistics.median([3, 1, 2]), statistics.median([1, 2, 3, 4]), statistics.mode("aab"), statistics.multimode("aabb"), statistics.stdev([1, 2, 3, 4]), statistics.pstdev([1, 2, 3, 4]), statistics.variance([1.5, 2.5, 4]), statistics.pvariance([1, 2, 4]), statistics.quantiles([1, 2, 3, 4, 5]), statistics.quantiles(range(10), n=3, method="inclusive"), statistics.harmonic_mean([40, 60]), statistics.geometric_mean([54, 24, 36]), statistics.median_low([1, 2]), statistics.median_high([1, 2]), statistics.mean([0.1] * 10), statistics.correlation([1, 2, 3], [1, 5, 7]), statistics.linear_regression([1, 2, 3], [2, 4, 6.5]), statistics.covariance([1, 2, 3], [1, 5, 7]))
for call in (lambda: statistics.mean([]), lambda: statistics.stdev([1]), lambda: statistics.median([]), lambda: statistics.mode([])):
    try: call()
    except statistics.StatisticsError as error: print(error)
nd = statistics.NormalDist(100, 15); print(nd, nd.cdf(130), nd.pdf(100), nd.inv_cdf(0.9), nd.zscore(115))

