"""FS-ENV against a hostile program, and against others who change the tree at the same time.

Every test fails when the defence it is about is taken out.
"""

from __future__ import annotations

import errno
import os
import socket
import threading

import pytest
from hostile_tree import LINKS, MAKES_PARENTS, OUTSIDE, READING, SECRET, Files, every_use, refused, snapshot

from npython.capabilities import FilesystemCapability
from npython.capabilities.filesystem.guest_path import TEMPORARY_PREFIX
from npython.security import GrantError

MODES = ["read", "read-write", "overlay"]
# Line 91: paths.


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", OUTSIDE)
def test_ways_out_are_refused(path, mode, root):
    before = snapshot(root)
    files = Files(root, mode)
    for use in [*every_use(files, path), lambda: files.exists(path), lambda: files._kind(path)]:
        with pytest.raises(PermissionError) as caught:
            use()
        assert str(caught.value) == f"[Errno 13] Permission denied: {path!r}"
    assert snapshot(root) == before


@pytest.mark.parametrize("mode", MODES)
def test_the_absolute_path_of_the_root_is_no_way_in(mode, root):
    with pytest.raises(PermissionError):
        Files(root, mode).read_file(str(root / "a.txt"))


@pytest.mark.parametrize(
    "path", ["a\nb", "a\rb", "\x1b[31m", "a\x7f", "\x85", "a\u2028b", "a\u202eb", "\u2066", "\ud800"]
)
def test_names_have_no_control_characters(path, root):
    files = Files(root)
    for use in [*every_use(files, path), lambda: files.exists(path)]:
        with pytest.raises(OSError, match=r"\[Errno 22\] Invalid argument"):
            use()


def test_nothing_is_at_the_empty_path(root):
    assert Files(root).exists("") is False


@pytest.mark.parametrize("mode", MODES)
def test_a_nul_ends_no_path(mode, root):
    files = Files(root, mode)
    for path in "a.txt\0.png", "\0", "d/\0":
        for use in [*every_use(files, path), lambda path=path: files.exists(path)]:
            with pytest.raises(ValueError, match="embedded null byte"):
                use()


@pytest.mark.parametrize(
    "path", ["x" * 256, "x" * 10**5, "d/" + "é" * 128, "/".join("x" * 65), "d/" * 3000, "é" * 10**5]
)
@pytest.mark.parametrize("mode", MODES)
def test_long_and_deep_paths_are_refused(path, mode, root):
    for use in every_use(Files(root, mode), path):
        with pytest.raises(OSError, match=r"\[Errno 36\] File name too long"):
            use()


@pytest.mark.parametrize("path", [b"a.txt", 0, 1, None, ["a.txt"], True, 1.5])
def test_paths_are_text(path, root):
    for use in every_use(Files(root), path):
        with pytest.raises(TypeError):
            use()


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
@pytest.mark.parametrize(
    "path",
    ["~", "~root", "a.txt ", "a.txt.", '"a.txt"', "...", "CON", "f::$DATA", "%2e%2e", "$HOME", "*", "\u2025", "．．"],
)
def test_odd_names_are_just_names(path, mode, root):
    files = Files(root, mode)
    files.write_file("x", path)
    assert files.read_file(path) == "x"
    assert files.read_file("a.txt") == "inside"
    assert path in files.list_dir()
    assert (mode == "read-write") == (path in os.listdir(root))


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_unicode_forms_are_different_names(mode, root):
    files = Files(root, mode)
    files.write_file("composed", "\u00e9")
    assert files.exists("e\u0301") is (root / "e\u0301").exists()
    files.write_file("decomposed", "e\u0301")
    assert (files.read_file("\u00e9"), files.read_file("e\u0301")) == ("composed", "decomposed")


def test_the_way_to_a_path_that_is_refused_is_not_told(root):
    for number, use in enumerate(every_use(Files(root), "no/such/file")):
        if number == MAKES_PARENTS:
            continue
        with pytest.raises(FileNotFoundError) as caught:
            use()
        assert str(root) not in str(caught.value)
        assert caught.value.filename is None


# Line 92: links, special files, races, sizes.


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", LINKS)
def test_links_are_not_followed(path, mode, links):
    before = snapshot(links)
    files = Files(links, mode)
    for use in every_use(files, path):
        assert refused(use, PermissionError, FileExistsError).endswith(repr(path))
    assert files.exists(path) is False
    assert snapshot(links) == before


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
@pytest.mark.parametrize("path", [*OUTSIDE, *LINKS])
def test_no_file_is_renamed_out_of_the_tree(path, mode, links):
    before = snapshot(links)
    refused(lambda: Files(links, mode).rename("a.txt", path), PermissionError)
    assert snapshot(links) == before


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_nothing_is_made_through_a_broken_link(mode, links):
    for use in every_use(Files(links, mode), "broken"):
        refused(use, PermissionError, FileExistsError)


