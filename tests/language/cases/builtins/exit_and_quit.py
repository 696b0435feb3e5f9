print(repr(exit), repr(quit), str(exit))
print(type(exit).__name__, exit.name, exit.eof)
for function in (exit, quit):
    for arguments in ((), (0,), (3,), ("bye",), (None,)):
        try:
            function(*arguments)
        except SystemExit as error:
            print(type(error).__name__, error.args, repr(error.code))
try:
    exit(1, 2)
except TypeError as error:
    print(type(error).__name__)
try:
    exit(code=4)
except SystemExit as error:
    print(error.code)
print(callable(exit), exit is quit, exit == quit)


def leave(code):
    try:
        exit(code)
    finally:
        print("leaving")


try:
    leave("with text")
except SystemExit as error:
    print(repr(error), repr(error.code))
print(SystemExit(1, 2).code, SystemExit().code, SystemExit([]).code)
