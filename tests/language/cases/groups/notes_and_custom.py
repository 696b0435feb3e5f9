"""Groups with notes and subclasses with derive."""
class MyGroup(ExceptionGroup):
    def derive(self, exceptions): return MyGroup(self.message + "!", exceptions)
g = MyGroup("mine", [ValueError(1), KeyError(2)])
g.add_note("a note")
part, rest = g.split(ValueError)
print(repr(part), repr(rest), part.__notes__, type(rest).__name__)
try:
    raise g
except* KeyError as k:
    print(type(k).__name__, k.exceptions)
except* ValueError as v:
    print(type(v).__name__, v.exceptions)
