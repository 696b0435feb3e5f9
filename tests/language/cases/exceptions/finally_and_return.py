"""A return in finally wins; an exception in finally replaces."""
def a():
    try:
        return "try"
    finally:
        return "finally"
def b():
    try:
        raise ValueError
    except ValueError:
        return "except"
    finally:
        print("finally runs")
def c():
    for i in range(3):
        try:
            return i
        finally:
            continue
    return "loop ended"
def d():
    x = 1
    try:
        return x
    finally:
        x = 2
def e():
    try:
        try:
            raise ValueError("first")
        finally:
            print("inner")
    except ValueError as error:
        return str(error)
    finally:
        print("outer")
print(a(), b(), c(), d(), e())
