"""FS-ENV through the whole of the sandbox: what hostile programs try, and what they get."""

from __future__ import annotations

import os
import threading

import pytest
from hostile_tree import LINKS, OUTSIDE, SECRET, snapshot

import npython
from npython.capabilities import FilesystemCapability
from npython.security import Grant, StaticGatekeeper


@pytest.fixture
def sandbox(root):
    gatekeeper = StaticGatekeeper(
        {
            "FS-ENV": [
                "the full token",
                ("the narrow token", Grant("FS-ENV", paths=("/d",), read_only=True)),
                ("the small token", Grant("FS-ENV", max_calls=3, max_bytes=100)),
            ]
        }
    )
    return npython.Sandbox(gatekeeper=gatekeeper, capabilities=[FilesystemCapability(root, "read-write")])


def run(sandbox, program, **tokens):
    inputs = {name: npython.Token(text) for name, text in tokens.items()} or {"token": npython.Token("the full token")}
    return sandbox.run(program, inputs=inputs)


EVERY_WAY_TO_READ = """
ways = [
    lambda path: read_file(path),
    lambda path: read_file(path=path),
    lambda path: open(path).read(),
    lambda path: open(path, "rb").read(),
    lambda path: open(path, "r+").read(),
    lambda path: open(path, "a+").read(),
    lambda path: Path(path).read_text(),
    lambda path: Path(path).read_bytes(),
    lambda path: Path(path).open().read(),
    lambda path: Path("d").joinpath(path).read_text(),
    lambda path: list_dir(path),
    lambda path: list(Path(path).iterdir()),
    lambda path: list(Path(path).glob("*")),
    lambda path: list(Path().glob(path)),
    lambda path: stat(path),
    lambda path: Path(path).stat().st_size,
]
def attempt(path):
    seen = []
    for way in ways:
        try:
            seen.append(way(path))
        except Exception as error:
            seen.append((type(error).__name__, str(error), repr(error), error.args, error.filename
                if isinstance(error, OSError) else None))
    return seen
"""


@pytest.mark.parametrize("path", [*OUTSIDE, *LINKS, "pipe", "hard", "socket", "-evil/secret.txt", "a\nb", "x" * 300])
def test_a_program_reads_nothing_outside_and_learns_nothing_of_where_it_is(path, sandbox, links, place):
    os.mkfifo(links / "pipe")
    os.link(place / "outside" / "secret.txt", links / "hard")
    program = f"{EVERY_WAY_TO_READ}\nwith scope('FS-ENV', token):\n    seen = attempt(path)\nstr(seen)"
    inputs = {"token": npython.Token("the full token"), "path": path}
    seen = sandbox.run(program, inputs=inputs).value
    (links / "hard").unlink()
    assert SECRET not in seen
    assert str(place) not in seen
    assert "root:" not in seen


EVERY_WAY_TO_WRITE = """
ways = [
    lambda path: write_file("x", path),
    lambda path: write_file(path=path, content="x"),
    lambda path: append_file("x", path),
    lambda path: open(path, "w").write("x"),
    lambda path: open(path, "x").write("x"),
    lambda path: open(path, "a").write("x"),
    lambda path: open(path, "r+").write("x"),
    lambda path: open(path, "wb").write(b"x"),
    lambda path: open(path, "r+b").truncate(0),
    lambda path: Path(path).write_text("x"),
    lambda path: Path(path).write_bytes(b"x"),
    lambda path: Path(path).touch(),
    lambda path: Path(path).unlink(),
    lambda path: Path(path).rmdir(),
    lambda path: Path(path).mkdir(parents=True),
    lambda path: make_dir(path, parents=True, exist_ok=True),
    lambda path: remove(path),
]
done = []
def attempt(path):
    for way in ways:
        try:
            way(path)
        except (OSError, ValueError):
            pass
        else:
            done.append(path)
"""


def test_a_program_changes_nothing_outside(sandbox, links, place):
    os.mkfifo(links / "pipe")
    os.link(place / "outside" / "secret.txt", links / "hard")
    before = snapshot(links)
    program = f"{EVERY_WAY_TO_WRITE}\nwith scope('FS-ENV', token):\n    for path in paths:\n        attempt(path)\ndone"
    # Writing over the name `hard` would be allowed nowhere either; the name is left alone.
    paths = [*OUTSIDE, *LINKS, "pipe", "hard", "broken", str(place / "outside" / "new")]
    done = sandbox.run(program, inputs={"token": npython.Token("the full token"), "paths": paths}).value
    assert done == []
    assert snapshot(links) == before
    (links / "hard").unlink()


