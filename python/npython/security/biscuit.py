"""Biscuit tokens: signed with one key, verified with another, narrowed by whoever holds them.

Needs the package `biscuit-python`: `pip install 'npython[tokens]'`.
"""

from __future__ import annotations

import os
import re
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npython.security.grant import Usage
from npython.security.restrictions import Restrictions

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from types import ModuleType

    from npython.security.grant import Grant
    from npython.security.restrictions import Statement

__all__ = [
    "BiscuitGatekeeper",
    "TokenBlock",
    "attenuate",
    "generate_key",
    "inspect",
    "is_genuine",
    "mint",
    "public_key_of",
    "read_revocations",
]

#: Characters of a token; one with ten restrictions has about a thousand.
_LONGEST_TOKEN = 16_384
#: Counters of tokens in use at the same time, and revocation ids in a file.
_MOST_COUNTERS = 100_000
#: What is left of a token's program when it is understood takes a hundredth of a millisecond; a busy machine may stall.
_MOST_TIME = timedelta(seconds=1)
_REVOCATION_ID = re.compile(r"[0-9a-f]{128}")
_KEY = re.compile(r"ed25519/[0-9a-f]{64}")
_PRIVATE_KEY = re.compile(r"ed25519-private/[0-9a-f]{64}")
_BASE64 = re.compile(r"[A-Za-z0-9_-]+={0,2}", re.ASCII)
_SHOWN_ID = 16


def _library() -> ModuleType:
    try:
        import biscuit_auth
    except ImportError as error:
        raise ImportError("Biscuit tokens need the package biscuit-python: pip install 'npython[tokens]'") from error
    return biscuit_auth


@dataclass(frozen=True)
class TokenBlock:
    """One block of a token.

    Attributes:
        revocation_id: Revoking it revokes every token that has this block.
        restrictions: What it says, or `None` if that is not understood; a gatekeeper then refuses the token.
    """

    revocation_id: str
    restrictions: Restrictions | None


def generate_key() -> tuple[str, str]:
    """Return a new private key and its public key, as text."""
    pair = _library().KeyPair()
    return str(pair.private_key), str(pair.public_key)


def public_key_of(private_key: str) -> str:
    """Return the public key of a private one.

    Raises:
        ValueError: It is no Ed25519 private key.
    """
    return str(_library().KeyPair.from_private_key(_private(private_key)).public_key)


def mint(private_key: str, restrictions: Restrictions) -> str:
    """Make a token for the scopes in `restrictions.rights`.

    Raises:
        ValueError: No scope, or no private key.
    """
    if not restrictions.rights:
        raise ValueError("a token needs a scope")
    library = _library()
    builder = library.BiscuitBuilder()
    for source, values in restrictions.facts():
        builder.add_fact(library.Fact(source, values))
    for source, values in restrictions.checks():
        builder.add_check(library.Check(source, values))
    return str(builder.build(_private(private_key)).to_base64())


def attenuate(token: str, restrictions: Restrictions, public_key: str) -> str:
    """Make a narrower token of one. It takes no private key, and nobody can undo it.

    Raises:
        ValueError: Not a token signed with that key, nothing to restrict, or rights, which only the signer can give.
    """
    if restrictions.rights:
        raise ValueError("only the holder of the key can give rights: narrow the scopes instead")
    if restrictions == Restrictions():
        raise ValueError("nothing to restrict")
    library = _library()
    if not _is_token_text(token):
        raise ValueError("this is no token")
    try:
        genuine = library.Biscuit.from_base64(token, _public(public_key))
    except (library.BiscuitValidationError, library.BiscuitSerializationError):
        raise ValueError("this is no token signed with that key") from None
    block = library.BlockBuilder("")
    for source, values in restrictions.checks():
        block.add_check(library.Check(source, values))
    return str(genuine.append(block).to_base64())


def inspect(token: str) -> tuple[TokenBlock, ...]:
    """Return what a token says, without asking whether it is genuine.

    Raises:
        ValueError: Not a token.
    """
    return tuple(_blocks(_parsed(token)))


