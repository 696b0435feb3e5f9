"""Nothing is consumed before it is asked for."""
def source(n):
    for i in range(n):
        print("produce", i)
        yield i
pipeline = filter(lambda x: x % 2, map(lambda x: x + 1, source(5)))
print("built")
print(next(pipeline))
print("between")
print(next(pipeline))
e = enumerate(source(2))
print(next(e))
print(any(x == 1 for x in source(5)))
print(next(iter(zip(source(3), source(3)))))
