"""A property set and deleted through the methods of object, whose result is None whatever the accessor returns."""

class Tank:
    @property
    def level(self):
        return self._level

    @level.setter
    def level(self, value):
        object.__setattr__(self, "_level", value * 2)
        return "ignored"

    @level.deleter
    def level(self):
        print("deleted")

    def __setattr__(self, name, value):
        print([name, super().__setattr__(name, value), value])

    def __delattr__(self, name):
        print([name, object.__delattr__(self, name)])


tank = Tank()
tank.level = 3
print(tank.level, (1, object.__setattr__(tank, "level", 5), 2), tank.level)
del tank.level
