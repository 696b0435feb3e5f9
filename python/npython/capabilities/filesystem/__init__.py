"""FS-ENV: files beneath one directory.

The program's path is taken apart (`guest_path`), followed by directory handles (`root_directory`), and used on the disk
(`disk_tree`) or in memory over it (`overlay_tree`). `guest/` is the part that runs in the sandbox: `open` and `Path`.
"""

from __future__ import annotations

from npython.capabilities.filesystem.capability import FilesystemCapability
from npython.capabilities.filesystem.overlay_tree import Changes

__all__ = ["Changes", "FilesystemCapability"]
