"""Arguments are passed by object; rebinding does not reach the caller."""
def mutate(items, number, mapping):
    items.append(1)
    number += 1
    mapping = {"new": 1}
    items = "rebound"
    return items, number, mapping
x, n, m = [], 0, {}
print(mutate(x, n, m), x, n, m)