ESCAPES = {
    "return": "def f():\n    with scope('FS-ENV', token):\n        return 1\nf()\n",
    "break": "for _ in range(1):\n    with scope('FS-ENV', token):\n        break\n",
    "continue": "for _ in range(1):\n    with scope('FS-ENV', token):\n        continue\n",
    "exception": "try:\n    with scope('FS-ENV', token):\n        1 / 0\nexcept ZeroDivisionError:\n    pass\n",
    "refused path": "try:\n    with scope('FS-ENV', token):\n        read_file('../x')\nexcept PermissionError: pass\n",
    "generator": "def g():\n    with scope('FS-ENV', token):\n        yield 1\nh = g()\nnext(h)\n",
    "closure": "with scope('FS-ENV', token):\n    keep = read_file\n    later = lambda: open('a.txt')\n",
    "the end": "with scope('FS-ENV', token):\n    pass\n",
    "never": "",
}
USES = [
    "read_file('a.txt')",
    "write_file('x', 'a.txt')",
    "open('a.txt')",
    "open('a.txt', 'w')",
    "Path('a.txt').read_text()",
    "Path('a.txt').exists()",
    "list(Path().iterdir())",
    "exists('../x')",
    "list(map(read_file, ['a.txt']))",
    "sorted(['a.txt'], key=read_file)",
]


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("escape", ESCAPES)
def test_no_file_is_reached_once_the_block_is_left(escape, use, sandbox, root):
    before = snapshot(root)
    swallowed = f"try:\n    {use}\nexcept BaseException:\n    print('caught')\nfinally:\n    print('after')"
    program = f"{ESCAPES[escape]}print('left')\n{swallowed}"
    with pytest.raises(npython.SecurityViolation) as caught:
        run(sandbox, program)
    assert caught.value.scope == "FS-ENV"
    assert caught.value.result.stdout == "left\n"
    assert snapshot(root) == before


def test_what_was_kept_from_the_block_does_not_work_after_it(sandbox):
    for use in "keep('a.txt')", "later()", "file.write('x')", "file.flush()", "path.read_text()":
        program = (
            "with scope('FS-ENV', token):\n    keep = read_file\n    later = lambda: open('a.txt')\n"
            "    path = Path('a.txt')\n    file = open('b.txt', 'w').__enter__()\n    file.write('waits')\n"
            f"{use}\nfile.flush()\n"
        )
        with pytest.raises(npython.SecurityViolation):
            run(sandbox, program)


def test_what_was_read_in_the_block_is_the_programs(sandbox):
    program = "with scope('FS-ENV', token):\n    file = open('a.txt')\nfile.read(), file.seek(2), file.read()"
    assert run(sandbox, program).value == ("inside", 2, "side")


def test_a_narrow_token_narrows_the_block_inside(sandbox):
    program = """
with scope("FS-ENV", token):
    before = read_file("a.txt")
    with scope("FS-ENV", narrow):
        for attempt in (
            lambda: read_file("a.txt"), lambda: write_file("x", "d/b.txt"), lambda: open("a.txt"), lambda: list_dir(),
            lambda: Path("a.txt").exists(), lambda: remove("d/b.txt"), lambda: make_dir("d/x"),
        ):
            try:
                attempt()
            except PermissionError as error:
                print(error)
        inside = Path("d/b.txt").read_text()
    after = read_file("a.txt")
before, inside, after
"""
    result = run(sandbox, program, token="the full token", narrow="the narrow token")
    assert result.value == ("inside", "deeper", "inside")
    assert result.stdout == (
        "the grant for FS-ENV does not cover the path '/a.txt'\n"
        "the grant for FS-ENV is read-only\n"
        "the grant for FS-ENV does not cover the path '/a.txt'\n"
        "the grant for FS-ENV does not cover the path '/'\n"
        "the grant for FS-ENV does not cover the path '/a.txt'\n"
        "the grant for FS-ENV is read-only\n"
        "the grant for FS-ENV is read-only\n"
    )


def test_a_budget_is_one_however_it_is_spent(sandbox):
    program = """
calls = 0
with scope("FS-ENV", token):
    try:
        while True:
            (read_file, lambda path: open(path).read(), lambda path: Path(path).read_bytes())[calls % 3]("a.txt")
            calls += 1
    except PermissionError as error:
        message = str(error)
calls, message
"""
    tokens = {"token": "the small token"}
    assert run(sandbox, program, **tokens).value == (3, "the grant for FS-ENV allows no more than 3 calls")
    assert run(sandbox, program, **tokens).value == (0, "the grant for FS-ENV allows no more than 3 calls")


