"""__cause__, __context__ and __suppress_context__."""
try:
    try:
        1 / 0
    except ZeroDivisionError as first:
        raise KeyError("second") from first
except KeyError as error:
    print(repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        {}["missing"]
except KeyError as error:
    print(repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("x") from None
except KeyError as error:
    print(repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    raise ValueError from 5
except TypeError as error:
    print(error)
try:
    raise ValueError from KeyError
except ValueError as error:
    print(repr(error.__cause__))
try:
    try:
        raise ValueError("a")
    finally:
        raise TypeError("b")
except TypeError as error:
    print(repr(error.__context__))
