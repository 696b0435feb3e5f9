"""repr and str of builtin functions, classes and methods without addresses."""
class C:
    def m(self): pass
print(len, print, int, str, ValueError, C, type, object, int.__add__, str.join, type(len), type(C.m), type(C().m), type("".join), range, slice, zip)
