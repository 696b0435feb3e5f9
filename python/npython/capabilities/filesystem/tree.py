"""What a program works on: a tree of files and directories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from npython.capabilities.filesystem.guest_path import GuestPath

__all__ = ["Bounds", "Information", "Kind", "Tree"]

Kind = Literal["file", "directory"]


class Bounds(NamedTuple):
    """The largest file that is read or written, and the most entries of a directory that are listed."""

    file_bytes: int
    entries: int


class Information(NamedTuple):
    """What is known about a file or directory: its kind, its bytes, and when it changed, in whole Unix seconds."""

    kind: Kind
    size: int
    modified: int


class Tree(Protocol):
    """The operations, each of which raises what CPython raises, for the program's path. Safe to use from threads."""

    def read(self, path: GuestPath, charge: Callable[[int], None]) -> bytes:
        """Return a file's content. `charge` is told of the bytes before they are read."""

    def information(self, path: GuestPath) -> Information:
        """Tell what is there."""

    def entries(self, path: GuestPath) -> list[tuple[str, Kind]]:
        """List a directory, sorted by name. What programs cannot reach is left out."""

    def replace(self, path: GuestPath, data: bytes) -> None:
        """Make the file hold `data`: readers see the old or the new content, never a part."""

    def open_for_writing(self, path: GuestPath, *, create: bool, exclusive: bool, truncate: bool) -> int:
        """See to it that a file is there and can be written, and return its size."""

    def write_at(self, path: GuestPath, data: bytes, offset: int | None) -> int:
        """Write into a file that is there, at the end without an offset. Return the offset after what was written."""

    def truncate(self, path: GuestPath, size: int) -> None:
        """Give a file that is there this size."""

    def make_directory(self, path: GuestPath) -> None:
        """Make a directory in one that is there."""

    def rename(self, path: GuestPath, target: GuestPath) -> None:
        """Give a file or directory another path, in place of a file or an empty directory that is there."""

    def remove_file(self, path: GuestPath) -> None:
        """Remove a file."""

    def remove_directory(self, path: GuestPath) -> None:
        """Remove an empty directory."""
