"""str() of errors holds no suggestion; the traceback does."""
class C:
    colour = 1
try:
    C().color
except AttributeError as error:
    print(error)
try:
    C.color
except AttributeError as error:
    print(error)
try:
    C().colour.x = 1
except AttributeError as error:
    print(error)
