"""Cancelling tasks, wait_for and timeout."""
import asyncio
async def forever():
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print("cancelled")
        raise
async def main():
    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    print(task.cancel())
    try:
        await task
    except asyncio.CancelledError:
        print("seen", task.cancelled())
    try:
        await asyncio.wait_for(forever(), timeout=0)
    except TimeoutError as error:
        print("timeout", type(error).__name__)
    print(await asyncio.wait_for(asyncio.sleep(0, "quick"), 5))
    try:
        async with asyncio.timeout(0):
            await forever()
    except TimeoutError:
        print("timed out")
asyncio.run(main())
