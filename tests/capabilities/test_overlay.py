"""An overlay does what the directory would do, and leaves it alone."""

from __future__ import annotations

import asyncio
import pickle
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import npython
from npython.capabilities import FilesystemCapability
from npython.security import Grant, StaticGatekeeper

PATHS = st.sampled_from(["a", "b", "d", "d/a", "d/e", "d/e/a", "new", "new/x", "d/new", "d/", "a/", "a/x", ".", "no/x"])
DATA = st.sampled_from([b"", b"x", b"some longer text"])
OFFSETS = st.sampled_from([None, 0, 1, 5, 40])

STEPS = st.one_of(
    st.tuples(st.just("_load"), PATHS),
    st.tuples(st.just("_replace"), PATHS, DATA),
    st.tuples(st.just("append_file"), DATA, PATHS),
    st.tuples(st.just("_open_for_writing"), PATHS, st.just(True), st.booleans(), st.booleans()),
    st.tuples(st.just("_open_for_writing"), PATHS, st.just(False), st.just(False), st.booleans()),
    st.tuples(st.just("_write_at"), PATHS, DATA, OFFSETS),
    st.tuples(st.just("_truncate"), PATHS, st.sampled_from([0, 3, 30])),
    st.tuples(st.just("_entries"), PATHS),
    st.tuples(st.just("_kind"), PATHS),
    st.tuples(st.just("make_dir"), PATHS, st.booleans(), st.booleans()),
    st.tuples(st.just("remove"), PATHS),
    st.tuples(st.just("_remove_file"), PATHS),
    st.tuples(st.just("rename"), PATHS, PATHS),
    st.tuples(st.just("_remove_directory"), PATHS),
)


def plant(folder, name):
    root = Path(folder, name)
    (root / "d" / "e").mkdir(parents=True)
    (root / "a").write_bytes(b"first")
    (root / "d" / "a").write_bytes(b"second")
    (root / "d" / "e" / "a").write_bytes(b"third")
    return root


def outcome(capability, step):
    name, *arguments = step
    try:
        return capability.functions[name](Grant("FS-ENV"), *arguments)
    except OSError as error:
        return type(error), str(error)


def everything(capability):
    """All files with their contents, and directories, as the capability shows them."""
    found = {}
    waiting = ["."]
    while waiting:
        folder = waiting.pop()
        for name, kind in outcome(capability, ("_entries", folder)):
            path = f"{folder}/{name}"
            found[path] = kind if kind == "directory" else outcome(capability, ("_load", path))
            if kind == "directory":
                waiting.append(path)
    return found


@settings(max_examples=200)
@given(st.lists(STEPS, max_size=25))
def test_an_overlay_is_as_the_directory_would_be(steps):
    with tempfile.TemporaryDirectory() as folder:
        disk = FilesystemCapability(plant(folder, "disk"), "read-write")
        root = plant(folder, "lower")
        overlay = FilesystemCapability(root, "overlay")
        before = everything(FilesystemCapability(root))
        for step in steps:
            assert outcome(overlay, step) == outcome(disk, step), step
        assert everything(overlay) == everything(disk)
        assert everything(FilesystemCapability(root)) == before
        for path, content in overlay.changes.files.items():
            assert (Path(folder, "disk") / path).read_bytes() == content


def overlaid(tmp_path, **options):
    plant(tmp_path, "root")
    files = FilesystemCapability(tmp_path / "root", mode="overlay")
    return files, npython.Sandbox(gatekeeper=StaticGatekeeper({"FS-ENV": "t"}), capabilities=[files], **options)


WRITING = "with scope('FS-ENV', 't'):\n    write_file('new', 'n'); make_dir('m'); remove('a')\n"


@pytest.mark.parametrize("audit", [None, True])
def test_the_result_has_what_was_changed(tmp_path, audit):
    files, sandbox = overlaid(tmp_path, audit=audit)
    first = sandbox.run(WRITING)
    assert (first.changes.files, first.changes.directories, first.changes.removed) == ({"n": b"new"}, ("m",), ("a",))
    second = sandbox.run("with scope('FS-ENV', 't'): write_file('newer', 'n')")
    assert (first.changes.files, second.changes.files) == ({"n": b"new"}, {"n": b"newer"})
    assert files.changes == second.changes
    assert pickle.loads(pickle.dumps(second)).changes == second.changes


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("1 / 0", npython.GuestError),
        ("while True: pass", npython.GasExhausted),
        ("read_file('n')", npython.SecurityViolation),
    ],
)
def test_what_was_changed_is_there_however_the_run_ended(tmp_path, ending, kind):
    _, sandbox = overlaid(tmp_path, limits=npython.Limits(gas=100_000))
    for run in (sandbox.run, sandbox.session().run, lambda source: asyncio.run(sandbox.run_async(source))):
        with pytest.raises(kind) as caught:
            run(WRITING.replace("remove('a')", "pass").replace("make_dir('m')", "pass") + ending)
        assert caught.value.result.changes.files == {"n": b"new"}


def test_without_an_overlay_nothing_is_kept(tmp_path):
    files = FilesystemCapability(tmp_path, mode="read-write")
    sandbox = npython.Sandbox(gatekeeper=StaticGatekeeper({"FS-ENV": "t"}), capabilities=[files])
    assert sandbox.run("with scope('FS-ENV', 't'): write_file('new', 'n')").changes is None
    assert npython.run("1").changes is None
