"""gather keeps the order of arguments; tasks interleave at await."""
import asyncio
async def worker(name, turns):
    for turn in range(turns):
        print(name, turn)
        await asyncio.sleep(0)
    return name * 2
async def fail():
    await asyncio.sleep(0)
    raise KeyError("lost")
async def main():
    print(await asyncio.gather(worker("a", 2), worker("b", 3), worker("c", 1)))
    print(await asyncio.gather(worker("x", 1), fail(), return_exceptions=True))
    task = asyncio.create_task(worker("t", 1))
    print(task.done())
    print(await task, task.done(), task.result())
asyncio.run(main())
