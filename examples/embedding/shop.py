"""Letting a model's program work with your data: `python examples/embedding/shop.py`.

The program may read the shop's stock and place orders, nothing else. What it does wrong comes back as text for the
model.
"""

from __future__ import annotations

import npython

STOCK = {"tea": 12, "coffee": 3, "cocoa": 0}
ORDERS: list[tuple[str, int]] = []


def stock() -> dict[str, int]:
    """Return what is in the shop."""
    return STOCK


def order(item: str, count: int) -> int:
    """Order more of an item and return the number of the order."""
    if item not in STOCK:
        raise KeyError(item)
    if not 0 < count <= 100:
        raise ValueError(f"cannot order {count}")
    ORDERS.append((item, count))
    return len(ORDERS)


sandbox = npython.Sandbox(
    functions={"stock": stock, "order": order},
    limits=npython.Limits(gas="10M", memory="16MiB", time="1s"),
)


def answer(program: str) -> str:
    """Run a model's program and return what the model should see."""
    try:
        result = sandbox.run(program, filename="program.py")
    except npython.GuestError as error:
        return error.result.stdout + error.traceback
    except npython.CompileError as error:
        return error.traceback
    except npython.Halted as halt:
        return f"{halt.result.stdout}stopped: {halt}"
    return f"{result.stdout}-> {result.value!r}  ({result.gas_used} gas)"


if __name__ == "__main__":
    print(answer("[order(item, 10 - count) for item, count in stock().items() if count < 5]"))
    print(answer("order('milk', 1)"))
    print(answer("while True: order('tea', 1)"))
    print(answer("import os; os.remove('stock.db')"))
    print(f"{len(ORDERS)} orders placed")