@pytest.mark.parametrize("mode", MODES)
def test_links_are_not_listed(mode, links):
    assert Files(links, mode).list_dir() == ["a.txt", "d"]


def test_the_sibling_with_the_same_prefix_is_out_of_reach(place, root):
    files = Files(root)
    for path in "../root-evil/secret.txt", "-evil/secret.txt", str(place / "root-evil" / "secret.txt"):
        with pytest.raises(OSError):
            files.read_file(path)


@pytest.mark.parametrize("mode", MODES)
def test_files_with_another_name_are_out_of_reach(mode, place, root):
    os.link(place / "outside" / "secret.txt", root / "hard")
    files = Files(root, mode)
    for use in every_use(files, "hard"):
        refused(use, PermissionError, FileExistsError, NotADirectoryError)
    assert files.exists("hard") is False
    (root / "hard").unlink()


def test_files_with_another_name_can_be_allowed(place, root):
    os.link(place / "outside" / "secret.txt", root / "hard")
    files = Files(root, "read-write", hard_links=True)
    assert files.read_file("hard") == SECRET
    files.write_file("replaced here, not there", "hard")
    assert files.read_file("hard") == "replaced here, not there"


@pytest.mark.parametrize("mode", MODES)
def test_pipes_sockets_and_devices_are_no_files(mode, root):
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(root / "socket"))
        files = Files(root, mode)
        for path in "pipe", "socket", "pipe/x":
            for use in every_use(files, path):
                refused(use, PermissionError, FileExistsError)
            assert files.exists(path) is False
        assert files.list_dir() == ["a.txt", "d"]


