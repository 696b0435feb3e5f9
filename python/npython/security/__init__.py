"""Who may do what: gatekeepers judge tokens, grants say what a token allows.

```
Gatekeeper.validate(scope, token) -> bool             the one method an embedder must write
Gatekeeper.grant(scope, token)    -> Grant | None     optional: the same with restrictions
ask(gatekeeper, scope, token)     -> Grant | None     the only caller of both; whatever is odd is a refusal
```

Ready-made is `StaticGatekeeper`, for tokens known beforehand.
"""

from __future__ import annotations

from npython.security.gatekeeper import Gatekeeper, GrantingGatekeeper, StaticGatekeeper, ask
from npython.security.grant import Grant, GrantError, Usage

__all__ = [
    "Gatekeeper",
    "Grant",
    "GrantError",
    "GrantingGatekeeper",
    "StaticGatekeeper",
    "Usage",
    "ask",
]
