def outer(n):
    squares = [lambda: i for i in range(n) if i]
    def inner():
        nonlocal n
        n += 1
        yield from (n * k for k in squares)
    return inner

with scope("HTTP", token):
    outer(3)
