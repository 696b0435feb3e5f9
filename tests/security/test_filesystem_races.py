"""FS-ENV while others swap what a program is about to use (redteam 92 and 93)."""

from __future__ import annotations

import itertools
import os
import threading

from hostile_tree import Files, every_use

#: How many turns a race gets. Each turn is a fresh chance for a check and a use to see different things.
RACE_TURNS = 3000


def race(attack, turns=RACE_TURNS):
    """Let another thread call `attack` over and over during the block; count the block's turns with the iterator."""
    stop = threading.Event()

    def keep_on():
        while not stop.is_set():
            attack()

    thread = threading.Thread(target=keep_on)
    thread.start()
    try:
        yield from range(turns)
    finally:
        stop.set()
        thread.join()


def swapping(name, one, other):
    """Make a function that puts two things in place under one name, in turn, atomically."""
    turns = itertools.count()

    def swap():
        staged = name.with_name("staged")
        if next(turns) % 2:
            one(staged)
        else:
            other(staged)
        if name.is_dir() and not name.is_symlink():
            os.rename(name, name.with_name("away"))
            os.rename(staged, name)
            for inner in name.with_name("away").iterdir():
                inner.unlink()
            name.with_name("away").rmdir()
        elif staged.is_dir() and not staged.is_symlink():
            name.unlink()
            os.rename(staged, name)
        else:
            os.replace(staged, name)

    return swap


def test_a_file_swapped_for_a_link_is_never_followed(place, root):
    target = root / "swapped.txt"
    target.write_text("inside")
    swap = swapping(
        target, lambda path: path.write_text("inside"), lambda path: path.symlink_to(place / "outside" / "secret.txt")
    )
    files = Files(root)
    seen = set()
    for _ in race(swap):
        try:
            seen.add(files.read_file("swapped.txt"))
        except PermissionError:
            seen.add("refused")
    assert seen <= {"inside", "refused"}


def test_writing_to_a_file_swapped_for_a_link_stays_inside(place, root):
    target = root / "swapped.txt"
    target.write_text("inside")
    swap = swapping(
        target, lambda path: path.write_text("inside"), lambda path: path.symlink_to(place / "outside" / "secret.txt")
    )
    files = Files(root)
    uses = every_use(files, "swapped.txt")
    for turn in race(swap):
        try:
            uses[turn % len(uses)]()
        except OSError:
            pass
    # The fixture sees that nothing outside was changed.


def make_directory_with_decoy(path):
    path.mkdir()
    (path / "secret.txt").write_text("inside")


def test_a_directory_swapped_for_a_link_is_never_gone_through(place, root):
    target = root / "swapped"
    make_directory_with_decoy(target)
    swap = swapping(target, make_directory_with_decoy, lambda path: path.symlink_to(place / "outside"))
    files = Files(root)
    seen = set()

    def attack():
        try:
            swap()
        except OSError:  # the program made something in what is being taken away
            for leftover in root.glob("away/*"):
                leftover.unlink(missing_ok=True)

    for _ in race(attack):
        try:
            seen.add(files.read_file("swapped/secret.txt"))
        except OSError:
            seen.add("refused")
        for use in (
            lambda: files._write_at("swapped/secret.txt", b"inside", 0),
            lambda: seen.update(files.list_dir("swapped")),
        ):
            try:
                use()
            except OSError:
                seen.add("refused")
    assert seen <= {"inside", "refused", "secret.txt"}


def test_making_and_removing_in_a_swapped_directory_stays_inside(place, root):
    target = root / "swapped"
    target.mkdir()
    files = Files(root, max_files=10**6)

    def swap():
        os.rename(target, root / "away")
        target.symlink_to(place / "outside")
        target.unlink()
        os.rename(root / "away", target)

    for turn in race(swap):
        for use in (
            lambda turn=turn: files.write_file("x", f"swapped/new-{turn}.txt"),
            lambda turn=turn: files.remove(f"swapped/new-{turn}.txt"),
            lambda turn=turn: files.make_dir(f"swapped/made-{turn}"),
            lambda: files.remove("swapped/secret.txt"),
        ):
            try:
                use()
            except OSError:
                pass
    # The fixture sees that nothing outside was changed.


def test_a_file_swapped_for_a_pipe_blocks_nobody(root):
    target = root / "swapped"
    target.write_text("inside")
    swap = swapping(target, lambda path: path.write_text("inside"), os.mkfifo)
    files = Files(root)
    seen = set()
    for _ in race(swap):
        try:
            seen.add(files.read_file("swapped"))
        except PermissionError:
            seen.add("refused")
    assert seen <= {"inside", "refused"}


def test_a_growing_file_is_read_within_the_bound(root):
    path = root / "growing"
    path.write_bytes(b"x" * 1000)
    files = Files(root, max_file_bytes=2000)
    sizes = set()
    with path.open("ab", buffering=0) as file:
        for _ in race(lambda: file.write(b"x") if file.tell() < 3000 else file.truncate(1000) and file.seek(0, 2)):
            try:
                sizes.add(len(files._load("growing")))
            except OSError as error:
                sizes.add(str(error))
    sizes.discard("[Errno 27] File too large: 'growing'")
    assert sizes <= set(range(2001))


def test_readers_see_the_old_or_the_new_content(root):
    files = Files(root)
    contents = {"a" * 100_000, "b" * 100_000}
    old, new = contents
    files.write_file(old, "whole")
    turns = itertools.count()
    seen = set()
    for _ in race(lambda: files.write_file(new if next(turns) % 2 else old, "whole"), turns=1000):
        seen.add((root / "whole").read_text())
    assert seen <= contents
