"""Gatekeepers: they say whether a token opens a scope."""

from __future__ import annotations

import hashlib
import hmac
import inspect
import secrets
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from npython._arguments import mapping, text
from npython.security.grant import Grant

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    _Entries = str | tuple[str, Grant] | list[str | tuple[str, Grant]]

__all__ = ["Gatekeeper", "GrantingGatekeeper", "StaticGatekeeper", "answers_later", "ask", "ask_async"]

#: Characters of the longest token any gatekeeper is asked about, and of the longest scope name.
_LONGEST_TOKEN = 65_536
_LONGEST_SCOPE = 256


@runtime_checkable
class Gatekeeper(Protocol):
    """What an embedder writes: one method that judges a token. It may be `async` where programs run in `run_async`."""

    def validate(self, scope: str, token: str) -> bool | Awaitable[bool]:
        """Return True, and nothing else, if the token opens the scope."""


@runtime_checkable
class GrantingGatekeeper(Protocol):
    """A gatekeeper that also says what a token allows; `grant` is then asked instead of `validate`."""

    def grant(self, scope: str, token: str) -> Grant | Awaitable[Grant | None] | None:
        """Return what the token allows in the scope, or `None`."""


def ask(gatekeeper: Gatekeeper | GrantingGatekeeper | None, scope: str, token: str) -> Grant | None:
    """Ask a gatekeeper, and take everything but a plain yes for a no.

    A missing gatekeeper, an exception, a result that is merely true, a grant for another scope or out of date, a
    coroutine: all of these refuse.

    Returns:
        What the token allows, or `None`.
    """
    if gatekeeper is None or not _can_be_asked(scope, token):
        return None
    try:
        return _judged(_question(gatekeeper)(scope, token), scope, grants=_grants(gatekeeper))
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a gatekeeper that fails has not agreed, even one that panics in native code
        return None


async def ask_async(gatekeeper: Gatekeeper | GrantingGatekeeper | None, scope: str, token: str) -> Grant | None:
    """Do what `ask` does, and await the answer if the gatekeeper's method is an `async def`."""
    if gatekeeper is None or not answers_later(gatekeeper):
        return ask(gatekeeper, scope, token)
    if not _can_be_asked(scope, token):
        return None
    try:
        return _judged(await _question(gatekeeper)(scope, token), scope, grants=_grants(gatekeeper))
    except Exception:  # noqa: BLE001 - a gatekeeper that fails has not agreed
        return None


def answers_later(gatekeeper: Gatekeeper | GrantingGatekeeper) -> bool:
    """Tell whether a gatekeeper has to be awaited."""
    return inspect.iscoroutinefunction(_question(gatekeeper))


def _can_be_asked(scope: str, token: str) -> bool:
    plain = type(scope) is str and type(token) is str
    return plain and 0 < len(scope) <= _LONGEST_SCOPE and 0 < len(token) <= _LONGEST_TOKEN


def _grants(gatekeeper: Gatekeeper | GrantingGatekeeper) -> bool:
    return getattr(gatekeeper, "grant", None) is not None


def _question(gatekeeper: Gatekeeper | GrantingGatekeeper) -> Any:
    """Return the method to ask, or `None` if there is none: that cannot be called, and so refuses."""
    return getattr(gatekeeper, "grant", None) or getattr(gatekeeper, "validate", None)


def _judged(answer: object, scope: str, *, grants: bool) -> Grant | None:
    if not grants and answer is True:
        return Grant(scope)
    if grants and type(answer) is Grant:
        return answer if answer.scope == scope and not answer.expired else None
    _dismiss(answer)
    return None


def _dismiss(answer: object) -> None:
    """End a coroutine that nobody will await, which Python would complain about."""
    close = getattr(answer, "close", None)
    if close is not None and hasattr(answer, "cr_await"):
        close()


class StaticGatekeeper:
    """Knows beforehand which tokens open which scopes. It keeps only salted hashes, and compares them in constant time.

    ```python
    from npython.security import Grant, StaticGatekeeper

    gatekeeper = StaticGatekeeper(
        {
            "CLOCK-ENV": "s3cret",
            "HTTP-ENV": ("an0ther", Grant("HTTP-ENV", hosts=("api.example.com",), max_calls=20)),
        }
    )
    assert gatekeeper.validate("CLOCK-ENV", "s3cret")
    assert gatekeeper.grant("HTTP-ENV", "s3cret") is None
    ```

    Args:
        tokens: For each scope a token, a token and the grant it stands for, or a list of these. Budgets of a grant are
            counted over the life of the gatekeeper.

    Raises:
        ValueError: A token is empty or too long, or a grant is for another scope.
    """

    __slots__ = ("_entries", "_salt")

    def __init__(self, tokens: Mapping[str, _Entries]) -> None:
        self._salt = secrets.token_bytes(32)
        self._entries: dict[str, list[tuple[bytes, Grant]]] = {
            scope: [self._entry(scope, entry) for entry in (entries if isinstance(entries, list) else [entries])]
            for scope, entries in mapping("tokens", tokens, "scopes to tokens").items()
        }

    def validate(self, scope: str, token: str) -> bool:
        """Tell whether the token opens the scope."""
        return self.grant(scope, token) is not None

    def grant(self, scope: str, token: str) -> Grant | None:
        """Return what the token allows in the scope, or `None`."""
        offered = self._hash(scope, token)
        found = None
        for known, grant in self._entries.get(scope, ()):  # all of them, so that time does not tell which
            if hmac.compare_digest(known, offered):
                found = grant
        return found

    def _entry(self, scope: str, entry: str | tuple[str, Grant]) -> tuple[bytes, Grant]:
        text("the name of a scope", scope)
        pair = (entry, Grant(scope)) if isinstance(entry, str) else entry
        if not isinstance(pair, tuple) or len(pair) != 2:  # noqa: PLR2004 - the token and the grant
            given = "" if isinstance(entry, tuple) else f", not {type(entry).__name__}"
            raise TypeError(f"what opens {scope} must be a token as text, or a tuple of that and a Grant{given}")
        token, grant = pair
        if not isinstance(token, str) or not 0 < len(token) <= _LONGEST_TOKEN:
            raise ValueError(f"the token for {scope} must be text of 1 to {_LONGEST_TOKEN} characters")
        if not isinstance(grant, Grant) or grant.scope != scope:
            raise ValueError(f"what a token for {scope} stands for must be a grant for {scope}")
        known = self._hash(scope, token)
        return known, grant if grant.token_id else grant.replace(token_id=f"static-{known.hex()[:12]}")

    def _hash(self, scope: str, token: str) -> bytes:
        text = f"{len(scope)}:{scope}{token}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, key=self._salt, digest_size=32).digest()

    def __repr__(self) -> str:
        return f"StaticGatekeeper({sorted(self._entries)})"
