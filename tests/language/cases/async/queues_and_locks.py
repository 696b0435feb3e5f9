"""Queue, Semaphore, Lock and Event between tasks."""
import asyncio
async def producer(q):
    for i in range(3):
        await q.put(i)
        print("put", i)
    await q.put(None)
async def consumer(q):
    while (item := await q.get()) is not None:
        print("got", item)
async def critical(lock, name):
    async with lock:
        print("in", name)
        await asyncio.sleep(0)
        print("out", name)
async def main():
    q = asyncio.Queue(maxsize=1)
    await asyncio.gather(producer(q), consumer(q))
    await asyncio.gather(critical(asyncio.Lock(), "alone"), critical(lock := asyncio.Lock(), "a"), critical(lock, "b"))
    s = asyncio.Semaphore(2)
    await asyncio.gather(*[critical(s, n) for n in range(3)])
    event = asyncio.Event()
    async def waiter():
        await event.wait()
        return "woken"
    t = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    event.set()
    print(await t, event.is_set(), q.empty(), q.qsize())
asyncio.run(main())
