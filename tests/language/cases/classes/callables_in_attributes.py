"""Callables that are attributes of instances, of classes and of slots, called as methods are."""


class Button:
    kind = str
    length = len

    def __init__(self, action):
        self.action = action

    def press(self, *values):
        return self.action(*values) if values else self.action()

    def method(self):
        return "method"


class Slotted:
    __slots__ = ("action", "late")

    def __init__(self, action):
        self.action = action


class Asked:
    def __getattr__(self, name):
        return lambda *values: (name, values)


class Call:
    def __call__(self, *values):
        return "called", values


def first():
    return "first"


def second():
    return "second"


button = Button(first)
for round in range(4):
    print(button.action(), button.press(), button.kind(round), button.length([1, 2]), button.method())
    if round == 1:
        button.action = second
    if round == 2:
        button.method = lambda: "own"

buttons = [Button(first), Button(Call()), Button(int), Button(button.press), Button(lambda: "lambda")]
buttons[3].extra = 1
for _ in range(2):
    for each in buttons:
        print(each.action(), each.press())

for each in [Slotted(first), Slotted(second)] * 2:
    print(each.action())
    try:
        each.late()
    except AttributeError as error:
        print(error)

asked = Asked()
for round in range(3):
    print(asked.anything(round))
    if round == 1:
        asked.anything = lambda value: value * 2

plain = Button(None)
for round in range(3):
    try:
        plain.action()
    except TypeError as error:
        print(error)
    if round == 1:
        plain.action = first
del plain.action
try:
    plain.action()
except AttributeError as error:
    print(error)
Button.action = lambda self: "of the class"
print(plain.action(), button.action())
