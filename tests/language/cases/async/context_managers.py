"""async with in order, with errors and cancellation."""
import asyncio
class M:
    def __init__(self, n): self.n = n
    async def __aenter__(self):
        print("enter", self.n)
        return self
    async def __aexit__(self, kind, value, tb):
        print("exit", self.n, kind and kind.__name__)
        return kind is KeyError
async def main():
    async with M(1) as a, M(2) as b:
        print(a.n, b.n)
    async with M(3):
        raise KeyError
    try:
        async with 5:
            pass
    except TypeError as error:
        print(error)
    try:
        with M(4):
            pass
    except TypeError as error:
        print(error)
asyncio.run(main())
