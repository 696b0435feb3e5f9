"""An agent's script: clean invoice records, join customers, aggregate, report."""


def fetch_customers(count):
    countries = ["DE", "FR", "US", "JP", "BR"]
    return [
        {"id": number, "name": f"Customer {number:04d}", "country": countries[number * 7 % 5], "vip": number % 11 == 0}
        for number in range(count)
    ]


def fetch_invoices(count, customers):
    invoices = []
    seed = 99
    for number in range(count):
        seed = (seed * 48271) % 2147483647
        amount = (seed % 500000) / 100
        status = ["paid", "open", "overdue", "PAID ", "void"][seed % 5]
        invoices.append(
            {
                "number": f"INV-{number:06d}",
                "customer_id": seed % (customers + 3),
                "amount": f"{amount:.2f}" if seed % 7 else "n/a",
                "status": status,
                "date": f"2026-{seed % 12 + 1:02d}-{seed % 28 + 1:02d}",
            }
        )
    return invoices


def clean(invoice):
    try:
        amount = float(invoice["amount"])
    except ValueError:
        return None
    status = invoice["status"].strip().lower()
    if status == "void":
        return None
    return {**invoice, "amount": amount, "status": status, "month": invoice["date"][:7]}


def summarize(invoices, customers):
    by_id = {customer["id"]: customer for customer in customers}
    totals = {}
    unknown = []
    for raw in invoices:
        invoice = clean(raw)
        if invoice is None:
            continue
        customer = by_id.get(invoice["customer_id"])
        if customer is None:
            unknown.append(invoice["number"])
            continue
        key = (customer["country"], invoice["month"])
        entry = totals.setdefault(key, {"paid": 0.0, "open": 0.0, "overdue": 0.0, "count": 0})
        entry[invoice["status"]] += invoice["amount"]
        entry["count"] += 1
    return totals, unknown


def report(totals):
    lines = []
    for (country, month), entry in sorted(totals.items(), key=lambda item: (-item[1]["overdue"], item[0])):
        share = entry["overdue"] / (entry["paid"] + entry["open"] + entry["overdue"]) * 100
        lines.append(
            f"{country} {month}: paid {entry['paid']:>12,.2f} overdue {entry['overdue']:>12,.2f} ({share:5.1f}%) n={entry['count']}"
        )
    return "\n".join(lines)


customers = fetch_customers(400)
invoices = fetch_invoices(12000, 400)
totals, unknown = summarize(invoices, customers)
text = report(totals)
result = f"{len(totals)} {len(unknown)} {text.splitlines()[0]}"
assert result == "60 74 FR 2026-09: paid   182,682.96 overdue   126,050.84 ( 31.6%) n=146", result
print("agent_invoices", result)
