"""Who may do what: gatekeepers judge tokens, grants say what a token allows.

```
Gatekeeper.validate(scope, token) -> bool             the one method an embedder must write
Gatekeeper.grant(scope, token)    -> Grant | None     optional: the same with restrictions
ask(gatekeeper, scope, token)     -> Grant | None     the only caller of both; whatever is odd is a refusal
```

Ready-made are `StaticGatekeeper`, for tokens known beforehand, and `BiscuitGatekeeper`, for signed tokens that whoever
holds one can narrow. The tokens themselves are made with `npython.security.biscuit` or `npython token`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from npython.security.gatekeeper import Gatekeeper, GrantingGatekeeper, StaticGatekeeper, ask
from npython.security.grant import Grant, GrantError, Usage

if TYPE_CHECKING:
    from npython.security.biscuit import BiscuitGatekeeper

__all__ = [
    "BiscuitGatekeeper",
    "Gatekeeper",
    "Grant",
    "GrantError",
    "GrantingGatekeeper",
    "StaticGatekeeper",
    "Usage",
    "ask",
]


def __getattr__(name: str) -> object:
    if name == "BiscuitGatekeeper":  # imported when asked for: most programs need none
        from npython.security.biscuit import BiscuitGatekeeper

        return BiscuitGatekeeper
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
