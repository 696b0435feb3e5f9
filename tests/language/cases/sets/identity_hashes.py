"""Sets and dicts of objects that are equal to themselves only, with others made and dropped in between."""


class Node:
    def __init__(self, name):
        self.name = name

    def method(self):
        return self.name


def drop(count):
    """Leave objects of many kinds behind."""
    for number in range(count):
        Node(number)
        lambda: number
        type("Dropped", (), {})
        Node(number).method
        (item for item in [number])
        object()


def family(number):
    """One object of each kind that is hashed by identity."""
    node = Node(number)

    def function():
        return number

    made = type("Made", (), {"number": number})
    return [node, function, made, node.method, (item for item in [number]), object(), iter([number])]


kept = {}
seen = set()
history = []
for turn in range(40):
    drop(turn * 7 % 13)
    members = family(turn)
    drop(turn % 3)
    for member in members:
        kept[member] = turn
        seen.add(member)
    if turn % 4 == 3:
        for member in history.pop(0):
            del kept[member]
            seen.discard(member)
    history.append(members)

print(len(kept), len(seen), len(history))
print(sum(member in seen for members in history for member in members))
print([kept[members[0]] for members in history])
print(all(kept[member] == turn for member, turn in kept.items()))
print(sum(stranger in kept for turn in range(20) for stranger in family(turn)))

unions = {int | str: 1, str | int: 2, list[int] | None: 3}
print(len(unions), unions[str | int])

# The identity of an object lasts as long as the object does, and no two objects have the same.
numbers = {}
for members in history:
    drop(5)
    for member in members:
        numbers.setdefault(id(member), []).append(member)
print(len(numbers), all(len(found) == 1 for found in numbers.values()))
drop(50)
print(all(id(found[0]) == number for number, found in numbers.items()))
node = Node("shown")
print(repr(node) == f"<__main__.Node object at {hex(id(node))}>", object.__repr__(node) == repr(node))
print(hash(node) == object.__hash__(node), hash(node) == hash(node), hash(family) == object.__hash__(family))
print(repr(drop) == f"<function drop at {hex(id(drop))}>", f"{hex(id(node))}>" in repr(node.method))
constants = {None, True, 0.5, ..., NotImplemented, 2**100, "text", b"data", 1j, (), print, int}
print(len({id(constant) for constant in constants}) == len(constants))
