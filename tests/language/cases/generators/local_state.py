"""Each generator has its own frame; try/finally runs on exhaustion."""
def countdown(n):
    try:
        while n:
            yield n
            n -= 1
    finally:
        print("done", n)
a, b = countdown(2), countdown(3)
print(next(a), next(b), next(b), next(a), next(a, None), next(b), next(b, None))
c = countdown(3)
for x in c:
    if x == 2:
        break
c.close()
def nested():
    for x in countdown(1):
        for y in countdown(1):
            yield x, y
print(list(nested()))
