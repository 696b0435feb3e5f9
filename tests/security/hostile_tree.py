"""A directory with things around it that must stay out of reach, paths that lead there, and all there is to try."""

from __future__ import annotations

import pytest

from npython.capabilities import FilesystemCapability
from npython.capabilities.filesystem.guest_path import TEMPORARY_PREFIX
from npython.security import Grant

SECRET = "the secret outside"

#: Paths that leave the root by what is written in them.
OUTSIDE = [
    "../outside/secret.txt",
    "..",
    "../",
    "d/..",
    "d/../../outside/secret.txt",
    "d/./../a.txt",
    "/etc/passwd",
    "//etc/passwd",
    "/",
    "/a.txt",
    "C:\\a.txt",
    "\\\\?\\C:\\a.txt",
    "\\\\server\\share",
    "..\\outside\\secret.txt",
    "d\\..\\..\\outside\\secret.txt",
    "d/..\\x",
    "/proc/self/root/etc/passwd",
    "/dev/zero",
    "/dev/stdin",
    TEMPORARY_PREFIX + "x",
    "d/" + TEMPORARY_PREFIX,
]


#: Paths that leave the root, or might, through links that `plant_links` makes.
LINKS = [
    "file-link",
    "directory-link/secret.txt",
    "directory-link/new.txt",
    "directory-link/new/new.txt",
    "relative-link",
    "inner-link",
    "chain-1/secret.txt",
    "loop",
    "loop/x",
    "up/outside/secret.txt",
    "up/root/a.txt",
    "magic/etc/passwd",
]


def plant_tree(place):
    """Make the root with a file and a directory in it, and what lies outside."""
    for name in ("outside", "root-evil"):
        (place / name).mkdir()
        (place / name / "secret.txt").write_text(SECRET)
    root = place / "root"
    (root / "d").mkdir(parents=True)
    (root / "a.txt").write_text("inside")
    (root / "d" / "b.txt").write_text("deeper")


def check_tree(place):
    """See that nothing outside was changed and nothing unfinished was left inside."""
    for name in ("outside", "root-evil"):
        assert [path.name for path in (place / name).iterdir()] == ["secret.txt"]
        assert (place / name / "secret.txt").read_text() == SECRET
    assert not list((place / "root").rglob(f"{TEMPORARY_PREFIX}*"))


def plant_links(root):
    """Put links into the root, to the outside and to the inside."""
    outside = root.parent / "outside"
    (root / "file-link").symlink_to(outside / "secret.txt")
    (root / "directory-link").symlink_to(outside)
    (root / "relative-link").symlink_to("../outside/secret.txt")
    (root / "inner-link").symlink_to("a.txt")
    (root / "chain-1").symlink_to("chain-2")
    (root / "chain-2").symlink_to(outside)
    (root / "loop").symlink_to("loop")
    (root / "broken").symlink_to(outside / "new.txt")
    (root / "up").symlink_to("..")
    (root / "magic").symlink_to("/proc/self/root")


def snapshot(directory):
    return {
        str(path.relative_to(directory)): path.read_bytes() if path.is_file() else None
        for path in directory.rglob("*")
        if not path.is_fifo() and not path.is_socket()
    }


class Files:
    """The functions of FS-ENV under one grant."""

    def __init__(self, root, mode="read-write", *, restrictions=None, **options):
        self.capability = FilesystemCapability(root, mode, **options)
        self.grant = Grant("FS-ENV", **(restrictions or {}))

    def __getattr__(self, name):
        function = self.capability.functions[name]
        return lambda *args: function(self.grant, *args)


def every_use(files, path):
    """All that a program can do with a path, each as a function of no arguments."""
    return [
        lambda: files.read_file(path),
        lambda: files._load(path),
        lambda: files.write_file("x", path),
        lambda: files._replace(path, b"x"),
        lambda: files.append_file("x", path),
        lambda: files._open_for_writing(path, True, False, True),
        lambda: files._open_for_writing(path, True, True, False),
        lambda: files._write_at(path, b"x", 0),
        lambda: files._write_at(path, b"x", None),
        lambda: files._truncate(path, 0),
        lambda: files.list_dir(path),
        lambda: files._entries(path),
        lambda: files.stat(path),
        lambda: files.make_dir(path),
        lambda: files.make_dir(path, True, True),
        lambda: files.remove(path),
        lambda: files._remove_file(path),
        lambda: files._remove_directory(path),
        lambda: files.rename(path, "renamed"),
    ]


#: Which of these change nothing.
READING = {0, 1, 10, 11, 12}
MAKES_PARENTS = 14


def refused(use, *types):
    """Check that a use is refused with one of these exceptions, or because nothing may be changed at all."""
    with pytest.raises(OSError) as caught:
        use()
    assert isinstance(caught.value, types) or str(caught.value).startswith("[Errno 30] Read-only file system")
    return str(caught.value)
