"""Where npython differs from CPython on purpose: docs/language.md lists it."""

from __future__ import annotations

import os
import subprocess

import pytest
from language_cases import find_cpython

import npython

ABSENT_MODULES = {
    "os": "Files are reached with scope 'FS-ENV', environment variables with scope 'ENV-ENV'",
    "pathlib": "Files are reached with scope 'FS-ENV'",
    "socket": "The network is reached with scope 'HTTP-ENV'",
    "urllib.request": "The network is reached with scope 'HTTP-ENV'",
    "secrets": "Random values come with scope 'RANDOM-ENV'",
    "sqlite3": "What is to last is kept with scope 'KV-ENV'",
    "subprocess": "No scope grants processes",
    "threading": "No scope grants threads; asyncio is there",
    "ctypes": "No scope grants native code",
    "sys": "No scope grants the internals of the interpreter; exit() is there",
    "gc": "No scope grants the internals of the interpreter",
    "pickle": "No scope grants the internals of the interpreter",
}
MODULES = """There are abc, asyncio, bisect, collections, contextlib, copy, dataclasses, enum, functools, hashlib, heapq,
hmac, inspect, itertools, json, math, numbers, operator, random, re, statistics, string, textwrap, traceback, types, typing,
weakref""".replace("\n", " ")
ABSENT_MODULES |= dict.fromkeys(("csv", "decimal", "logging", "numpy", "pandas"), MODULES)
NAMES = {
    "sys.exit()": "No scope grants the internals of the interpreter; exit() is there",
    "datetime.now()": "The time is told with scope 'CLOCK-ENV'",
    "read_file('x')": "Files are reached with scope 'FS-ENV'",
    "fetch('x')": "The network is reached with scope 'HTTP-ENV'",
    "kv_get('x')": "What is to last is kept with scope 'KV-ENV'",
    "json.dumps(1)": "Did you forget to import 'json'?",
}
ABSENT_FUNCTIONS = {
    "open": "Files are reached with scope 'FS-ENV'",
    "input": "No scope grants a terminal",
    "breakpoint": "No scope grants the internals of the interpreter",
}
HIDDEN = [
    "(_ for _ in ()).gi_frame",
    "(_ for _ in ()).gi_code.co_code",
    "(lambda: 0).__code__.co_code",
    "error().__traceback__.tb_frame",
]


@pytest.mark.parametrize("name", ABSENT_MODULES)
def test_absent_modules_say_which_scope_gives_what_they_are_for(name: str) -> None:
    with pytest.raises(npython.GuestError) as caught:
        npython.run(f"import {name}")
    first = name.split(".", maxsplit=1)[0]
    message = f"ModuleNotFoundError: No module named '{first}'. {ABSENT_MODULES[name]}"
    assert caught.value.traceback.splitlines()[-1] == message


@pytest.mark.parametrize("name", ABSENT_FUNCTIONS)
def test_absent_functions_say_which_scope_gives_what_they_are_for(name: str) -> None:
    with pytest.raises(npython.GuestError) as caught:
        npython.run(f"{name}('x')")
    message = f"NameError: name '{name}' is not defined. {ABSENT_FUNCTIONS[name]}"
    assert caught.value.traceback.splitlines()[-1] == message


@pytest.mark.parametrize("expression", NAMES)
def test_nothing_that_is_absent_is_advised(expression: str) -> None:
    with pytest.raises(npython.GuestError) as caught:
        npython.run(expression)
    assert caught.value.traceback.splitlines()[-1].split(" is not defined. ")[1] == NAMES[expression]


def test_modules_that_are_said_to_be_there_are_there() -> None:
    npython.run("import " + MODULES.removeprefix("There are "))


def test_programs_see_the_message_of_cpython() -> None:
    source = "try:\n    import os\nexcept ImportError as error:\n    print(repr(error), error.name)"
    assert npython.run(source).stdout == "ModuleNotFoundError(\"No module named 'os'\") os\n"


@pytest.mark.parametrize("expression", HIDDEN)
def test_frames_and_code_are_not_exposed(expression: str) -> None:
    source = (
        "def error():\n    try:\n        1 / 0\n    except ZeroDivisionError as error:\n        return error\n"
        f"try:\n    {expression}\nexcept AttributeError as error:\n    print('hidden')"
    )
    assert npython.run(source).stdout == "hidden\n"


def test_ids_are_the_same_each_time() -> None:
    source = "[id(object()), id([]), id('abc')]"
    first, second = npython.run(source).value, npython.run(source).value
    assert first == second
    assert len(set(first)) == len(first)
    assert max(first) < 1 << 16


def test_hashes_and_the_order_of_sets_are_those_of_hash_seed_zero() -> None:
    cpython = find_cpython()
    if cpython is None:
        pytest.skip("no CPython 3.13")
    source = (
        "words = [str(number * 37) + 'w' for number in range(40)]\n"
        "print([hash(word) for word in words[:5]], hash(b'bytes'), hash((1, 'x', 2.5, None)), hash(frozenset(words)))\n"
        "seen = set(words)\nfor word in words[::3]:\n    seen.discard(word)\nseen.update(range(9))\nprint(list(seen))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run([cpython, "-c", source], capture_output=True, text=True, check=True, env=environment)
    assert npython.run(source).stdout == done.stdout


def test_finalizers_are_not_run() -> None:
    source = (
        "class Loud:\n    def __del__(self):\n        print('gone')\n"
        "loud = Loud()\ndel loud\nfor _ in range(1000):\n    Loud()\nprint('end')"
    )
    assert npython.run(source).stdout == "end\n"


def test_weak_references_die_when_the_collector_runs() -> None:
    source = """
import weakref

class Thing:
    pass

called = []
thing = Thing()
reference = weakref.ref(thing, called.append)
del thing
alive = reference() is not None
for _ in range(300_000):
    [1, 2, 3]
(alive, reference() is None, called)
"""
    limits = npython.Limits(memory="4MiB")
    assert npython.run(source, limits=limits).value == (True, True, [])


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x = 2\nx + 1", 3),
        ("x = 2", None),
        ("3\nx = 2", None),
        ("[1]\nNone", None),
        ("if True:\n    5", None),
        ("", None),
    ],
)
def test_the_value_of_a_program_is_its_last_expression(source: str, value: object) -> None:
    assert npython.run(source).value == value


def test_encodings_known_for_ascii_only_say_so() -> None:
    source = (
        "print('abc'.encode('shift_jis'), b'abc'.decode('gbk'))\n"
        "try:\n    'é'.encode('shift_jis')\nexcept NotImplementedError as error:\n    print(error)\n"
        "try:\n    b'\\xe9'.decode('euc-jp')\nexcept NotImplementedError as error:\n    print('refused')"
    )
    first, second, third = npython.run(source).stdout.splitlines()
    assert first == "b'abc' abc"
    assert second.startswith("of this encoding npython knows the characters of ASCII only")
    assert third == "refused"


def test_scrypt_is_refused_by_name() -> None:
    with pytest.raises(npython.GuestError, match=r"hashlib\.scrypt is not part of npython"):
        npython.run("import hashlib\nhashlib.scrypt(b'p', salt=b's', n=2, r=1, p=1)")


def test_json_is_written_as_it_was_when_dumps_was_called() -> None:
    source = """
import json
data = [0, {1}, 2, {"a": {3}}]
def default(o):
    del data[2:]
    return sorted(o)
json.dumps(data, default=default), data
"""
    assert npython.run(source).value == ('[0, [1], 2, {"a": [3]}]', [0, {1}])
