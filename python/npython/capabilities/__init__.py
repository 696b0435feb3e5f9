"""Capabilities in the box: what programs can be given to use inside `with scope(...)`.

```
FilesystemCapability   FS-ENV      files beneath one directory
```
"""

from __future__ import annotations

from npython.capabilities.capability import Capability
from npython.capabilities.filesystem import FilesystemCapability

__all__ = ["Capability", "FilesystemCapability"]
