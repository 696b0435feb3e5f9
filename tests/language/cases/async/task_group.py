"""TaskGroup waits for all and raises a group."""
import asyncio
async def ok(n):
    await asyncio.sleep(0)
    return n
async def bad():
    raise ValueError("bad")
async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ok(n)) for n in range(3)]
    print([t.result() for t in tasks])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bad())
            group.create_task(ok(1))
    except* ValueError as errors:
        print(errors.exceptions)
asyncio.run(main())
