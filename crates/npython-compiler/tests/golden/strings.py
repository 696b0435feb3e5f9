async def show(a, b):
    async with a as c:
        print(f"{c!r:>{b}}{a=}", -1, 2 ** 8, "ab" * 2, (1, "x"), a in {1, 2})
    return [await x async for x in c if 0 < x < b.size]
