"""assert with and without a message."""
def plain():
    assert False
def message():
    assert 0, "message"
def tuple_message():
    assert [], (1, 2)
def none_message():
    assert None, None
assert True
assert 1, "unused"
for call in (plain, message, tuple_message, none_message):
    try:
        call()
    except AssertionError as error:
        print(repr(error), error.args)
