"""`open` and `Path` do in the sandbox what they do in CPython, for the same files."""

from __future__ import annotations

import contextlib
import gc
import io
import pathlib
import warnings

import pytest

from npython.capabilities import FilesystemCapability

PRELUDE = """
def show(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error)
"""

PROGRAMS = {
    "write, then read": """
with open("a.txt", "w") as f:
    print(f.write("one\\ntwo\\n"), f.writable(), f.readable(), f.name, f.mode, f.closed)
print(f.closed)
with open("a.txt") as f:
    print(repr(f.read(2)), repr(f.read()), repr(f.read()))
with open("a.txt") as f:
    print([line for line in f])
with open("a.txt") as f:
    print(f.readlines(), f.readlines())
""",
    "a file that is never closed": """
open("a.txt", "w").write("left open")
print(open("a.txt").read())
f = open("b.bin", "wb")
f.write(b"1"); f.write(b"2")
print(f)
del f
""",
    "append": """
for text in "one", "two":
    with open("a.txt", "a") as f:
        print(f.tell())
        f.write(text)
        f.flush()
        print(f.tell())
print(open("a.txt").read())
with open("a.txt", "a+") as f:
    f.seek(0)
    print(f.read())
    f.seek(0)
    f.write("three")
    f.seek(0)
    print(f.read(), f.tell())
""",
    "exclusive": """
with open("a.txt", "x") as f:
    f.write("x")
show(lambda: open("a.txt", "x"))
""",
    "read and write": """
with open("a.txt", "w+") as f:
    f.write("hello world")
    f.seek(6)
    print(f.read())
    f.seek(0)
    f.write("HELLO")
    f.seek(0)
    print(f.read())
with open("a.txt", "r+") as f:
    print(f.readline())
    f.write("!")
    f.seek(0)
    f.write("J")
print(open("a.txt").read())
show(lambda: open("missing", "r+"))
""",
    "binary": """
with open("a.bin", "wb") as f:
    print(f.write(b"\\x00\\xff\\n\\r\\n"), f.write(bytearray(b"abc")))
    f.writelines([b"1", b"2"])
with open("a.bin", "rb") as f:
    print(f.read(1), f.tell(), f.readline(), f.readlines(), f.read())
    print(f.seek(-3, 2), f.read(2), f.seek(-1, 1), f.read())
with open("a.bin", "r+b") as f:
    f.seek(2)
    f.write(b"XYZ")
    print(f.tell(), f.read())
    f.seek(20)
    f.write(b"far")
    f.seek(0)
    print(f.read())
    print(f.truncate(4))
print(open("a.bin", "rb").read())
with open("a.bin", "rb") as f:
    buffer = bytearray(2)
    print(f.readinto(buffer), buffer, [line for line in f])
""",
    "line ends": """
with open("a.bin", "wb") as f:
    f.write(b"a\\r\\nb\\nc\\rd\\r")
for newline in None, "", "\\n", "\\r", "\\r\\n":
    with open("a.bin", newline=newline) as f:
        print(repr(newline), f.readline(), f.tell(), list(f))
    with open("a.bin", newline=newline) as f:
        print(repr(f.read()))
    with open("a.bin", newline=newline) as f:
        print([f.readline(1) for _ in range(4)])
    with open("out", "w", newline=newline) as f:
        f.write("a\\nb\\r\\n")
    print(open("out", "rb").read())
open("b.bin", "wb").write(b"\\xc3\\xa9\\r\\nb\\n\\r\\nc")
for newline in None, "":
    with open("b.bin", newline=newline) as f:
        positions = []
        while line := f.readline():
            positions.append((line, f.tell()))
        for line, position in positions:
            f.seek(position)
            print(position, repr(f.read()))
""",
    "encodings": """
for encoding in "utf-8", "latin-1", "utf-16", "utf-8-sig", "ascii", "utf-16-le":
    with open("a.txt", "w", encoding=encoding, errors="replace") as f:
        f.write("h\\xe9")
        f.write("llo")
        print(f.tell())
    print(open("a.txt", "rb").read(), open("a.txt", encoding=encoding).read())
show(lambda: open("a.txt", encoding="nope"))
open("b", "wb").write(b"a\\xff")
show(lambda: open("b").read())
print(open("b", errors="replace").read(), open("b", errors="ignore").read())
show(lambda: open("c", "w", encoding="ascii").write("\\xe9"))
""",
    "positions": """
with open("a.txt", "w") as f:
    f.write("\\xe9a\\nbcd\\n")
with open("a.txt") as f:
    print(f.tell(), f.read(2), f.tell(), f.seek(0), f.readline(), f.tell(), f.seek(0, 1), f.seek(0, 2), repr(f.read()))
    print(f.seek(4), f.read())
    show(lambda: f.seek(1, 1))
    show(lambda: f.seek(1, 2))
    show(lambda: f.seek(-1))
    show(lambda: f.seek(0, 5))
with open("a.txt", "rb") as f:
    show(lambda: f.seek(-1))
    show(lambda: f.seek(0, 5))
    show(lambda: f.seek(-1, 1))
    print(f.seek(-2, 2), f.seek(100), f.read(), f.tell())
with open("a.txt", "w") as f:
    f.write("abc")
    print(f.tell(), f.truncate(1), f.tell())
print(open("a.txt", "rb").read())
""",
    "what a file cannot do": """
r, w = open("a.txt", "x+").close() or open("a.txt"), open("b.txt", "w")
rb, wb = open("a.txt", "rb"), open("b.bin", "wb")
for attempt in (
    lambda: r.write("x"), lambda: w.read(), lambda: w.readline(), lambda: w.readlines(), lambda: next(w),
    lambda: rb.write(b"x"), lambda: wb.read(), lambda: w.write(b"x"), lambda: w.write(5), lambda: wb.write("x"),
    lambda: wb.write(5), lambda: w.writelines([1]), lambda: r.truncate(), lambda: rb.truncate(2),
    lambda: w.truncate(-1), lambda: wb.truncate(-1), lambda: r.read("x"), lambda: isinstance(r, int),
):
    show(attempt)
for f in r, w, rb, wb:
    f.close()
    f.close()
for attempt in (
    lambda: r.read(), lambda: r.readline(), lambda: r.write("x"), lambda: r.seek(0), lambda: r.tell(), lambda: next(r),
    lambda: rb.read(), lambda: rb.tell(), lambda: rb.seek(0), lambda: next(rb), lambda: wb.write(b""),
    lambda: wb.flush(), lambda: w.flush(), lambda: w.__enter__(), lambda: rb.readable(),
):
    show(attempt)
try:
    r.read()
except ValueError as error:
    print(type(error).__mro__)
""",
    "modes": """
open("f", "w").close()
for mode in "q", "rr", "rw", "b", "", "rbt", "r++", "U", "+", "rt+b", "w+r", "xa":
    show(lambda: open("f", mode))
show(lambda: open("f", 5))
show(lambda: open("f", "rb", encoding="utf-8"))
show(lambda: open("f", "rb", newline=""))
show(lambda: open("f", "rb", errors="x"))
show(lambda: open("f", newline="x"))
show(lambda: open("f", "r", 0))
show(lambda: open(None))
show(lambda: open(1.5))
""",
    "errors name the path": """
Path("d").mkdir()
Path("f").write_text("")
for path in "missing", "no/such", "", "a\\0b", "d", "f/", "f/x", ".", "x" * 300, "d/":
    show(lambda: open(path))
for path in "d", "f/x", "new/", ".", "no/such", "", "d/":
    show(lambda: open(path, "w"))
""",
    "errors have their parts": """
for attempt in lambda: open("missing"), lambda: Path("no/such").mkdir(), lambda: open("a b", "r+"):
    try:
        attempt()
    except OSError as error:
        print(repr(error), error.errno, error.strerror, error.filename, error.args)
""",
    "an exception inside with": """
try:
    with open("a.txt", "w") as f:
        f.write("kept")
        raise KeyError("k")
except KeyError:
    print(f.closed, open("a.txt").read())
""",
    "print into a file": """
with open("a.txt", "w") as f:
    print("x", 1, file=f)
    print("y", end="", file=f)
print(open("a.txt").read())
""",
    "one file through two objects": """
with open("a.txt", "w") as f, open("a.txt") as g:
    f.write("x" * 10)
    f.flush()
    print(open("a.txt").read(), f.tell())
""",
    "names of paths": """
for text in "a", "", ".", "a/b.tar.gz", "a//b/./c", "/a/b", "//a", "///a", "a.", ".a", ".a.b", "a/..", "/":
    p = Path(text)
    print(repr(p), p, p.name, p.stem, p.suffix, p.suffixes, p.parts, p.parent, list(p.parents), p.is_absolute())
    show(lambda: p.with_name("n"))
    show(lambda: p.with_suffix(".s"))
    show(lambda: p.with_stem("t"))
""",
    "combining paths": """
p = Path("a")
print(p / "b", "x" / p, p / "b" / Path("c"), p.joinpath("b", "c"), Path("a", "b"), Path("a", "/b"), p / "/etc")
show(lambda: p / 5)
show(lambda: Path(5))
show(lambda: p < "b")
print(p == Path("a"), p == "a", hash(p) == hash(Path("a")), sorted([Path("b"), Path("a/c"), Path("a")]), p < Path("b"))
show(lambda: Path("a").with_name(""))
show(lambda: Path("a").with_name("b/c"))
show(lambda: Path("a").with_suffix("b"))
show(lambda: Path("a").with_suffix("."))
show(lambda: Path("a/b").relative_to("a"))
show(lambda: Path("a/b").relative_to("c"))
print(Path("a/b").is_relative_to("a"), Path("a/b").is_relative_to("b"), Path("a/b").as_posix())
print(Path("a/b.py").match("*.py"), Path("a/b.py").match("a/*"), Path("a/b.py").match("/a/*"), Path("b").match("a/b"))
""",
    "files by their paths": """
p = Path("d") / "a.txt"
show(lambda: p.write_text("x"))
p.parent.mkdir()
print(p.write_text("h\\xe9\\n"), p.read_text(), p.read_bytes(), p.exists(), p.is_file(), p.is_dir(), p.stat().st_size)
print(p.write_bytes(b"a\\r\\nb"), p.read_text(), repr(p.read_text(newline="")))
print(p.write_text("a\\nb", newline="\\r\\n"), p.read_bytes())
print(p.write_text("\\xe9", encoding="latin-1"), p.read_bytes())
show(lambda: p.write_text(b"x"))
show(lambda: p.write_bytes("x"))
with p.open("a") as f:
    f.write("more")
with open(p, "rb") as f:
    print(f.read())
show(lambda: p.mkdir())
show(lambda: p.mkdir(exist_ok=True))
show(lambda: Path("d").mkdir())
print(Path("d").mkdir(exist_ok=True), Path("e/f/g").mkdir(parents=True), Path("e/f").is_dir())
show(lambda: Path("no/such").mkdir())
show(lambda: Path("d").rmdir())
show(lambda: p.rmdir())
show(lambda: Path("d").unlink() if False else Path("nn").unlink())
print(Path("nn").unlink(missing_ok=True), p.unlink(), p.exists(), Path("d").rmdir(), Path("d").exists())
Path("t").touch()
Path("t").touch()
print(Path("t").read_bytes())
show(lambda: Path("t").touch(exist_ok=False))
""",
    "listing": """
for name in "a/b/c", "a/d", "e":
    Path(name).mkdir(parents=True)
for name in "x.py", "y.txt", "a/x.py", "a/b/x.py", "a/b/c/x.py", "a/d/.hidden", "a/[z].py", "a/zz-.py":
    Path(name).write_text(name)
print(sorted(Path().iterdir()), sorted(Path("a").iterdir()))
show(lambda: list(Path("x.py").iterdir()))
show(lambda: list(Path("no").iterdir()))
for pattern in (
    "*", "*.py", "*/*.py", "**/*.py", "**", "a/**/x.py", "a/*/x.py", "?.py", "[xy].*", "[!x].*", "[a-x].py", "**/b",
    "a/b", "no", "no/*", "x.py/*", "*/", "**/**/c", "a/[[]z].py", "a/*[-].py", "*.*", "a/[", "**/.*",
):
    print(pattern, sorted(Path().glob(pattern)), sorted(Path("a").rglob(pattern)) if pattern != "**" else "")
show(lambda: list(Path(".").glob("/a")))
show(lambda: sorted(Path("no").glob("*")))
""",
}


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_as_in_cpython(name, mode, tmp_path, monkeypatch, guest):
    theirs = tmp_path / "theirs"
    ours = tmp_path / "ours"
    theirs.mkdir()
    ours.mkdir()
    monkeypatch.chdir(theirs)
    output = io.StringIO()
    with contextlib.redirect_stdout(output), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        exec(compile(PRELUDE + PROGRAMS[name], name, "exec"), {"Path": pathlib.Path, "__name__": "theirs"})
        gc.collect()
    capability = FilesystemCapability(ours, mode)
    assert guest(capability, PRELUDE + PROGRAMS[name]).stdout == output.getvalue()
    written = _contents(theirs)
    if mode == "overlay":
        assert _contents(ours) == {}
        assert capability.changes.files == written
    else:
        assert _contents(ours) == written


def _contents(directory):
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}
