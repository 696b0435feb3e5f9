"""break, continue and return inside try/finally."""
def f():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("body", i)
        finally:
            print("finally", i)
    return "end"
print(f())
def g():
    try:
        return "try"
    finally:
        print("cleanup")
print(g())
def h():
    for _ in range(2):
        try:
            return 1
        finally:
            break
    return 2
print(h())
def k():
    try:
        raise ValueError
    finally:
        return "swallowed"
print(k())
