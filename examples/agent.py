"""What an agent might write: read orders, check them, and report. Run it with `npython run examples/agent.py`."""

ORDERS = """\
id,customer,item,quantity,price
1001,ada,tea,3,4.50
1002,grace,coffee,2,7.25
1003,ada,cocoa,0,5.00
1004,linus,tea,ten,4.50
1005,grace,tea,12,4.50
1006,ada,coffee,1,7.25
"""


class OrderError(ValueError):
    """An order that cannot be fulfilled."""


class Order:
    """One line of the order list."""

    def __init__(self, number, customer, item, quantity, price):
        if quantity < 1:
            raise OrderError(f"order {number}: quantity must be positive, not {quantity}")
        self.number = number
        self.customer = customer
        self.item = item
        self.quantity = quantity
        self.price = price

    @property
    def total(self):
        discount = 0.9 if self.quantity >= 10 else 1.0
        return round(self.quantity * self.price * discount, 2)

    def __repr__(self):
        return f"Order({self.number}, {self.customer!r}, {self.quantity} x {self.item})"


def parse(text):
    """Yield an order, or the reason why there is none, for each line."""
    _, *lines = text.splitlines()
    for line in lines:
        number, customer, item, quantity, price = line.split(",")
        try:
            yield Order(int(number), customer, item, int(quantity), float(price))
        except ValueError as error:
            yield error


def by_customer(orders):
    """Group orders by customer."""
    groups = {}
    for order in orders:
        groups.setdefault(order.customer, []).append(order)
    return groups


results = list(parse(ORDERS))
orders = [result for result in results if isinstance(result, Order)]
problems = [result for result in results if not isinstance(result, Order)]

print(f"{len(orders)} orders, {len(problems)} problems")
for customer, group in sorted(by_customer(orders).items()):
    total = sum(order.total for order in group)
    items = ", ".join(f"{order.quantity} x {order.item}" for order in group)
    print(f"  {customer:<8}{total:>8.2f}  {items}")
for problem in problems:
    print(f"  {type(problem).__name__}: {problem}")

best = max(orders, key=lambda order: order.total)
print("largest:", best)

{"orders": len(orders), "revenue": round(sum(order.total for order in orders), 2), "largest": best.number}
