"""Format specifications for several types, and __format__ errors."""
print(f"{42:08b}|{42:#x}|{42:+d}|{1234567:,}|{0.5:%}|{'x':*<4}|{True:d}|{None!s:>6}|{3:<4}|{'é':>3}|{-7:=+5}|{1e10:g}|{12:c}|{65:c}")
class F:
    def __format__(self, spec): return "F:" + spec
w = 7
print(f"{F()}|{F():abc}|{F():{w}}|{F():%Y-%m}|{[1]!s:>5}")
for call in (lambda: f"{[]:5}", lambda: f"{1:s}", lambda: f"{'a':d}", lambda: f"{None:>5}", lambda: f"{(1,):x}", lambda: f"{1.5:d}", lambda: f"{ {} :x}"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
