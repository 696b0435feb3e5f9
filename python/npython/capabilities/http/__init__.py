"""HTTP-ENV: requests to the hosts that are allowed.

Needs the package `httpx`: `pip install 'npython[http]'`.
"""

from __future__ import annotations

from npython.capabilities.http.capability import HttpCapability

__all__ = ["HttpCapability"]
