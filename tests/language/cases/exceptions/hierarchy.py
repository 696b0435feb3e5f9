"""Handlers match by class, subclass and tuple."""
for error in (ZeroDivisionError(), KeyError("k"), IndexError(), UnicodeError(), FileNotFoundError(), NotImplementedError(), StopIteration(), RecursionError()):
    try:
        raise error
    except ArithmeticError:
        print("arithmetic")
    except LookupError:
        print("lookup")
    except ValueError:
        print("value")
    except OSError:
        print("os")
    except RuntimeError:
        print("runtime")
    except Exception:
        print("other")
print(KeyError.__mro__)
print(issubclass(BaseException, Exception), BaseException.__subclasses__() != [], isinstance(KeyboardInterrupt(), Exception), issubclass(ModuleNotFoundError, ImportError))
try:
    try:
        raise ValueError
    except 5:
        pass
except TypeError as error:
    print(error)
try:
    try:
        raise ValueError("not matched")
    except ():
        pass
except ValueError as error:
    print(error)