def test_a_pipe_with_a_reader_is_no_file_either(root):
    os.mkfifo(root / "pipe")
    reader = os.open(root / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        for use in every_use(Files(root), "pipe"):
            refused(use, PermissionError, FileExistsError)
        assert os.read(reader, 10) == b""
    finally:
        os.close(reader)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs /dev/zero")
@pytest.mark.parametrize("path", ["zero", "null", "stdin", "fd/0", "tty", "random"])
def test_devices_beneath_the_root_are_no_files(path):
    files = Files("/dev", "read")
    with pytest.raises(OSError, match="Errno"):
        files.read_file(path)
    with pytest.raises(OSError, match="Errno"):
        files._load(path)


@pytest.mark.skipif(not os.path.exists("/proc/self/root"), reason="needs /proc")
@pytest.mark.parametrize("path", ["root/etc/passwd", "cwd/pyproject.toml", "fd/0", "exe", "fd/1", "task/../root"])
def test_magic_links_beneath_the_root_are_not_followed(path):
    files = Files("/proc/self", "read")
    with pytest.raises(PermissionError):
        files.read_file(path)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc")
def test_a_file_that_says_it_is_empty_is_read_within_the_bound():
    assert "Name:" in Files("/proc/self", "read").read_file("status")
    with pytest.raises(OSError, match=r"\[Errno 27\] File too large: 'status'"):
        Files("/proc/self", "read", max_file_bytes=100).read_file("status")
    with pytest.raises(GrantError):
        Files("/proc/self", "read", restrictions={"max_bytes": 100}).read_file("status")


@pytest.mark.parametrize("mode", MODES)
def test_a_huge_sparse_file_is_refused_unread(mode, root):
    with (root / "huge").open("wb") as file:
        file.truncate(2**40)
    files = Files(root, mode)
    for use in (lambda: files.read_file("huge"), lambda: files._load("huge")):
        with pytest.raises(OSError, match=r"\[Errno 27\] File too large: 'huge'"):
            use()
    assert files.stat("huge")["size"] == 2**40


def test_directories_are_no_files_and_files_no_directories(root):
    files = Files(root)
    for path in "d", "d/", ".", "./", "d/.":
        for use in (lambda path=path: files.read_file(path), lambda path=path: files.write_file("x", path)):
            with pytest.raises(IsADirectoryError):
                use()
    for use in (
        lambda: files.list_dir("a.txt"),
        lambda: files.read_file("a.txt/x"),
        lambda: files.read_file("a.txt/"),
        lambda: files._remove_directory("a.txt"),
        lambda: files.make_dir("a.txt/x"),
    ):
        with pytest.raises(NotADirectoryError):
            use()
    with pytest.raises(OSError, match=rf"\[Errno {errno.ENOTEMPTY}\]"):
        files.remove("d")
    for use in (lambda: files.remove("."), lambda: files._remove_directory("d/../")):
        with pytest.raises(OSError, match="Errno"):
            use()
    assert root.is_dir()


def test_text_that_is_not_utf_8_is_refused(root):
    (root / "binary").write_bytes(b"a\xff")
    files = Files(root)
    with pytest.raises(UnicodeDecodeError):
        files.read_file("binary")
    assert files._load("binary") == b"a\xff"


# Line 93: writing, quotas, listings.


@pytest.mark.parametrize("mode", ["read-write"])
def test_protected_files_are_not_replaced(mode, root):
    (root / "a.txt").chmod(0o444)
    files = Files(root, mode)
    for use in (
        lambda: files.write_file("x", "a.txt"),
        lambda: files.append_file("x", "a.txt"),
        lambda: files._write_at("a.txt", b"x", 0),
        lambda: files._truncate("a.txt", 0),
        lambda: files._open_for_writing("a.txt", True, False, True),
    ):
        with pytest.raises(PermissionError):
            use()
    assert files.read_file("a.txt") == "inside"


def test_reading_mode_changes_nothing(root):
    before = snapshot(root)
    files = Files(root, "read")
    changing = [use for number, use in enumerate(every_use(files, "a.txt")) if number not in READING]
    for use in changing:
        with pytest.raises(OSError, match=r"\[Errno 30\] Read-only file system: 'a.txt'"):
            use()
    assert snapshot(root) == before


def test_an_overlay_leaves_the_directory_alone(root):
    before = snapshot(root)
    files = Files(root, "overlay")
    files.write_file("new", "a.txt")
    files.append_file("!", "d/b.txt")
    files.make_dir("e/f", True)
    files.write_file(b"\x00", "e/f/g")
    files.remove("e/f/g")
    files.write_file("kept", "e/h")
    files.remove("d/b.txt")
    files.remove("d")
    assert snapshot(root) == before
    assert files.list_dir() == ["a.txt", "e"]
    changes = files.capability.changes
    assert changes.files == {"a.txt": b"new", "e/h": b"kept"}
    assert changes.directories == ("e", "e/f")
    assert changes.removed == ("d", "d/b.txt")
    files.make_dir("d")
    assert files.list_dir("d") == []


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_bytes_are_bounded(mode, root):
    files = Files(root, mode, max_bytes=1000)
    files.write_file("x" * 600, "one")
    for use in (
        lambda: files.write_file("x" * 401, "two"),
        lambda: files.append_file("x" * 401, "one"),
        lambda: files._write_at("one", b"x", 1000),
        lambda: files._truncate("one", 1001),
        lambda: files._write_at("one", b"x" * 402, 599),
    ):
        with pytest.raises(OSError, match=r"\[Errno 122\] Disk quota exceeded"):
            use()
    assert files.read_file("one") == "x" * 600
    assert not files.exists("two")
    files.write_file("x" * 400, "two")
    files.remove("one")
    files.write_file("x" * 600, "three")
    with pytest.raises(OSError, match="quota"):
        files.append_file("x", "three")


def test_removing_what_was_there_gives_no_room(root):
    (root / "large").write_bytes(bytes(5000))
    files = Files(root, max_bytes=1000)
    files.remove("large")
    with pytest.raises(OSError, match="quota"):
        files.write_file("x" * 1001, "new")


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_files_are_counted(mode, root):
    files = Files(root, mode, max_files=5)
    made = 0
    with pytest.raises(OSError, match=r"\[Errno 122\] Disk quota exceeded"):
        for number in range(10**6):
            use = [files.make_dir, lambda path: files.write_file("", path), lambda path: files.append_file("", path)]
            use[number % 3](f"new-{number}")
            made += 1
    assert made == 5
    with pytest.raises(OSError, match="quota"):
        files._open_for_writing("another", True, True, False)
    files.remove("new-0")
    files.write_file("", "another")


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_many_writers_share_one_quota(mode, root):
    files = Files(root, mode, max_bytes=1000, max_files=100)
    start = threading.Barrier(8)

    def write(number):
        start.wait()
        for turn in range(100):
            try:
                files.write_file("x" * 7, f"{number}-{turn}")
                files.append_file("y" * 3, f"{number}-{turn}")
            except OSError:
                pass

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sizes = [files.stat(name)["size"] for name in files.list_dir() if "-" in name]
    assert sum(sizes) <= 1000
    assert len(sizes) <= 100
    assert sum(sizes) > 900


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_a_file_has_a_largest_size(mode, root):
    files = Files(root, mode, max_file_bytes=1000)
    files.write_file("x" * 1000, "full")
    for use in (
        lambda: files.write_file("x" * 1001, "full"),
        lambda: files.append_file("x", "full"),
        lambda: files._write_at("full", b"x", 2**62),
        lambda: files._truncate("full", 2**62),
    ):
        with pytest.raises(OSError, match=r"\[Errno 27\] File too large: 'full'"):
            use()
    assert files.read_file("full") == "x" * 1000


@pytest.mark.parametrize("offset", [-1, -(2**70)])
def test_there_is_nothing_before_the_start_of_a_file(offset, root):
    files = Files(root)
    with pytest.raises(ValueError, match="negative seek value"):
        files._write_at("a.txt", b"x", offset)
    with pytest.raises(OSError, match="Invalid argument"):
        files._truncate("a.txt", offset)


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_numbers_beyond_64_bits_are_too_large(mode, root):
    files = Files(root, mode)
    with pytest.raises(OSError, match="too large"):
        files._write_at("a.txt", b"x", 2**70)
    with pytest.raises(OSError, match="too large"):
        files._truncate("a.txt", 2**70)


def test_a_failed_write_leaves_the_old_content_and_no_other_file(root, monkeypatch):
    files = Files(root, max_bytes=100)

    def full(handle, data):
        raise OSError(errno.ENOSPC, "No space left on device", "/host/path")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for use in (lambda: files.write_file("xx", "a.txt"), lambda: files.append_file("xx", "a.txt")):
            with pytest.raises(OSError, match=r"\[Errno 28\] No space left on device: 'a.txt'"):
                use()
    assert snapshot(root) == {"a.txt": b"inside", "d": None, "d/b.txt": b"deeper"}
    files.write_file("x" * 100, "new")


def test_a_partial_write_is_counted_as_far_as_it_went(root, monkeypatch):
    files = Files(root, max_bytes=100)
    write = os.write

    def nearly_full(handle, data):
        if len(data) < 40:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[:20])

    files.write_file("", "new")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full)
        with pytest.raises(OSError, match="No space left"):
            files.append_file("x" * 60, "new")
    assert files.stat("new")["size"] == 40
    files.append_file("x" * 60, "new")
    with pytest.raises(OSError, match="quota"):
        files.append_file("x", "new")


