"""Reaching files beneath a directory, and nothing else, whatever happens to the tree meanwhile.

A path is followed one name at a time, each opened relative to the handle of the directory before it and never through a
symbolic link. There is no moment between a check and a use that another process could exploit: what was checked is the
handle that is used. A name swapped for a link is refused, before or after.
"""

from __future__ import annotations

import errno
import os
import stat
import weakref
from typing import TYPE_CHECKING

from npython.capabilities.filesystem.failure import failure

if TYPE_CHECKING:
    from npython.capabilities.filesystem.guest_path import GuestPath

__all__ = ["RootDirectory"]

#: Errors that come of a name being a symbolic link or a special file, among other causes.
_PERHAPS_NO_FILE = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EMLINK, errno.ENXIO, errno.EOPNOTSUPP})


class RootDirectory:
    """A directory of the host by its handle. The handle is closed when nothing refers to this any more.

    Args:
        root: The directory. It is found once, following links; it may be renamed later.
        hard_links: Whether files that have other names too can be reached. Such a name may lie outside.

    Raises:
        OSError: There is no such directory.
        NotImplementedError: The system cannot open files relative to a directory's handle.
    """

    __slots__ = ("__weakref__", "_directory_flags", "_file_flags", "_handle", "_hard_links")

    def __init__(self, root: str | os.PathLike[str], *, hard_links: bool = False) -> None:
        if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
            raise NotImplementedError("FS-ENV needs a system that opens files relative to directory handles")
        common = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
        self._file_flags = common
        self._directory_flags = common | os.O_RDONLY | os.O_DIRECTORY
        self._hard_links = hard_links
        self._handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._handle)

    def enter(self, parts: tuple[str, ...], text: str) -> int:
        """Open the directory at `parts`. Give the handle back to `leave`.

        Raises:
            OSError: Part of the way is missing, no directory, or a symbolic link; `text` is the path in the message.
        """
        handle = self._handle
        for name in parts:
            try:
                inner = os.open(name, self._directory_flags, dir_fd=handle)
            except OSError as error:
                refusal = self.refusal(error, handle, name, text)
                self.leave(handle)
                raise refusal from None
            self.leave(handle)
            handle = inner
        return handle

    def leave(self, handle: int) -> None:
        """Close a handle that `enter` returned."""
        if handle != self._handle:
            os.close(handle)

    def open_file(self, path: GuestPath, flags: int, permissions: int = 0o666) -> tuple[int, os.stat_result]:
        """Open the regular file at `path` and tell what it is. Never waits for a pipe, never follows a link.

        Raises:
            OSError: There is none, or it may not be reached.
        """
        parts = path.parts
        if len(parts) == 1:
            return self.open_name(self._handle, parts[0], path, flags, permissions)
        if not parts:
            raise failure(errno.EISDIR, path.text)
        parent = self.enter(parts[:-1], path.text)
        try:
            return self.open_name(parent, parts[-1], path, flags, permissions)
        finally:
            self.leave(parent)

    def open_name(
        self, parent: int, name: str, path: GuestPath, flags: int, permissions: int = 0o666
    ) -> tuple[int, os.stat_result]:
        """Do what `open_file` does for a name in a directory that is open.

        Raises:
            OSError: There is none, or it may not be reached.
        """
        if path.must_be_directory:
            return self._refuse_file(parent, name, path, creates=bool(flags & os.O_CREAT))
        try:
            handle = os.open(name, flags | self._file_flags, permissions, dir_fd=parent)
        except OSError as error:
            raise self.refusal(error, parent, name, path.text) from None
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            objection = self.objection(status)
            if objection:
                os.close(handle)
                raise failure(objection, path.text)
        return handle, status

    def open_listing(self, path: GuestPath) -> int:
        """Open a directory for listing, by a handle that shares its position with no other. The caller closes it.

        Raises:
            OSError: There is none, or it may not be reached.
        """
        handle = self.enter(path.parts, path.text)
        try:
            return os.open(".", self._directory_flags, dir_fd=handle)
        except OSError as error:
            raise failure(error.errno or errno.EIO, path.text) from None
        finally:
            self.leave(handle)

    def status(self, path: GuestPath) -> os.stat_result:
        """Tell what is at `path`: a directory or a file that may be reached.

        Raises:
            OSError: Nothing is there, or it may not be reached.
        """
        if not path.parts:
            return os.fstat(self._handle)
        parent = self.enter(path.parts[:-1], path.text)
        try:
            return self.status_of_name(parent, path.parts[-1], path)
        finally:
            self.leave(parent)

    def status_of_name(self, parent: int, name: str, path: GuestPath) -> os.stat_result:
        """Do what `status` does for a name in a directory that is open.

        Raises:
            OSError: Nothing is there, or it may not be reached.
        """
        try:
            status = os.stat(name, dir_fd=parent, follow_symlinks=False)
        except OSError as error:
            raise self.refusal(error, parent, name, path.text) from None
        objection = self.objection(status)
        if objection not in {0, errno.EISDIR}:
            raise failure(objection, path.text)
        if objection == 0 and path.must_be_directory:
            raise failure(errno.ENOTDIR, path.text)
        return status

    def objection(self, status: os.stat_result) -> int:
        """The error of using this as a file; 0 if there is none."""
        if stat.S_ISDIR(status.st_mode):
            return errno.EISDIR
        if not stat.S_ISREG(status.st_mode) or (status.st_nlink > 1 and not self._hard_links):
            return errno.EACCES
        return 0

    def refusal(self, error: OSError, parent: int, name: str, text: str) -> OSError:
        """Say `error` in terms of the program's path. Links and special files are permissions that are not there."""
        number = error.errno or errno.EIO
        if number in _PERHAPS_NO_FILE:
            try:
                mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
            except OSError:
                return failure(errno.EACCES, text)
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or number != errno.ENOTDIR:
                number = errno.EACCES
        return failure(number, text)

    def _refuse_file(self, parent: int, name: str, path: GuestPath, *, creates: bool) -> tuple[int, os.stat_result]:
        """Raise what a path that ends in a slash leads to when it is used as a file.

        Raises:
            OSError: Always.
        """
        try:
            self.status_of_name(parent, name, path)
        except FileNotFoundError:
            raise failure(errno.EISDIR if creates else errno.ENOENT, path.text) from None
        raise failure(errno.EISDIR, path.text)
