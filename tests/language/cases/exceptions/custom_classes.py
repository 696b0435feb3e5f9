"""Exception classes with attributes, __str__, and __init__ that does not call super."""
class AppError(Exception):
    """Base."""
class Detail(AppError):
    def __init__(self, code, message="default"):
        super().__init__(message)
        self.code = code
    def __str__(self):
        return f"[{self.code}] {super().__str__()}"
class NoSuper(Exception):
    def __init__(self, a, b):
        self.a = a
for error in (AppError("plain"), Detail(404), Detail(500, "broken"), NoSuper(1, 2)):
    try:
        raise error
    except AppError as caught:
        print("app", caught, repr(caught), caught.args, getattr(caught, "code", None))
    except Exception as caught:
        print("other", caught, repr(caught), caught.args, caught.a)
