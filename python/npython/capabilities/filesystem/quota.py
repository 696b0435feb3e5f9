"""How much a program may add to a tree."""

from __future__ import annotations

import errno

from npython.capabilities.filesystem.failure import failure

__all__ = ["Quota"]


class Quota:
    """Counts bytes and files added, less those taken away. The caller holds the lock of the tree.

    What is taken away counts down to zero at most: a program gets no room by removing what others put there.
    """

    __slots__ = ("bytes", "files", "max_bytes", "max_files")

    def __init__(self, max_bytes: int, max_files: int) -> None:
        self.max_bytes = max_bytes
        self.max_files = max_files
        self.bytes = 0
        self.files = 0

    def add(self, path: str, *, growth: int = 0, files: int = 0) -> None:
        """Count an effect before it happens; negative numbers give room back.

        Raises:
            OSError: It would be too much (EDQUOT). Nothing is counted.
        """
        if (growth > 0 and self.bytes + growth > self.max_bytes) or (files > 0 and self.files + files > self.max_files):
            raise failure(errno.EDQUOT, path)
        self.bytes = max(0, self.bytes + growth)
        self.files = max(0, self.files + files)
