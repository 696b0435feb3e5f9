"""Directories renamed by a program stay beneath the root, whole, and under the grant (redteam 92 and 93)."""

from __future__ import annotations

import contextlib

import pytest
from hostile_tree import LINKS, OUTSIDE, Files, refused, snapshot
from test_filesystem_races import race

from npython.security import GrantError

WRITABLE = ["read-write", "overlay"]


@pytest.fixture
def tree(root):
    """`moved/` with a file, a directory with a file, and an empty directory; beside it a full and an empty one."""
    for name in ("moved/inner", "moved/empty", "full", "hollow"):
        (root / name).mkdir(parents=True)
    for name in ("moved/one", "moved/inner/two", "full/three"):
        (root / name).write_text(name)
    return root


def shown(files, path="."):
    """All that a program sees beneath a path: contents of files, `None` for directories."""
    found = {}
    for name, kind in files._entries(path):
        inner = f"{path}/{name}"
        found[inner] = None if kind == "directory" else files.read_file(inner)
        found.update(shown(files, inner) if kind == "directory" else {})
    return found


@pytest.mark.parametrize("mode", WRITABLE)
@pytest.mark.parametrize("target", ["new", "hollow", "full/new", "d/new/"])
def test_a_directory_moves_with_all_that_is_in_it(mode, target, tree):
    before = snapshot(tree)
    files = Files(tree, mode)
    inside = shown(files, "moved")
    files.rename("moved", target)
    place = target.rstrip("/")
    assert shown(files, place) == {name.replace("moved", place, 1): text for name, text in inside.items()}
    assert not files.exists("moved")
    files.write_file("written after", f"{place}/inner/two")
    assert files.read_file(f"{place}/inner/two") == "written after"
    files.rename(place, "moved")
    files.make_dir("again")
    assert (snapshot(tree) == before) is (mode == "overlay")


@pytest.mark.parametrize("mode", WRITABLE)
@pytest.mark.parametrize(
    ("path", "target", "error"),
    [
        ("moved", "moved/inner/x", r"\[Errno 22\] Invalid argument"),
        ("moved", "moved/empty", r"\[Errno 22\] Invalid argument"),
        ("moved", "full", r"\[Errno 39\] Directory not empty"),
        ("moved/inner", "moved", r"\[Errno 39\] Directory not empty"),
        ("moved", "a.txt", r"\[Errno 20\] Not a directory"),
        ("moved", "a.txt/x", r"\[Errno 20\] Not a directory"),
        ("moved", "no/such", r"\[Errno 2\] No such file or directory"),
        ("no", "new", r"\[Errno 2\] No such file or directory"),
        ("a.txt", "hollow", r"\[Errno 21\] Is a directory"),
        (".", "new", r"\[Errno 16\] Device or resource busy"),
        ("moved", ".", r"\[Errno 16\] Device or resource busy"),
        ("moved", "d/..", r"\[Errno 13\] Permission denied"),
    ],
)
def test_moves_that_cannot_be(mode, path, target, error, tree):
    before = snapshot(tree)
    files = Files(tree, mode)
    seen = shown(files)
    with pytest.raises(OSError, match=error):
        files.rename(path, target)
    assert (snapshot(tree), shown(files)) == (before, seen)


@pytest.mark.parametrize("mode", WRITABLE)
@pytest.mark.parametrize("path", [*OUTSIDE, *LINKS])
def test_no_directory_leaves_the_tree_or_comes_into_it(mode, path, links):
    before = snapshot(links)
    files = Files(links, mode)
    refused(lambda: files.rename("d", path), PermissionError)
    refused(lambda: files.rename(path, "new"), PermissionError)
    assert snapshot(links) == before


@pytest.mark.parametrize("mode", WRITABLE)
def test_links_in_a_directory_that_moves_are_as_far_away_as_before(mode, place, tree):
    (tree / "moved" / "link").symlink_to(place / "outside")
    (tree / "moved" / "inner" / "file-link").symlink_to(place / "outside" / "secret.txt")
    files = Files(tree, mode)
    files.rename("moved", "new")
    for path in ("new/link/secret.txt", "new/inner/file-link", "new/link"):
        with pytest.raises((PermissionError, FileNotFoundError)):
            files.read_file(path)
    assert files.list_dir("new") == ["empty", "inner", "one"]


@pytest.mark.parametrize("mode", WRITABLE)
def test_a_move_stays_under_the_grant(mode, tree):
    files = Files(tree, mode, restrictions={"paths": ("/moved",)})
    files.rename("moved/inner", "moved/other")
    for path, target in [("moved/other", "other"), ("full", "moved/full"), ("moved", "moved-evil"), (".", "moved/x")]:
        with pytest.raises(GrantError):
            files.rename(path, target)
    with pytest.raises(GrantError):
        Files(tree, mode, restrictions={"read_only": True}).rename("moved", "new")
    refused(lambda: Files(tree, "read").rename("moved", "new"))


def test_a_protected_directory_stays_where_it_is(tree):
    (tree / "moved").chmod(0o555)
    with pytest.raises(PermissionError):
        Files(tree).rename("moved", "new")
    (tree / "moved").chmod(0o755)


@pytest.mark.parametrize("bounds", [{"max_files": 3}, {"max_bytes": 20}, {"max_file_bytes": 9}, {"max_entries": 2}])
def test_what_an_overlay_has_no_room_for_stays_whole(bounds, tree):
    files = Files(tree, "overlay", **{"max_entries": 100, **bounds})
    with pytest.raises(OSError, match=r"Errno|more than"):
        files.rename("moved", "new")
    assert not files.exists("new")
    assert all(files.exists(f"moved/{name}") for name in ("one", "inner/two", "empty"))
    changes = files.capability.changes
    assert (changes.files, changes.directories, changes.removed) == ({}, (), ())


def test_moving_in_an_overlay_gives_no_room(tree):
    files = Files(tree, "overlay", max_bytes=1000, max_files=20)
    for turn in range(30):
        files.rename("moved" if turn % 2 == 0 else "new", "new" if turn % 2 == 0 else "moved")
    files.write_file("x" * 900, "moved/more")
    with pytest.raises(OSError, match="quota"):
        files.write_file("x" * 200, "moved/too-much")


@pytest.mark.parametrize("mode", WRITABLE)
def test_names_that_differ_in_case_alone(mode, root):
    (root / "CASE").write_text("probe")
    if (root / "case").exists():
        pytest.skip("this file system takes them for one name")
    files = Files(root, mode)
    files.rename("d", "D")
    files.rename("a.txt", "A.TXT")
    assert files.list_dir() == ["A.TXT", "CASE", "D"]
    assert files.read_file("D/b.txt") == "deeper"


def test_a_directory_swapped_for_a_link_is_never_moved_out_or_into(place, root):
    (root / "swapped").mkdir()
    (root / "moving").mkdir()
    (root / "moving" / "x").write_text("inside")
    files = Files(root)

    def swap():
        with contextlib.suppress(OSError):
            (root / "swapped").rename(root / "away")
            (root / "swapped").symlink_to(place / "outside")
            (root / "swapped").unlink()
            (root / "away").rename(root / "swapped")

    for _ in race(swap, turns=1500):
        for path, target in (("moving", "swapped/moving"), ("swapped/moving", "moving"), ("swapped/secret.txt", "s")):
            with contextlib.suppress(OSError):
                files.rename(path, target)
        assert not files.exists("s")
    # The fixture sees that nothing outside was changed.
