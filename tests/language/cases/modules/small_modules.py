"""heapq, bisect, operator, string."""
import heapq, bisect, operator, string

h = [5, 1, 8, 3, 2]
heapq.heapify(h); print(h); heapq.heappush(h, 0); print(h, heapq.heappop(h), heapq.heappushpop(h, 4), heapq.heapreplace(h, 9), h)
print(heapq.nlargest(2, [3, 1, 4, 1, 5]), heapq.nsmallest(3, [3, 1, 4, 1, 5], key=lambda x: -x), list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge([3, 1], [2], reverse=True)), [heapq.heappop(h) for _ in range(len(h))])
for call in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: heapq.heapify(5)):
    try: call()
    except Exception as error: print(type(error).__name__, error)
a = [1, 2, 2, 3]
print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 5), bisect.bisect_left(a, 2, 2), bisect.bisect([{"k": 1}], 1, key=lambda d: d["k"]))
bisect.insort(a, 2.5); bisect.insort_left(a, 0); print(a)
print(operator.add(1, 2), operator.itemgetter(1)([5, 6]), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("real", "imag")(3), operator.methodcaller("upper")("x"), operator.itemgetter(1), operator.attrgetter("a.b"), operator.methodcaller("f", 1, k=2), operator.mul("a", 3), operator.contains([1], 1), operator.countOf([1, 1], 1), operator.indexOf([5, 6], 6), operator.not_(0), operator.truth([]), operator.is_(1, 1), operator.length_hint([1, 2]), operator.iadd([1], [2]), operator.concat("a", "b"), operator.index(True), operator.pow(2, 5), operator.xor(5, 1), operator.inv(5), operator.__add__(1, 1))
print(string.ascii_letters, string.digits, string.punctuation, string.capwords("hello  world"), string.Template("$a ${b}x $$").substitute(a=1, b=2), string.Template("$a $zz").safe_substitute(a=1), string.Formatter().format("{0} {x!r:>5}", 1, x="a"))
for call in (lambda: string.Template("$a").substitute(), lambda: string.Template("$").substitute(), lambda: string.Template("a\nb $ c").substitute()):
    try: call()
    except Exception as error: print(type(error).__name__, error)

