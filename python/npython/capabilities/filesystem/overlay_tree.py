"""A tree whose changes stay in memory: the program sees them, the directory beneath does not."""

from __future__ import annotations

import errno
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from npython.capabilities.filesystem.failure import failure
from npython.capabilities.filesystem.guest_path import GuestPath
from npython.capabilities.filesystem.tree import Information

if TYPE_CHECKING:
    from collections.abc import Callable

    from npython.capabilities.filesystem.disk_tree import DiskTree
    from npython.capabilities.filesystem.quota import Quota
    from npython.capabilities.filesystem.tree import Bounds, Kind

__all__ = ["Changes", "OverlayTree"]

_Parts = tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What programs changed, by path.

    Attributes:
        files: Files written, with all of their content.
        directories: Directories made.
        removed: Files and directories of the root that were removed. What lies in a removed directory is not listed.
    """

    files: dict[str, bytes]
    directories: tuple[str, ...]
    removed: tuple[str, ...]


class OverlayTree:
    """Files in memory over those of a directory. The quota bounds what is held in memory.

    Args:
        lower: What lies beneath; it is only read.
        quota: What may be held.
        bounds: Sizes of what is read, written and listed.
    """

    __slots__ = ("_bounds", "_directories", "_files", "_lock", "_lower", "_quota", "_removed")

    def __init__(self, lower: DiskTree, quota: Quota, bounds: Bounds) -> None:
        self._lower = lower
        self._quota = quota
        self._bounds = bounds
        self._files: dict[_Parts, tuple[bytearray, int]] = {}
        self._directories: dict[_Parts, int] = {}
        self._removed: set[_Parts] = set()
        self._lock = threading.Lock()

    def changes(self) -> Changes:
        """Return what was changed so far."""
        with self._lock:
            return Changes(
                files={"/".join(parts): bytes(data) for parts, (data, _) in sorted(self._files.items())},
                directories=tuple("/".join(parts) for parts in sorted(self._directories)),
                removed=tuple("/".join(parts) for parts in sorted(self._removed)),
            )

    def read(self, path: GuestPath, charge: Callable[[int], None]) -> bytes:
        """Return a file's content."""
        with self._lock:
            held = self._held_file(path)
            if held is not None:
                charge(len(held))
                return bytes(held)
        return self._lower.read(path, charge)

    def information(self, path: GuestPath) -> Information:
        """Tell what is there."""
        with self._lock:
            return self._information(path)

    def entries(self, path: GuestPath) -> list[tuple[str, Kind]]:
        """List a directory."""
        with self._lock:
            return self._entries(path)

    def replace(self, path: GuestPath, data: bytes) -> None:
        """Hold `data` as the file's content."""
        with self._lock:
            self._file_or_none(path)
            self._hold(path, data)

    def open_for_writing(self, path: GuestPath, *, create: bool, exclusive: bool, truncate: bool) -> int:
        """See to it that a file is there and can be written, and return its size."""
        with self._lock:
            if exclusive and path.parts and not path.must_be_directory and self._exists(path):
                raise failure(errno.EEXIST, path.text)
            there = self._file_or_none(path)
            if there is None and not create:
                raise failure(errno.ENOENT, path.text)
            if there is None or truncate:
                self._hold(path, b"")
                return 0
            return there.size

    def write_at(self, path: GuestPath, data: bytes, offset: int | None) -> int:
        """Write into a file that is there, at the end without an offset. Return the offset after what was written."""
        with self._lock:
            held = self._own(path)
            start = len(held) if offset is None else offset
            end = start + len(data)
            if data:
                self._resize(path, held, max(end, len(held)))
                held[start:end] = data
            return end

    def truncate(self, path: GuestPath, size: int) -> None:
        """Give a file that is there this size."""
        with self._lock:
            self._resize(path, self._own(path), size)

    def make_directory(self, path: GuestPath) -> None:
        """Make a directory in one that is there."""
        with self._lock:
            if not path.parts or self._exists(path._replace(must_be_directory=False)):
                raise failure(errno.EEXIST, path.text)
            self._quota.add(path.text, files=1)
            self._directories[path.parts] = int(time.time())

    def rename(self, path: GuestPath, target: GuestPath) -> None:
        """Give a file or directory another path, in place of a file or an empty directory that is there."""
        for each in (path, target):
            if not each.parts:
                raise failure(errno.EBUSY, each.text)
        with self._lock:
            if self._information(path).kind == "directory":
                self._rename_directory(path, target)
                return
            self._file_or_none(target)
            if path.parts == target.parts:
                return
            held = self._held_file(path)
            self._hold(target, self._lower.read(path, lambda _: None) if held is None else bytes(held))
            self._forget(path)

    def _rename_directory(self, path: GuestPath, target: GuestPath) -> None:
        """Move a directory with all that is in it; what lies beneath is read into memory. All of it or nothing.

        Raises:
            OSError: It is on the way to the target, the target is no empty directory, or there is no room.
        """
        there = self._exists(target)
        if path.parts == target.parts:
            return
        if target.parts[: len(path.parts)] == path.parts:
            raise failure(errno.EINVAL, path.text)
        if there and self._information(target).kind != "directory":
            raise failure(errno.ENOTDIR, path.text)
        if there and self._entries(target):
            raise failure(errno.ENOTEMPTY, path.text)
        kept = dict(self._files), dict(self._directories), set(self._removed), self._quota.bytes, self._quota.files
        try:
            self._move_all(path, target)
        except BaseException:
            self._files, self._directories, self._removed, self._quota.bytes, self._quota.files = kept
            raise

    def _move_all(self, path: GuestPath, target: GuestPath) -> None:
        waiting: list[_Parts] = [()]
        while waiting:
            inner = waiting.pop()
            old, new = (GuestPath(each.text, each.parts + inner, must_be_directory=False) for each in (path, target))
            if self._information(old).kind == "directory":
                waiting.extend((*inner, name) for name, _ in self._entries(old))
                if new.parts not in self._directories:
                    self._quota.add(target.text, files=1)
                self._directories[new.parts] = int(time.time())
            elif (held := self._files.pop(old.parts, None)) is not None:
                self._files[new.parts] = held
            else:
                self._hold(new, self._lower.read(old, lambda _: None))
        start = len(path.parts)
        for made in [parts for parts in self._directories if parts[:start] == path.parts and parts != path.parts]:
            del self._directories[made]
            self._quota.add(path.text, files=-1)
        for gone in [parts for parts in self._removed if parts[:start] == path.parts and parts != path.parts]:
            self._removed.discard(gone)
            self._quota.add(path.text, files=-1)
        self._forget(GuestPath(path.text, path.parts, must_be_directory=False))

    def remove_file(self, path: GuestPath) -> None:
        """Remove a file."""
        with self._lock:
            if not path.parts or self._information(path).kind == "directory":
                raise failure(errno.EISDIR, path.text)
            self._forget(path)

    def remove_directory(self, path: GuestPath) -> None:
        """Remove an empty directory."""
        if not path.parts:
            raise failure(errno.EBUSY, path.text)
        with self._lock:
            if self._entries(path):
                raise failure(errno.ENOTEMPTY, path.text)
            self._forget(path)

    def _entries(self, path: GuestPath) -> list[tuple[str, Kind]]:
        """List a directory.

        Raises:
            OSError: It is none, or has too many entries.
        """
        if self._information(path).kind != "directory":
            raise failure(errno.ENOTDIR, path.text)
        parts = path.parts
        found: dict[str, Kind] = {}
        if self._shows_lower(parts) and parts not in self._directories:
            found = {name: kind for name, kind in self._lower.entries(path) if (*parts, name) not in self._removed}
        found.update((inner[-1], "directory") for inner in self._directories if inner[:-1] == parts)
        found.update((inner[-1], "file") for inner in self._files if inner[:-1] == parts)
        if len(found) > self._bounds.entries:
            raise OSError(f"more than {self._bounds.entries} entries: {path.text!r}")
        return sorted(found.items())

    def _shows_lower(self, parts: _Parts) -> bool:
        """Whether neither it nor a directory it is in was removed."""
        return not self._removed or not any(parts[:count] in self._removed for count in range(1, len(parts) + 1))

    def _information(self, path: GuestPath) -> Information:
        """Tell what is there, in memory or beneath.

        Raises:
            OSError: Nothing is.
        """
        parts = path.parts
        self._check_way(path)
        held = self._files.get(parts)
        if held is not None:
            if path.must_be_directory:
                raise failure(errno.ENOTDIR, path.text)
            return Information("file", len(held[0]), held[1])
        if parts in self._directories:
            return Information("directory", 0, self._directories[parts])
        if self._shows_lower(parts):
            return self._lower.information(path)
        raise failure(errno.ENOENT, path.text)

    def _check_way(self, path: GuestPath) -> None:
        """Refuse a path that leads through something else than directories.

        Raises:
            OSError: It does.
        """
        for count in range(1, len(path.parts)):
            above = path.parts[:count]
            if above in self._files:
                raise failure(errno.ENOTDIR, path.text)
            if above in self._directories:
                continue
            if not self._shows_lower(above):
                raise failure(errno.ENOENT, path.text)
            # What lies beneath refuses for itself, once, when the rest of the way is not in memory.
            if not any(path.parts[:longer] in self._directories for longer in range(count + 1, len(path.parts))):
                break

    def _held_file(self, path: GuestPath) -> bytearray | None:
        """Return the content held in memory; None if the file beneath is the one to read.

        Raises:
            OSError: There is no such file.
        """
        self._check_way(path)
        held = self._files.get(path.parts)
        if held is not None:
            if path.must_be_directory:
                raise failure(errno.ENOTDIR, path.text)
            return held[0]
        if path.parts in self._directories:
            raise failure(errno.EISDIR, path.text)
        if not self._shows_lower(path.parts):
            raise failure(errno.ENOENT, path.text)
        return None

    def _own(self, path: GuestPath) -> bytearray:
        """Return the content of a file to be changed in place; that of a file beneath is copied first.

        Raises:
            OSError: There is no such file, or no room for it.
        """
        held = self._held_file(path)
        return self._hold(path, self._lower.read(path, lambda _: None)) if held is None else held

    def _resize(self, path: GuestPath, held: bytearray, size: int) -> None:
        """Cut a file, or fill it up with zeros.

        Raises:
            OSError: There is no room.
        """
        if size > self._bounds.file_bytes:
            raise failure(errno.EFBIG, path.text)
        self._quota.add(path.text, growth=size - len(held))
        if size < len(held):
            del held[size:]
        else:
            held.extend(bytes(size - len(held)))
        self._files[path.parts] = (held, int(time.time()))

    def _exists(self, path: GuestPath) -> bool:
        """Whether something is there, in a directory that is there.

        Raises:
            OSError: The directory is not there, or what is there may not be reached.
        """
        try:
            self._information(path)
        except FileNotFoundError:
            self._require_directory(path)
            return False
        return True

    def _file_or_none(self, path: GuestPath) -> Information | None:
        """Tell what file is there, in a directory that is there.

        Raises:
            OSError: It is a directory, or the directory it would be in is not there.
        """
        if not path.parts:
            raise failure(errno.EISDIR, path.text)
        try:
            there = self._information(path)
        except FileNotFoundError:
            self._require_directory(path)
            if path.must_be_directory:
                raise failure(errno.EISDIR, path.text) from None
            return None
        if there.kind == "directory":
            raise failure(errno.EISDIR, path.text)
        return there

    def _require_directory(self, path: GuestPath) -> None:
        """Refuse a path whose last name would be in no directory.

        Raises:
            OSError: It would.
        """
        if self._information(GuestPath(path.text, path.parts[:-1], must_be_directory=True)).kind != "directory":
            raise failure(errno.ENOTDIR, path.text)

    def _hold(self, path: GuestPath, data: bytes) -> bytearray:
        """Keep `data` as the content of a file.

        Raises:
            OSError: It is more than may be held.
        """
        if len(data) > self._bounds.file_bytes:
            raise failure(errno.EFBIG, path.text)
        held = self._files.get(path.parts)
        growth = len(data) - (len(held[0]) if held is not None else 0)
        self._quota.add(path.text, growth=growth, files=int(held is None))
        content = bytearray(data)
        self._files[path.parts] = (content, int(time.time()))
        return content

    def _forget(self, path: GuestPath) -> None:
        """Remove a file or an empty directory."""
        parts = path.parts
        held = self._files.pop(parts, None)
        made = self._directories.pop(parts, None)
        if held is not None or made is not None:
            self._quota.add(path.text, growth=-len(held[0]) if held is not None else 0, files=-1)
        if self._shows_lower(parts):
            try:
                self._lower.information(path)
            except FileNotFoundError:
                return
            self._quota.add(path.text, files=1)
            self._removed.add(parts)