def test_replaced_files_keep_their_permissions_and_no_special_ones(root):
    (root / "a.txt").chmod(0o640)
    files = Files(root)
    files.write_file("x", "a.txt")
    assert (root / "a.txt").stat().st_mode & 0o7777 == 0o640
    (root / "a.txt").chmod(0o4755)
    files.write_file("x", "a.txt")
    assert (root / "a.txt").stat().st_mode & 0o7777 == 0o755


def test_new_files_follow_the_umask(root):
    before = os.umask(0o027)
    try:
        files = Files(root)
        files.write_file("x", "new")
        files.append_file("x", "appended")
        files.make_dir("made")
    finally:
        os.umask(before)
    assert [(root / name).stat().st_mode & 0o777 for name in ("new", "appended", "made")] == [0o640, 0o640, 0o750]


def test_appends_from_many_threads_are_all_there(root):
    files = Files(root)
    threads = [
        threading.Thread(
            target=lambda letter=letter: [files.append_file(letter * 10 + "\n", "log") for _ in range(200)]
        )
        for letter in "abcd"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (root / "log").read_text().split()
    assert sorted(lines) == sorted([letter * 10 for letter in "abcd" for _ in range(200)])


@pytest.mark.parametrize("mode", MODES)
def test_listings_are_bounded(mode, root):
    for number in range(50):
        (root / "d" / str(number)).touch()
    assert len(Files(root, mode, max_entries=51).list_dir("d")) == 51
    for name in "list_dir", "_entries":
        with pytest.raises(OSError, match="more than 50 entries: 'd'"):
            getattr(Files(root, mode, max_entries=50), name)("d")


def test_listings_leave_out_names_that_could_mislead(root):
    for name in (b"new\nline", b"\x1b[2J", b"not utf-8 \xff", "\u202egnp.exe".encode(), b"back\\slash", b".npython-0"):
        with open(os.fsencode(root) + b"/" + name, "wb"):
            pass
    assert Files(root).list_dir() == ["a.txt", "d"]
    for path in root.glob(f"{TEMPORARY_PREFIX}*"):
        path.unlink()


def test_listings_in_many_threads_do_not_disturb_each_other(root):
    for number in range(300):
        (root / str(number)).touch()
    files = Files(root)
    expected = files.list_dir()
    seen = []
    threads = [
        threading.Thread(target=lambda: seen.extend(files.list_dir() == expected for _ in range(50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 200
    assert all(seen)


def test_no_handle_is_left_open(root, links):
    files = Files(root)
    before = set(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else set()
    for path in ["a.txt", "d", "d/b.txt", "no/such", "../x", "new", "d/new/new", *LINKS]:
        for use in every_use(files, path):
            try:
                use()
            except OSError:
                pass
    if before:
        assert set(os.listdir("/proc/self/fd")) <= before


def test_the_handle_of_the_root_goes_with_the_capability(root):
    if not os.path.exists("/proc/self/fd"):
        pytest.skip("needs /proc")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(100):
        Files(root).read_file("a.txt")
    assert len(os.listdir("/proc/self/fd")) == before


# Grants.


@pytest.mark.parametrize("mode", ["read-write", "overlay"])
def test_a_grant_narrows_to_paths_by_their_parts(mode, root):
    (root / "d-evil").mkdir()
    files = Files(root, mode, restrictions={"paths": ("/d",)})
    assert files.read_file("d/b.txt") == "deeper"
    assert files.read_file("./d//b.txt") == "deeper"
    assert files.list_dir("d") == ["b.txt"]
    files.make_dir("d/e/f", True)
    for path in "a.txt", "d-evil", "d-evil/x", ".", "d.txt", "D/b.txt":
        for use in [*every_use(files, path), lambda path=path: files.exists(path)]:
            with pytest.raises(GrantError):
                use()


def test_parents_outside_the_grant_are_not_made(root):
    files = Files(root, restrictions={"paths": ("/new/inner",)})
    with pytest.raises(FileNotFoundError):
        files.make_dir("new/inner/x", True)
    assert not (root / "new").exists()


def test_a_read_only_grant_changes_nothing(root):
    before = snapshot(root)
    files = Files(root, restrictions={"read_only": True})
    assert files.read_file("a.txt") == "inside"
    for number, use in enumerate(every_use(files, "a.txt")):
        if number not in READING:
            with pytest.raises(GrantError):
                use()
    assert snapshot(root) == before


def test_a_grant_counts_bytes_before_they_move(root):
    files = Files(root, restrictions={"max_bytes": 10})
    files.read_file("a.txt")
    for use in (
        lambda: files.read_file("a.txt"),
        lambda: files._load("a.txt"),
        lambda: files.write_file("xxxxx", "a.txt"),
        lambda: files.append_file("xxxxx", "a.txt"),
        lambda: files._write_at("a.txt", b"xxxxx", 0),
    ):
        with pytest.raises(GrantError):
            use()
    files.write_file("four", "a.txt")
    assert (root / "a.txt").read_text() == "four"


def test_a_grant_counts_calls_of_every_function(root):
    for number in range(len(every_use(None, ""))):
        files = Files(root, restrictions={"max_calls": 0})
        with pytest.raises(GrantError, match="calls"):
            every_use(files, "a.txt")[number]()
    assert snapshot(root) == {"a.txt": b"inside", "d": None, "d/b.txt": b"deeper"}


def test_an_expired_grant_allows_nothing(root):
    for use in every_use(Files(root, restrictions={"expires_at": 1.0}), "a.txt"):
        with pytest.raises(GrantError, match="expired"):
            use()


# What the embedder says.


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"mode": "write"}, ValueError),
        ({"mode": ""}, ValueError),
        ({"max_bytes": -1}, ValueError),
        ({"max_bytes": None}, TypeError),
        ({"max_files": 1.5}, ValueError),
        ({"max_file_bytes": "many"}, ValueError),
        ({"max_entries": float("inf")}, ValueError),
        ({"unknown": 1}, TypeError),
    ],
)
def test_odd_options_are_refused(options, error, root):
    with pytest.raises(error):
        FilesystemCapability(root, **options)


def test_the_root_must_be_a_directory(root):
    with pytest.raises(NotADirectoryError):
        FilesystemCapability(root / "a.txt")
    with pytest.raises(FileNotFoundError):
        FilesystemCapability(root / "missing")


def test_reading_is_the_default(root):
    assert FilesystemCapability(root).mode == "read"


def test_the_root_is_the_directory_and_not_its_name(place, root):
    files = Files(root)
    root.rename(place / "moved")
    (place / "root").symlink_to(place / "outside")
    assert files.read_file("a.txt") == "inside"
    with pytest.raises(FileNotFoundError):
        files.read_file("secret.txt")
    (place / "root").unlink()
    (place / "moved").rename(root)


def test_nothing_of_the_host_shows(root):
    assert str(root) not in repr(FilesystemCapability(root))
    assert str(root) not in FilesystemCapability(root).describe
