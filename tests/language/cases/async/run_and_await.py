"""asyncio.run, await, return values and exceptions."""
import asyncio
async def add(a, b):
    await asyncio.sleep(0)
    return a + b
async def fail():
    raise ValueError("async failure")
async def main():
    print(await add(1, 2))
    try:
        await fail()
    except ValueError as error:
        print(error)
    try:
        await 5
    except TypeError as error:
        print(error)
    return "done"
print(asyncio.run(main()))
c = add(1, 2)
print(type(c).__name__)
c.close()
