"""str and repr of exceptions with zero, one and several arguments."""
for error in (ValueError(), ValueError("one"), ValueError("one", 2), KeyError("k"), KeyError("a", "b"), KeyError(), OSError(2, "No such file"), OSError(2, "No such file", "name"), SystemExit(3), StopIteration(5), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), ImportError("m", name="n"), AttributeError("x", name="y"), NameError("q"), AssertionError(("t",))):
    print(repr(error), "|", str(error), "|", error.args)
