"""Order of the clauses in every combination."""
def f(kind):
    try:
        print("try", kind)
        if kind == "value":
            raise ValueError("v")
        if kind == "key":
            raise KeyError("k")
        if kind == "return":
            return "returned"
    except ValueError as error:
        print("except", error)
    except (KeyError, IndexError) as error:
        print("tuple except", repr(error))
        return "from except"
    else:
        print("else")
    finally:
        print("finally")
    return "end"
for kind in ("none", "value", "key", "return"):
    print(f(kind))
