"""in falls back on iteration."""
class Items:
    def __init__(self, *items):
        self.items = items
    def __iter__(self):
        print("iter")
        return iter(self.items)
class Sequence:
    def __getitem__(self, index):
        if index > 3:
            raise IndexError
        return index * 10
class Contains:
    def __contains__(self, item):
        return item == "yes"
print(2 in Items(1, 2), 5 not in Items(1), 20 in Sequence(), 99 in Sequence(), "yes" in Contains(), "no" in Contains(), list(Sequence()))
try:
    1 in 5
except TypeError as error:
    print(error)