def is_genuine(token: str, public_key: str) -> bool:
    """Tell whether a token was signed with a key; what it says is another matter.

    Raises:
        ValueError: It is no key.
    """
    library = _library()
    key = _public(public_key)
    try:
        return _is_token_text(token) and bool(library.Biscuit.from_base64(token, key).to_base64() == token)
    except (library.BiscuitValidationError, library.BiscuitSerializationError):
        return False


def read_revocations(path: str | os.PathLike[str]) -> frozenset[str]:
    """Read a file of revocation ids, one per line; `#` starts a comment.

    Raises:
        OSError: It cannot be read.
        ValueError: A line is no revocation id: then it cannot be said what is revoked.
    """
    lines = (line.partition("#")[0].strip() for line in Path(path).read_text(encoding="utf-8").splitlines())
    found = frozenset(line for line in lines if line)
    for line in found:
        if not _REVOCATION_ID.fullmatch(line):
            raise ValueError("a line of the revocation list is no revocation id")
    return found


class BiscuitGatekeeper:
    """Accepts tokens signed by the holder of a private key, knowing only the public one.

    Args:
        public_key: `"ed25519/..."` as written by `npython token keygen`; several while a key is being replaced.
        audience: The name of this gatekeeper; it then accepts only tokens made for it. Without, only tokens made for
            nobody in particular.
        revoked: Revocation ids that are refused: a file, read at every use, or a container, looked into at every use.
        clock: Returns the Unix time.
        max_blocks: How many blocks a token may have: one, and one for each time it was narrowed.

    Budgets of a token (`max_calls`, `max_bytes`) are counted over the life of the gatekeeper, for each block that
    states one: tokens derived from the same token share what that one may use.

    Raises:
        ValueError: A key is no Ed25519 public key. Signatures of the other kind can be rewritten into another valid
            one, which would escape revocation.
    """

    __slots__ = ("_audience", "_clock", "_counters", "_counting", "_keys", "_max_blocks", "_revoked")

    def __init__(
        self,
        public_key: str | Sequence[str],
        *,
        audience: str | None = None,
        revoked: str | os.PathLike[str] | Container[str] = (),
        clock: Callable[[], float] = time.time,
        max_blocks: int = 8,
    ) -> None:
        keys = [public_key] if isinstance(public_key, str) else list(public_key)
        if not keys:
            raise ValueError("without a public key no token can be genuine")
        self._keys = [_public(key) for key in keys]
        self._audience = audience
        self._revoked = revoked
        self._clock = clock
        self._max_blocks = max_blocks
        self._counters: dict[str, tuple[Usage, int | None]] = {}
        self._counting = threading.Lock()

    def validate(self, scope: str, token: str) -> bool:
        """Tell whether the token opens the scope."""
        return self.grant(scope, token) is not None

    def grant(self, scope: str, token: str) -> Grant | None:
        """Return what the token allows in the scope, or `None`."""
        try:
            genuine = self._verified(token)
            blocks = [] if genuine is None else self._understood(genuine)
            if genuine is None or not blocks or not self._opens(scope, genuine, blocks):
                return None
            return self._granted(scope, blocks)
        except (ValueError, OSError):
            return None

    def _verified(self, token: str) -> Any | None:
        """Return the token if one of the keys has signed it and it is written in the one way tokens are written."""
        if not _is_token_text(token):
            return None
        library = _library()
        for key in self._keys:
            try:
                genuine = library.Biscuit.from_base64(token, key)
            except (library.BiscuitValidationError, library.BiscuitSerializationError, ValueError):
                continue
            return genuine if genuine.to_base64() == token else None
        return None

    def _understood(self, genuine: Any) -> list[tuple[str, Restrictions]]:
        """Return the blocks, or none if one is signed by somebody else, not understood, revoked, or one too many."""
        count = genuine.block_count()
        if count > self._max_blocks or any(genuine.block_external_key(index) is not None for index in range(count)):
            return []
        revoked = self._revocations()
        identifiers = genuine.revocation_ids
        if len(identifiers) != count or any(identifier in revoked for identifier in identifiers):
            return []
        blocks = [Restrictions.read(genuine.block_source(index)) for index in range(count)]
        if any(block.rights for block in blocks[1:]):
            return []
        return list(zip(identifiers, blocks, strict=True))

    def _revocations(self) -> Container[str]:
        if isinstance(self._revoked, (str, os.PathLike)):
            return read_revocations(self._revoked)
        return self._revoked

    def _opens(self, scope: str, genuine: Any, blocks: list[tuple[str, Restrictions]]) -> bool:
        """Let the library judge, given the time, the audience, the scope, and the restrictions that are enforced."""
        restrictions = [block for _, block in blocks]
        if any(block.scopes is not None and scope not in block.scopes for block in restrictions):
            return False
        if self._audience is not None and all(block.audience is None for block in restrictions):
            return False
        library = _library()
        builder = library.AuthorizerBuilder()
        limits = builder.limits()
        limits.max_facts, limits.max_iterations, limits.max_time = 500, 10, _MOST_TIME
        builder.set_limits(limits)
        for source, values in self._facts(scope, restrictions):
            builder.add_fact(library.Fact(source, values))
        builder.add_policy(library.Policy("allow if scope($scope), right($scope)"))
        try:
            return bool(builder.build(genuine).authorize() == 0)
        except (library.AuthorizationError, library.DataLogError, library.BiscuitValidationError):
            return False

    def _facts(self, scope: str, blocks: list[Restrictions]) -> Iterator[Statement]:
        now = datetime.fromtimestamp(int(self._clock()), timezone.utc)
        yield "time({now})", {"now": now}
        yield "scope({scope})", {"scope": scope}
        if self._audience is not None:
            yield "audience({audience})", {"audience": self._audience}
        for block in blocks:
            yield from block.restrictions()

    def _granted(self, scope: str, blocks: list[tuple[str, Restrictions]]) -> Grant | None:
        grant = None
        lasts = None  # how long there can be tokens with the blocks up to here
        for identifier, block in blocks:
            if block.expires_at is not None:
                lasts = block.expires_at if lasts is None else min(lasts, block.expires_at)
            usage = self._counter(identifier, lasts) if block.counted else Usage()
            own = block.grant(scope, usage, self._clock)
            grant = own if grant is None else grant.intersect(own)
        return None if grant is None else grant.replace(token_id=f"biscuit-{blocks[-1][0][:_SHOWN_ID]}")

    def _counter(self, identifier: str, expires_at: int | None) -> Usage:
        """Return the counter of a block, which must not be forgotten while the block can still be used.

        Raises:
            ValueError: There are too many.
        """
        with self._counting:
            known = self._counters.get(identifier)
            if known is None and len(self._counters) >= _MOST_COUNTERS:
                now = self._clock()
                self._counters = {
                    key: entry for key, entry in self._counters.items() if entry[1] is None or entry[1] > now
                }
                if len(self._counters) >= _MOST_COUNTERS:
                    raise ValueError("too many tokens with budgets are in use")
            if known is None:
                known = self._counters[identifier] = (Usage(), expires_at)
            return known[0]

    def __repr__(self) -> str:
        return f"BiscuitGatekeeper({[str(key) for key in self._keys]!r}, audience={self._audience!r})"


def _is_token_text(token: str) -> bool:
    return len(token) <= _LONGEST_TOKEN and _BASE64.fullmatch(token) is not None


def _public(key: str) -> Any:
    if not _KEY.fullmatch(key):
        raise ValueError("a public key is text like ed25519/ and 64 hexadecimal digits")
    return _library().PublicKey(key)


def _private(key: str) -> Any:
    if not _PRIVATE_KEY.fullmatch(key):
        raise ValueError("a private key is text like ed25519-private/ and 64 hexadecimal digits")
    return _library().PrivateKey(key)


def _parsed(token: str) -> Any:
    library = _library()
    if not _is_token_text(token):
        raise ValueError("this is no token")
    try:
        return library.UnverifiedBiscuit.from_base64(token)
    except (library.BiscuitValidationError, library.BiscuitSerializationError, ValueError):
        raise ValueError("this is no token") from None


def _blocks(parsed: Any) -> Iterator[TokenBlock]:
    for index, identifier in enumerate(parsed.revocation_ids):
        try:
            restrictions = Restrictions.read(parsed.block_source(index))
        except ValueError:
            restrictions = None
        yield TokenBlock(identifier, restrictions)
