"""FS-ENV: files beneath one directory."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Literal

from npython._arguments import switch
from npython._limits import _BYTE_UNITS, _count
from npython.capabilities.capability import Capability, covers
from npython.capabilities.filesystem.disk_tree import DiskTree
from npython.capabilities.filesystem.failure import failure
from npython.capabilities.filesystem.guest_path import GuestPath, parse
from npython.capabilities.filesystem.overlay_tree import Changes, OverlayTree
from npython.capabilities.filesystem.quota import Quota
from npython.capabilities.filesystem.root_directory import RootDirectory
from npython.capabilities.filesystem.tree import Bounds

# At run time: the sandbox looks at the annotations to see which functions take the grant.
from npython.security import Grant  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable

    from npython.capabilities.filesystem.tree import Tree

__all__ = ["FilesystemCapability"]

_Mode = Literal["read", "read-write", "overlay"]

_DESCRIPTION = """\
Files beneath one directory: read_file(path) -> str, write_file(content, path), append_file(content, path), \
list_dir(path="."), exists(path), stat(path) -> dict, make_dir(path, parents=False, exist_ok=False), remove(path), \
rename(path, target), open(path, mode) with text and binary file objects, and Path as in pathlib. Paths are relative, \
such as "data/a.csv"; absolute paths, ".." and symbolic links are refused with PermissionError."""

_MODES = {
    "read": " Nothing can be changed: that is an OSError.",
    "read-write": "",
    "overlay": " What is changed is kept aside: the files themselves stay as they are.",
}


class FilesystemCapability(Capability):
    """FS-ENV: a program reads and writes files beneath `root`, and nowhere else.

    Args:
        root: The directory. It is found once, now.
        mode: "read"; "read-write"; or "overlay", where changes stay in memory (see `changes`).
        max_bytes: By how much files may grow, all together; in an overlay, how much is held in memory.
        max_files: How many files and directories may be added.
        max_file_bytes: The largest file that can be read or written.
        max_entries: The most entries of a directory that are listed.
        hard_links: Whether files with more than one name can be reached. The other name may lie outside `root`.
        durable: Whether `write_file` returns only when the content is on the disk.

    Raises:
        OSError: `root` is no directory.
        NotImplementedError: The system cannot open files relative to a directory's handle.
        ValueError: The mode is unknown, or a number is out of bounds.
    """

    def __init__(
        self,
        root: str | os.PathLike[str],
        mode: _Mode = "read",
        *,
        max_bytes: float | str = 64 * 2**20,
        max_files: int = 1000,
        max_file_bytes: float | str = 16 * 2**20,
        max_entries: int = 10_000,
        hard_links: bool = False,
        durable: bool = False,
    ) -> None:
        if not isinstance(root, (str, os.PathLike)):
            raise TypeError(f"root must be the path of a directory, not {type(root).__name__}")
        switch("hard_links", hard_links)
        switch("durable", durable)
        if mode not in ("read", "read-write", "overlay"):
            raise ValueError(f'mode must be "read", "read-write" or "overlay", not {mode!r}')
        bounds = Bounds(
            _count("max_file_bytes", max_file_bytes, _BYTE_UNITS, smallest=0),
            _count("max_entries", max_entries, {"": 1}, smallest=0),
        )
        quota = Quota(
            _count("max_bytes", max_bytes, _BYTE_UNITS, smallest=0), _count("max_files", max_files, {"": 1}, smallest=0)
        )
        disk = DiskTree(RootDirectory(root, hard_links=hard_links), quota, bounds, durable=durable)
        overlay = OverlayTree(disk, quota, bounds) if mode == "overlay" else None
        operations = _Operations(overlay or disk, writable=mode != "read")
        super().__init__(
            scope="FS-ENV",
            functions=operations.functions(),
            guest_source=_guest_source(),
            describe=_DESCRIPTION + _MODES[mode],
        )
        object.__setattr__(self, "mode", mode)
        object.__setattr__(self, "_overlay", overlay)

    mode: _Mode
    _overlay: OverlayTree | None

    @property
    def changes(self) -> Changes:
        """What programs changed so far, in "overlay" mode.

        Raises:
            ValueError: The mode is another one: the changes are in the directory.
        """
        if self._overlay is None:
            raise ValueError(f'changes are kept in "overlay" mode only, not in {self.mode!r}')
        return self._overlay.changes()

    def __repr__(self) -> str:
        return f"FilesystemCapability(mode={self.mode!r})"


def _guest_source() -> str:
    from pathlib import Path

    folder = Path(__file__).with_name("guest")
    return "\n\n".join((folder / name).read_text(encoding="utf-8") for name in ("files.py", "paths.py"))


class _Operations:
    """The host functions over a tree: arguments, grant, mode; then the tree."""

    __slots__ = ("_tree", "_writable")

    def __init__(self, tree: Tree, *, writable: bool) -> None:
        self._tree = tree
        self._writable = writable

    def functions(self) -> dict[str, Callable[..., object]]:
        """Return them by the names that programs and the files in `guest/` use."""
        return {
            "read_file": self.read_file,
            "write_file": self.write_file,
            "append_file": self.append_file,
            "list_dir": self.list_dir,
            "exists": self.exists,
            "stat": self.stat,
            "make_dir": self.make_dir,
            "remove": self.remove,
            "rename": self.rename,
            "_load": self.load,
            "_load_text": self.load_text,
            "_open_for_writing": self.open_for_writing,
            "_write_at": self.write_at,
            "_truncate": self.truncate,
            "_replace": self.replace,
            "_kind": self.kind,
            "_entries": self.entries,
            "_remove_file": self.remove_file,
            "_remove_directory": self.remove_directory,
        }

    def _reading(self, path: str, grant: Grant) -> GuestPath:
        """Let a call that changes nothing through, or refuse it."""
        grant.check_call()
        parsed = parse(path)
        if grant.paths is not None:
            grant.check_path("/" + "/".join(parsed.parts))
        return parsed

    def _writing(self, path: str, grant: Grant) -> GuestPath:
        """Let a call that changes something through, or refuse it."""
        parsed = self._reading(path, grant)
        if not self._writable:
            raise failure(errno.EROFS, path)
        grant.check_write()
        return parsed

    def read_file(self, grant: Grant, path: str) -> str:
        """Return the text of a UTF-8 file."""
        return self._tree.read(self._reading(path, grant), grant.charge_bytes).decode("utf-8")

    def write_file(self, grant: Grant, content: str | bytes, path: str) -> None:
        """Make a file hold this text (as UTF-8) or these bytes, replacing at once what was there."""
        self.replace(grant, path, _encoded(content))

    def append_file(self, grant: Grant, content: str | bytes, path: str) -> None:
        """Add text (as UTF-8) or bytes at the end of a file, which is made if need be."""
        data = _encoded(content)
        target = self._writing(path, grant)
        grant.charge_bytes(len(data))
        self._tree.open_for_writing(target, create=True, exclusive=False, truncate=False)
        self._tree.write_at(target, data, None)

    def list_dir(self, grant: Grant, path: str = ".") -> list[str]:
        """Return the names in a directory, sorted."""
        return [name for name, _ in self._tree.entries(self._reading(path, grant))]

    def exists(self, grant: Grant, path: str) -> bool:
        """Return whether a file or directory is there."""
        return self.kind(grant, path) is not None

    def stat(self, grant: Grant, path: str) -> dict[str, str | int]:
        """Return the kind ("file" or "directory"), the size in bytes and the Unix time of the last change."""
        return self._tree.information(self._reading(path, grant))._asdict()

    def make_dir(self, grant: Grant, path: str, parents: bool = False, exist_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as in pathlib
        """Make a directory, with those it is in if `parents`; one that is there is no error if `exist_ok`."""
        target = self._writing(path, grant)
        if parents:
            for count in range(1, len(target.parts)):
                above = GuestPath(path, target.parts[:count], must_be_directory=True)
                if covers(grant, "/" + "/".join(above.parts)):
                    self._make_one(above, exist_ok=True)
        self._make_one(target, exist_ok=exist_ok)

    def _make_one(self, target: GuestPath, *, exist_ok: bool) -> None:
        try:
            self._tree.make_directory(target)
        except FileExistsError:
            if not exist_ok or self._tree.information(target).kind != "directory":
                raise

    def remove(self, grant: Grant, path: str) -> None:
        """Remove a file or an empty directory."""
        target = self._writing(path, grant)
        if self._tree.information(target).kind == "directory":
            self._tree.remove_directory(target)
        else:
            self._tree.remove_file(target)

    def rename(self, grant: Grant, path: str, target: str) -> None:
        """Give a file or directory another path, in place of a file or an empty directory that is there."""
        old = self._writing(path, grant)
        new = parse(target)
        if grant.paths is not None:
            grant.check_path("/" + "/".join(new.parts))
        self._tree.rename(old, new)

    def load(self, grant: Grant, path: str) -> bytes:
        """Return the content of a file."""
        return self._tree.read(self._reading(path, grant), grant.charge_bytes)

    def load_text(self, grant: Grant, path: str) -> str | bytes:
        """Return the content of a file as text; as it is where it is no UTF-8, which is for the program to find."""
        content = self._tree.read(self._reading(path, grant), grant.charge_bytes)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content

    def open_for_writing(
        self,
        grant: Grant,
        path: str,
        create: bool,  # noqa: FBT001 - called from guest/
        exclusive: bool,  # noqa: FBT001
        truncate: bool,  # noqa: FBT001
    ) -> int:
        """See to it that a file is there and can be written, and return its size."""
        target = self._writing(path, grant)
        return self._tree.open_for_writing(target, create=create, exclusive=exclusive, truncate=truncate)

    def write_at(self, grant: Grant, path: str, data: bytes, offset: int | None) -> int:
        """Write into a file that is there, at the end without an offset. Return the offset after what was written."""
        if offset is not None and offset < 0:
            raise ValueError(f"negative seek value {offset}")
        target = self._writing(path, grant)
        grant.charge_bytes(len(data))
        return self._tree.write_at(target, data, offset)

    def truncate(self, grant: Grant, path: str, size: int) -> None:
        """Give a file that is there this size."""
        if size < 0:
            raise failure(errno.EINVAL, path)
        self._tree.truncate(self._writing(path, grant), size)

    def replace(self, grant: Grant, path: str, data: bytes) -> None:
        """Make a file hold these bytes."""
        target = self._writing(path, grant)
        grant.charge_bytes(len(data))
        self._tree.replace(target, data)

    def kind(self, grant: Grant, path: str) -> str | None:
        """Return "file" or "directory"; None if nothing is there that could be reached."""
        try:
            target = self._reading(path, grant)
        except FileNotFoundError:  # it is empty
            return None
        try:
            return self._tree.information(target).kind
        except OSError:
            return None

    def entries(self, grant: Grant, path: str) -> list[tuple[str, str]]:
        """Return the names in a directory with their kinds, sorted."""
        return [(name, kind) for name, kind in self._tree.entries(self._reading(path, grant))]

    def remove_file(self, grant: Grant, path: str) -> None:
        """Remove a file."""
        self._tree.remove_file(self._writing(path, grant))

    def remove_directory(self, grant: Grant, path: str) -> None:
        """Remove an empty directory."""
        self._tree.remove_directory(self._writing(path, grant))


def _encoded(content: str | bytes) -> bytes:
    """Return text as UTF-8; bytes as they are.

    Raises:
        TypeError: It is neither.
    """
    if isinstance(content, str):
        return content.encode("utf-8")
    if isinstance(content, (bytes, bytearray)):
        return bytes(content)
    raise TypeError(f"content must be str or bytes, not {type(content).__name__}")
