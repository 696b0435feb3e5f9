class Telling(Exception):
    def __str__(self):
        return "told by itself"


def work():
    raise ExceptionGroup("several", [Telling(), ExceptionGroup("inner", [KeyError("k")])])


try:
    work()
except* KeyError:
    raise ValueError("while handling")