@pytest.mark.parametrize("name", ["_load", "_replace", "_write_at", "_open_for_writing", "_path_text", "_BinaryFile"])
def test_what_the_library_uses_is_out_of_sight(name, sandbox):
    for use in (
        name,
        f"globals()['{name}']",
        f"__builtins__.{name}",
        f"open.__globals__['{name}']",
        f"Path.read_text.__globals__['{name}']",
        f"open.__builtins__['{name}']",
        f"Path.{name}",
        f"import builtins\nbuiltins.{name}",
    ):
        with pytest.raises((npython.GuestError, npython.CompileError)):
            run(sandbox, f"{use}('a.txt')")


def test_paths_that_lie_about_themselves_are_taken_for_what_they_are(sandbox):
    program = """
class Liar(str):
    def startswith(self, *_): return False
    def split(self, *_): return ["a.txt"]
    def __contains__(self, _): return False
    def __eq__(self, _): return True
    def __hash__(self): return 0
    def __str__(self): return "a.txt"
    def __fspath__(self): return "a.txt"
class Path2:
    def __fspath__(self): return "../outside/secret.txt"
class Path3(Path):
    def __str__(self): return "../outside/secret.txt"
seen = []
with scope("FS-ENV", token):
    for attempt in (
        lambda: read_file(Liar("../outside/secret.txt")),
        lambda: open(Liar("../outside/secret.txt")).read(),
        lambda: open(Path2()).read(),
        lambda: Path(Liar("../outside/secret.txt")).read_text(),
        lambda: Path(Path2()).read_text(),
        lambda: Path3("a.txt").read_text(),
    ):
        try:
            seen.append(attempt())
        except PermissionError as error:
            seen.append("refused")
seen
"""
    # A path that lies while the sandbox takes it apart is the lie it told; the host gets the text it is.
    assert run(sandbox, program).value == ["refused", "refused", "refused", "inside", "refused", "refused"]


def test_changing_the_library_changes_it_for_that_run_only(sandbox):
    program = """
Path.read_text = lambda self: "changed"
Path.__init__ = lambda self, *parts: None
open = Path = read_file = None
"""
    run(sandbox, program)
    assert run(sandbox, "with scope('FS-ENV', token):\n    text = Path('a.txt').read_text()\ntext").value == "inside"


def test_a_flood_of_files_stops_at_the_quota(sandbox, root):
    program = """
made = 0
with scope("FS-ENV", token):
    try:
        while True:
            open(f"new-{made}", "w").close()
            made += 1
    except OSError as error:
        message = str(error)
made, message
"""
    assert run(sandbox, program).value == (1000, "[Errno 122] Disk quota exceeded: 'new-1000'")


def test_a_file_larger_than_the_memory_of_the_machine_does_not_come_in(root):
    (root / "large").write_bytes(bytes(8 * 2**20))
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"FS-ENV": "the full token"}),
        capabilities=[FilesystemCapability(root)],
        limits=npython.Limits(memory="4MiB"),
    )
    with pytest.raises(npython.GuestError, match="larger than the sandbox's memory limit"):
        run(sandbox, "with scope('FS-ENV', token):\n    open('large', 'rb').read()")
    assert run(sandbox, "with scope('FS-ENV', token):\n    text = read_file('a.txt')\ntext").value == "inside"


def test_runs_in_threads_share_a_capability(sandbox, root):
    program = """
with scope("FS-ENV", token):
    for turn in range(50):
        with open(f"{number}.txt", "w") as file:
            file.write(str(turn) * 100)
        assert Path(f"{number}.txt").read_text() == str(turn) * 100
        append_file(f"{number}", "log")
"""
    failures = []

    def work(number):
        try:
            sandbox.run(program, inputs={"token": npython.Token("the full token"), "number": number})
        except Exception as error:  # noqa: BLE001 - any is a failure of the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted((root / "log").read_text()) == sorted("0123" * 50)


def test_every_use_is_in_the_audit(root):
    sandbox = npython.Sandbox(
        gatekeeper=StaticGatekeeper({"FS-ENV": "the full token"}),
        capabilities=[FilesystemCapability(root, "read-write")],
        audit=True,
    )
    program = (
        "with scope('FS-ENV', token):\n    open('a.txt').read()\n    try: read_file('../x')\n    except OSError: pass"
    )
    records = run(sandbox, program).audit
    assert [(record.event, record.function, record.result) for record in records] == [
        ("enter", "", "granted"),
        ("call", "_load_text", "ok"),
        ("call", "read_file", "PermissionError"),
        ("leave", "", "ended"),
    ]
    assert str(root) not in str(records)
