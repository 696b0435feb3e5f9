"""Builtins of npython's own: `parse_json`, `format_string`, `is_empty`."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import npython

ATTEMPT = """
try:
    outcome = parse_json(text)
except Exception as error:
    outcome = type(error).__name__ + ": " + str(error)
outcome
"""


def parsed(text, **limits):
    return npython.run(ATTEMPT, inputs={"text": text}, limits=npython.Limits(**limits)).value


def expected(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return f"ValueError: {error}"
    except (ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


def same(ours, theirs):
    if isinstance(theirs, float) and math.isnan(theirs):
        return isinstance(ours, float) and math.isnan(ours)
    if isinstance(theirs, list):
        return type(ours) is list and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(theirs, dict):
        return list(ours) == list(theirs) and all(map(same, ours.values(), theirs.values()))
    return type(ours) is type(theirs) and repr(ours) == repr(theirs)


CASES = [
    "", " ", "\n\t\r 1 ", "null", "true", "false", "nul", "nulll", "NaN", "Infinity", "-Infinity", "-Infinit", "-", "+1",
    "0", "-0", "00", "01", "-01", "1.", ".5", "1.5", "-0.0", "1e5", "1E+5", "1e-5", "1e", "1e+", "1.5e", "1e999", "-1e999",
    "1e-999", "123456789012345678901234567890", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "0.1", "1.7976931348623157e308", "5e-324", "1" * 4300, "1" * 4301, "-" + "9" * 4301, "1_000", "0x1", "1 2", "1,",
    "[]", "[ ]", "[1]", "[1, 2,3 ]", "[", "[1", "[1,", "[1,]", "[1 ,\n]", "[,1]", "[1 2]", "[]]", "[[]", "]", "[1,,2]",
    "{}", "{ }", '{"a":1}', '{"a" : 1 , "b":{}}', "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{"a":1 ,\n}', "{1:2}",
    "{a:1}", "{'a':1}", '{"a" 1}', '{"a":1 "b":2}', '{"a":1,"a":2,"b":3,"a":4}', "{,}", '{"a":}', '{"a":,}', "}",
    '"', '"a', '"a"', "'a'", '"a\nb"', '"\t"', '"\\', '"\\"', '"\\n\\t\\r\\b\\f\\/\\\\\\""', '"\\x"', '"\\u"', '"\\u1"', '"\\u123"',
    '"\\u1234', '"\\u1234"', '"\\u12g4"', '"\\uD83D\\uDE00"', '"\\ud83d"', '"\\ud83dx"', '"\\ud83d\\n"', '"\\ud83d\\u0041"',
    '"\\ud83d\\u00"', '"\\ud83d\\uzzzz"', '"\\ude00\\ud83d"', '"\\ud83d\\ud83d\\ude00"', '"\\ud83d\\u', '"\\ud83d\\ude0',
    '"\\ud83d\\ude00', '"\\u00e9é\\u00e9"', '"\x7f\x80\u2028"', '"é', '{"é": "ü",\n "x": y}', "[\n1,\n\n  2,\n é]",
    '"\\U0001F600"', '"\x00"', "\ufeff1", "\x0b1", "\xa01", "[1]\x00", "tru", "t", "[tru]", '{"a":nul}', "[1.0.0]", "[--1]",
    '{"": ""}', '["\\u0000"]', "[" * 100 + "]" * 100, "[" * 9999, '{"a":' * 9999, "[" * 9999 + "]" * 9999,
]  # fmt: skip


@pytest.mark.parametrize("text", CASES, ids=lambda text: ascii(text)[:40])
def test_json_is_read_as_in_cpython(text):
    assert same(parsed(text), expected(text))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_what_cpython_writes_is_read(value, escaped, indent):
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert same(parsed(text), expected(text))


@given(VALUES, st.data())
def test_damaged_json_fails_in_the_same_words(value, data):
    text = json.dumps(value)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3)))
    inserted = data.draw(st.text(st.sampled_from('{}[]",:\\u0123dDeE+-. \n\tntfNI\u00e9'), max_size=4))
    text = text[:start] + inserted + text[end:]
    assert same(parsed(text), expected(text))


def test_bytes_are_utf_8():
    assert parsed('{"é": 1}'.encode()) == {"é": 1}
    assert parsed(bytearray(b"[1]")) == [1]
    assert parsed(b"\xff").startswith("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff")


@pytest.mark.parametrize("value", [None, 1, [], {}])
def test_other_types_are_refused(value):
    message = f"TypeError: the JSON object must be str, bytes or bytearray, not {type(value).__name__}"
    assert parsed(value) == message


def test_deep_json_can_be_read_and_left():
    source = "text = '[' * 9000 + ']' * 9000\nvalue = parse_json(text)\ndepth = 0\n"
    source += "while value:\n    value = value[0]\n    depth += 1\ndepth"
    assert npython.run(source).value == 8999


@pytest.mark.parametrize(
    "text", ["'[' + '1,' * 3_000_000 + '1]'", "'[' + '[],' * 2_000_000 + '1]'", "'\"' + 'x' * 10**7 + '\"'"]
)
def test_memory_is_counted_as_it_grows(text):
    with pytest.raises(npython.MemoryLimitExceeded):
        npython.run(f"text = {text}\nparse_json(text)", limits=npython.Limits(memory="16MB"))


def test_work_is_counted():
    source = "parse_json('[' + '1,' * {} + '1]')"
    little, much = (npython.run(source.format(count)).gas_used for count in (1000, 100_000))
    assert much > little + 99_000


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("format_string('{} and {name}', 1, name='x')", "1 and x"),
        ("format_string('{0:>5}|{1!r}', 'a', 'b')", "    a|'b'"),
        ("format_string('plain')", "plain"),
        ("format_string('{{}}')", "{}"),
        ("is_empty('')", True),
        ("is_empty('a')", False),
        ("is_empty([])", True),
        ("is_empty({1: 2})", False),
        ("is_empty(set())", True),
        ("is_empty(None)", True),
        ("is_empty(range(0))", True),
        ("is_empty(b'')", True),
    ],
)
def test_templates_and_emptiness(call, value):
    assert npython.run(call).value == value


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("format_string()", "TypeError: format_string() missing 1 required positional argument: 'template'"),
        ("format_string('{}')", "IndexError: Replacement index 0 out of range for positional args tuple"),
        ("format_string('{x}')", "KeyError: 'x'"),
        ("is_empty(5)", "TypeError: object of type 'int' has no len()"),
        ("is_empty()", "TypeError: is_empty() takes exactly one argument (0 given)"),
        ("parse_json()", "TypeError: parse_json() takes exactly one argument (0 given)"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(npython.GuestError) as caught:
        npython.run(call)
    assert str(caught.value) == message


def test_lengths_of_guest_classes_are_asked():
    source = "class A:\n    def __len__(self): return 0\nclass B:\n    def __len__(self): return 1\nis_empty(A()), is_empty(B())"
    assert npython.run(source).value == (True, False)


def test_templates_reach_no_attributes_that_are_hidden():
    with pytest.raises(npython.GuestError):
        npython.run("format_string('{0.__class__.__init__.__globals__}', 1)")
