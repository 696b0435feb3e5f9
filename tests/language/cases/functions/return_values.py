"""Functions without return give None; several values make a tuple."""
def nothing(): pass
def bare(): return
def several(): return 1, 2
def starred(): return *[1, 2], 3
print(nothing(), bare(), several(), starred())
