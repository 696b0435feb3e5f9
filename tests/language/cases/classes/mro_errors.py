"""Impossible bases."""
class A: pass
class B(A): pass
def inconsistent():
    class C(A, B): pass
def duplicate():
    class C(A, A): pass
def not_a_class():
    class C(5): pass
def final_bool():
    class C(bool): pass
def layout():
    class C(int, str): pass
for call in (inconsistent, duplicate, not_a_class, final_bool, layout):
    try:
        call()
    except TypeError as error:
        print(error)
