"""The tree that is a directory of the host."""

from __future__ import annotations

import errno
import itertools
import os
import secrets
import stat
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from npython.capabilities.filesystem.failure import failure
from npython.capabilities.filesystem.guest_path import TEMPORARY_PREFIX, is_usable_name
from npython.capabilities.filesystem.tree import Information

if TYPE_CHECKING:
    from collections.abc import Callable

    from npython.capabilities.filesystem.guest_path import GuestPath
    from npython.capabilities.filesystem.quota import Quota
    from npython.capabilities.filesystem.root_directory import RootDirectory
    from npython.capabilities.filesystem.tree import Bounds, Kind

__all__ = ["DiskTree"]

_PIECE = 2**16
_ANYBODY_MAY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class DiskTree:
    """Files beneath a `RootDirectory`. What changes it does so one operation at a time; reading waits for nothing.

    Args:
        root: Where they are.
        quota: What may be added.
        bounds: Sizes of what is read, written and listed.
        durable: Whether a replaced file is on the disk, not just handed to the system, before the operation returns.
    """

    __slots__ = ("_bounds", "_durable", "_lock", "_quota", "_root")

    def __init__(self, root: RootDirectory, quota: Quota, bounds: Bounds, *, durable: bool = False) -> None:
        self._root = root
        self._quota = quota
        self._bounds = bounds
        self._durable = durable
        self._lock = threading.Lock()

    def read(self, path: GuestPath, charge: Callable[[int], None]) -> bytes:
        """Return a file's content."""
        handle, status = self._root.open_file(path, os.O_RDONLY)
        try:
            size = status.st_size
            self._check_size(size, path)
            charge(size)
            data = os.read(handle, size)
            if len(data) < size or not size:
                data = self._read_on(handle, data, size, path, charge)
        except OSError as error:
            raise _unless_ours(error, path) from None
        finally:
            os.close(handle)
        return data

    def _read_on(self, handle: int, data: bytes, size: int, path: GuestPath, charge: Callable[[int], None]) -> bytes:
        """Read on to the size the file had when it was opened; to its end if it tells no size, as those of /proc do."""
        pieces = [data]
        total = len(data)
        while piece := os.read(handle, size - total if size else _PIECE):
            pieces.append(piece)
            total += len(piece)
            self._check_size(total, path)
            if total > size:
                charge(len(piece))
        return b"".join(pieces)

    def information(self, path: GuestPath) -> Information:
        """Tell what is there."""
        status = self._root.status(path)
        kind: Kind = "directory" if stat.S_ISDIR(status.st_mode) else "file"
        return Information(kind, status.st_size if kind == "file" else 0, int(status.st_mtime))

    def entries(self, path: GuestPath) -> list[tuple[str, Kind]]:
        """List a directory."""
        most = self._bounds.entries
        handle = self._root.open_listing(path)
        found: list[tuple[str, Kind]] = []
        count = 0
        try:
            with os.scandir(handle) as listing:
                for entry in itertools.islice(listing, most + 1):
                    count += 1
                    if is_usable_name(entry.name):
                        if entry.is_dir(follow_symlinks=False):
                            found.append((entry.name, "directory"))
                        elif entry.is_file(follow_symlinks=False):
                            found.append((entry.name, "file"))
        except OSError as error:
            raise _unless_ours(error, path) from None
        finally:
            os.close(handle)
        if count > most:
            raise OSError(f"more than {most} entries: {path.text!r}")
        found.sort()
        return found

    def replace(self, path: GuestPath, data: bytes) -> None:
        """Write a new file beside the old one and give it the old one's name."""
        self._check_size(len(data), path)
        with self._lock:
            parent = self._enter_parent(path)
            try:
                old = self._writable_status(parent, path)
                growth = len(data) - (old.st_size if old is not None else 0)
                created = int(old is None)
                self._quota.add(path.text, growth=max(growth, 0), files=created)
                try:
                    self._put_in_place(parent, path, data, old)
                except BaseException:
                    self._quota.add(path.text, growth=-max(growth, 0), files=-created)
                    raise
                self._quota.add(path.text, growth=min(growth, 0))
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                self._root.leave(parent)

    def _check_size(self, size: int, path: GuestPath) -> None:
        """Refuse what is larger than the largest file.

        Raises:
            OSError: It is (EFBIG).
        """
        if size > self._bounds.file_bytes:
            raise failure(errno.EFBIG, path.text)

    def _enter_parent(self, path: GuestPath) -> int:
        if not path.parts:
            raise failure(errno.EISDIR, path.text)
        return self._root.enter(path.parts[:-1], path.text)

    def _writable_status(self, parent: int, path: GuestPath) -> os.stat_result | None:
        """Tell what is about to be replaced, if anything; it must be a file that could be written in place.

        Raises:
            OSError: It could not.
        """
        try:
            handle, status = self._root.open_name(
                parent, path.parts[-1], path, os.O_WRONLY | (os.O_CREAT if path.must_be_directory else 0)
            )
        except FileNotFoundError:
            return None
        os.close(handle)
        _refuse_protected(status, path)
        return status

    def _put_in_place(self, parent: int, path: GuestPath, data: bytes, old: os.stat_result | None) -> None:
        name = TEMPORARY_PREFIX + secrets.token_hex(8)
        handle = os.open(
            name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666, dir_fd=parent
        )
        try:
            try:
                _write_all(handle, data)
                if old is not None:
                    os.fchmod(handle, stat.S_IMODE(old.st_mode) & 0o777)
                if self._durable:
                    os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(name, path.parts[-1], src_dir_fd=parent, dst_dir_fd=parent)
        except BaseException:
            with suppress(OSError):
                os.unlink(name, dir_fd=parent)
            raise
        if self._durable:
            os.fsync(parent)

    def open_for_writing(self, path: GuestPath, *, create: bool, exclusive: bool, truncate: bool) -> int:
        """See to it that a file is there and can be written, and return its size."""
        with self._lock:
            handle, status = self._open_or_create(path, create=create, exclusive=exclusive)
            try:
                _refuse_protected(status, path)
                if truncate:
                    os.ftruncate(handle, 0)
                    self._quota.add(path.text, growth=-status.st_size)
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                os.close(handle)
            return 0 if truncate else status.st_size

    def _open_or_create(self, path: GuestPath, *, create: bool, exclusive: bool) -> tuple[int, os.stat_result]:
        if not exclusive:
            try:
                return self._root.open_file(path, os.O_WRONLY | (os.O_CREAT if path.must_be_directory else 0))
            except FileNotFoundError:
                if not create:
                    raise
        self._quota.add(path.text, files=1)
        try:
            return self._root.open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except BaseException:
            self._quota.add(path.text, files=-1)
            raise

    def write_at(self, path: GuestPath, data: bytes, offset: int | None) -> int:
        """Write into a file that is there, at the end without an offset. Return the offset after what was written."""
        with self._lock:
            handle, status = self._root.open_file(path, os.O_WRONLY | (os.O_APPEND if offset is None else 0))
            try:
                _refuse_protected(status, path)
                start = status.st_size if offset is None else offset
                self._write_counted(handle, data, start, status.st_size, path)
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                os.close(handle)
            return start + len(data)

    def _write_counted(self, handle: int, data: bytes, start: int, size: int, path: GuestPath) -> None:
        end = start + len(data)
        self._check_size(end, path)
        growth = max(0, end - size) if data else 0
        self._quota.add(path.text, growth=growth)
        try:
            os.lseek(handle, start, os.SEEK_SET)
            _write_all(handle, data)
        except BaseException:
            written = max(0, os.fstat(handle).st_size - size)
            self._quota.add(path.text, growth=written - growth)
            raise

    def truncate(self, path: GuestPath, size: int) -> None:
        """Give a file that is there this size."""
        self._check_size(size, path)
        with self._lock:
            handle, status = self._root.open_file(path, os.O_WRONLY)
            try:
                _refuse_protected(status, path)
                growth = size - status.st_size
                self._quota.add(path.text, growth=max(growth, 0))
                try:
                    os.ftruncate(handle, size)
                except BaseException:
                    self._quota.add(path.text, growth=-max(growth, 0))
                    raise
                self._quota.add(path.text, growth=min(growth, 0))
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                os.close(handle)

    def make_directory(self, path: GuestPath) -> None:
        """Make a directory in one that is there."""
        if not path.parts:
            raise failure(errno.EEXIST, path.text)
        with self._lock:
            parent = self._enter_parent(path)
            try:
                self._quota.add(path.text, files=1)
                try:
                    os.mkdir(path.parts[-1], 0o777, dir_fd=parent)
                except BaseException:
                    self._quota.add(path.text, files=-1)
                    raise
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                self._root.leave(parent)

    def rename(self, path: GuestPath, target: GuestPath) -> None:
        """Give a file or directory another path, in place of a file or an empty directory that is there."""
        for each in (path, target):
            if not each.parts:
                raise failure(errno.EBUSY, each.text)
        with self._lock:
            parent = self._enter_parent(path)
            try:
                self._rename_from(parent, path, target)
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                self._root.leave(parent)

    def _rename_from(self, parent: int, path: GuestPath, target: GuestPath) -> None:
        status = self._root.status_of_name(parent, path.parts[-1], path)
        is_directory = stat.S_ISDIR(status.st_mode)
        if is_directory:
            _refuse_protected(status, path)
        elif self._writable_status(parent, path) is None:
            raise failure(errno.ENOENT, path.text)
        goal = self._enter_parent(target)
        try:
            replaced = self._replaced_directory(goal, target) if is_directory else self._writable_status(goal, target)
            # Of a link that somebody puts there now, the link itself is moved or replaced: none is followed.
            os.rename(path.parts[-1], target.parts[-1], src_dir_fd=parent, dst_dir_fd=goal)
            if replaced is not None and path.parts != target.parts:
                growth = -replaced.st_size if stat.S_ISREG(replaced.st_mode) and replaced.st_nlink == 1 else 0
                self._quota.add(target.text, growth=growth, files=-1)
        finally:
            self._root.leave(goal)

    def _replaced_directory(self, parent: int, path: GuestPath) -> os.stat_result | None:
        """Tell what a directory is about to replace, if anything; the system refuses all but an empty directory.

        Raises:
            OSError: It may not be reached.
        """
        try:
            return self._root.status_of_name(parent, path.parts[-1], path)
        except FileNotFoundError:
            return None

    def remove_file(self, path: GuestPath) -> None:
        """Remove a file."""
        with self._lock:
            parent = self._enter_parent(path)
            try:
                status = self._root.status_of_name(parent, path.parts[-1], path)
                if stat.S_ISDIR(status.st_mode):
                    raise failure(errno.EISDIR, path.text)
                os.unlink(path.parts[-1], dir_fd=parent)
                self._quota.add(path.text, growth=-status.st_size if status.st_nlink == 1 else 0, files=-1)
            except OSError as error:
                raise _unless_ours(error, path) from None
            finally:
                self._root.leave(parent)

    def remove_directory(self, path: GuestPath) -> None:
        """Remove an empty directory."""
        if not path.parts:
            raise failure(errno.EBUSY, path.text)
        with self._lock:
            parent = self._enter_parent(path)
            try:
                os.rmdir(path.parts[-1], dir_fd=parent)
                self._quota.add(path.text, files=-1)
            except OSError as error:
                raise self._root.refusal(error, parent, path.parts[-1], path.text) from None
            finally:
                self._root.leave(parent)


def _unless_ours(error: OSError, path: GuestPath) -> OSError:
    """The same error if it is already in the program's terms, else what it is in those terms."""
    return error if error.errno is None else failure(error.errno, path.text)


def _refuse_protected(status: os.stat_result, path: GuestPath) -> None:
    """Refuse a file that nobody may write, as which the superuser's processes would do.

    Raises:
        PermissionError: It is one.
    """
    if not status.st_mode & _ANYBODY_MAY_WRITE:
        raise failure(errno.EACCES, path.text)


def _write_all(handle: int, data: bytes) -> None:
    """Write to the end of `data`, however many calls it takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
