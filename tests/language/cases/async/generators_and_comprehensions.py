"""async for, async generators, async comprehensions."""
import asyncio
async def ticker(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            yield i
    finally:
        print("closed")
class Countdown:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n
async def main():
    async for x in ticker(2):
        print(x)
    else:
        print("else")
    print([x async for x in ticker(3) if x], {x: 1 async for x in Countdown(2)}, [await asyncio.sleep(0, x) for x in range(2)])
    g = ticker(5)
    print(await anext(g), await g.asend(None))
    await g.aclose()
    print(await anext(ticker(0), "default"))
    try:
        async for x in [1]:
            pass
    except TypeError as error:
        print(error)
asyncio.run(main())
