"""What an agent might write to check a shop's books: orders from files, prices from a server, a report into a file.

It needs a host that opens FS-ENV and HTTP-ENV: `python examples/embedding/reconcile.py` is one.
"""


def read_orders():
    """Yield (file, line, item, quantity, charged) for each line of each file, and what cannot be read."""
    for name in list_dir("orders"):
        with open(f"orders/{name}") as file:
            next(file)  # the names of the columns
            for number, line in enumerate(file, start=2):
                try:
                    item, quantity, charged = line.strip().split(",")
                    yield name, number, item, int(quantity), round(float(charged) * 100)
                except ValueError as error:
                    problems.append(f"{name}, line {number}: {error}")


def price(item):
    """Return the price of an item in cents, asking once for each."""
    if item not in prices:
        answer = fetch(f"{price_list}/prices/{item}")
        prices[item] = round(answer.json()["price"] * 100) if answer.ok else None
    return prices[item]


problems = []
prices = {}
checked = 0
difference = 0

with scope("FS-ENV", files):
    orders = list(read_orders())

with scope("HTTP-ENV", web):
    for name, number, item, quantity, charged in orders:
        known = price(item)
        if known is None:
            problems.append(f"{name}, line {number}: no price for {item}")
            continue
        checked += 1
        due = known * quantity
        if due != charged:
            difference += charged - due
            problems.append(f"{name}, line {number}: {item}: {charged / 100:.2f} charged, {due / 100:.2f} due")

report = [f"# {checked} orders checked, {len(problems)} problems", ""]
report += [f"- {problem}" for problem in problems]
report += ["", f"Charged too much: {difference / 100:.2f}", ""]
with scope("FS-ENV", files):
    write_file("\n".join(report), "report.md")

{"checked": checked, "problems": len(problems), "difference": difference / 100}
