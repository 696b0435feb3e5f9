"""hasattr and getattr with a default for attributes that are not there, and those that only seem so."""


class Empty:
    __slots__ = ("slot",)


class Open:
    shared = 1


class Asked:
    def __getattr__(self, name):
        if name == "wanted":
            return "answer"
        raise AttributeError(name)


class Guarded:
    def __getattribute__(self, name):
        if name == "hidden":
            raise AttributeError("not for you")
        return object.__getattribute__(self, name)

    hidden = 1


class Counted(int):
    @property
    def broken(self):
        raise AttributeError("inside")


values = [Empty(), Open(), Asked(), Guarded(), Counted(3), 1, 1.5, "text", None, True, [], (), {}, set(), Open, len]
for value in values:
    for name in ("slot", "shared", "wanted", "hidden", "broken", "missing", "__dict__", "__class__", "__len__"):
        print(type(value).__name__, name, hasattr(value, name), getattr(value, name, "default") == "default")
instance = Open()
print(hasattr(instance, "late"))
instance.late = None
print(hasattr(instance, "late"), getattr(instance, "late", 1))
del instance.late
Open.late = 2
print(getattr(instance, "late", 1), getattr(instance, "la" + "ter", 1))
super_like = super(Counted, Counted(1))
print(hasattr(super_like, "broken"), hasattr(super_like, "bit_length"))
