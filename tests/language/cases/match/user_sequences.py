"""Evaluation order and user classes in patterns."""
class Loud:
    __match_args__ = ("a", "b")
    def __getattr__(self, name):
        print("get", name)
        if name in ("a", "b"):
            return name.upper()
        raise AttributeError(name)
match Loud():
    case Loud(c=1):
        print("never")
    case Loud("A", "X"):
        print("never")
    case Loud("A", b="B"):
        print("matched")
class Eq:
    def __eq__(self, o):
        print("eq", o)
        return o == "yes"
match Eq():
    case "no":
        print("never")
    case "yes":
        print("equal")
