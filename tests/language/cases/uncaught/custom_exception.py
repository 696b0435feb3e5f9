"""A user exception with its own text."""
class Failure(Exception):
    def __str__(self):
        return f"failed with {self.args[0]}"
raise Failure(7)
