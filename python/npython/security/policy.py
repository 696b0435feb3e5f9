"""Policy files: what a program may use, in TOML.

```toml
[limits]
time = "5s"

[key]
public = "ed25519/..."

[scopes.FS-ENV]
root = "orders"
token = "env:FS_TOKEN"

[scopes.HTTP-ENV]
hosts = ["api.example.com"]
```

Everything is checked before anything runs: a word that is not understood could be a restriction that is misspelt. The
keys are described in `docs/policy.md`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npython._limits import Limits
from npython.security.gatekeeper import StaticGatekeeper, ask
from npython.security.grant import Grant
from npython.security.policy_schema import PolicyError, Table, read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from npython._sandbox import Sandbox
    from npython.capabilities import Capability
    from npython.security.gatekeeper import GrantingGatekeeper

__all__ = ["Policy", "PolicyError", "PolicyGatekeeper", "read_secret"]

_LONGEST_SECRET = 65_536
_GRANT_LISTS = ("hosts", "methods", "paths")


class PolicyGatekeeper:
    """Accepts the tokens that a policy names, or its key has signed, and narrows what they allow to what it says.

    Args:
        gatekeepers: Asked in turn.
        grants: For each scope of the policy, what is allowed at most.
    """

    __slots__ = ("_gatekeepers", "_grants")

    def __init__(self, gatekeepers: tuple[GrantingGatekeeper, ...], grants: Mapping[str, Grant]) -> None:
        self._gatekeepers = gatekeepers
        self._grants = dict(grants)

    def validate(self, scope: str, token: str) -> bool:
        """Tell whether the token opens the scope."""
        return self.grant(scope, token) is not None

    def grant(self, scope: str, token: str) -> Grant | None:
        """Return what the token allows in the scope, or `None`."""
        most = self._grants.get(scope)
        if most is None:
            return None
        for gatekeeper in self._gatekeepers:
            found = ask(gatekeeper, scope, token)
            if found is not None:
                return most.intersect(found)
        return None


@dataclass(frozen=True)
class Policy:
    """What a program may use. From `Policy.read`.

    Attributes:
        name: The file, for messages.
        folder: What paths in the file are relative to.
        limits: Limits of a run.
        scopes: The scopes it opens.
    """

    name: str
    folder: Path
    limits: Limits
    scopes: tuple[str, ...]
    _limits_given: frozenset[str] = field(repr=False)
    _tables: Mapping[str, Table] = field(repr=False)
    _key: Table | None = field(repr=False)
    _grants: Mapping[str, Grant] = field(repr=False)

    @classmethod
    def read(cls, path: str | os.PathLike[str], *, own_scopes: Collection[str] = ()) -> Policy:
        """Read a policy file.

        Args:
            path: The file.
            own_scopes: Scopes of the embedder's own tools that it may name.

        Raises:
            PolicyError: It does not say what it should; the message says where, and what to do.
            OSError: It cannot be read.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise PolicyError(f"{path}: a policy is text in UTF-8") from None
        return cls.parse(text, name=str(path), folder=path.parent, own_scopes=own_scopes)

    @classmethod
    def parse(
        cls, text: str, *, name: str = "policy", folder: str | os.PathLike[str] = ".", own_scopes: Collection[str] = ()
    ) -> Policy:
        """Read a policy from text. The arguments are as for `read`.

        Raises:
            PolicyError: As `read`.
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be str, not {type(text).__name__}")
        tables = read_tables(text, name, own_scopes)
        scopes = {table.name.removeprefix("scopes."): table for table in tables.scopes}
        with tables.limits.complaining():
            limits = Limits(**tables.limits.values)
        policy = cls(
            name=name,
            folder=Path(folder),
            limits=limits,
            scopes=tuple(scopes),
            _limits_given=frozenset(tables.limits.values),
            _tables=scopes,
            _key=tables.key,
            _grants={scope: _grant(scope, table) for scope, table in scopes.items()},
        )
        policy._check()
        return policy

    def gatekeeper(self, environment: Mapping[str, str] = os.environ) -> PolicyGatekeeper:
        """Return who judges tokens under this policy.

        Args:
            environment: Where `env:NAME` is looked up.

        Raises:
            PolicyError: A key or token that the policy refers to is not there.
        """
        gatekeepers: list[GrantingGatekeeper] = []
        tokens: dict[str, Any] = {}
        for scope, table in self._tables.items():
            if (reference := table.values.get("token")) is not None:
                with table.complaining("token"):
                    tokens[scope] = read_secret(reference, environment, self.folder)
        if tokens:
            gatekeepers.append(StaticGatekeeper(tokens))
        if self._key is not None:
            gatekeepers.append(self._biscuit_gatekeeper(self._key))
        return PolicyGatekeeper(tuple(gatekeepers), self._grants)

    def capabilities(self, environment: Mapping[str, str] = os.environ) -> tuple[Capability, ...]:
        """Return what the scopes of the policy give a program.

        Raises:
            PolicyError: A directory, file or variable that the policy refers to is not there.
        """
        return tuple(
            _MAKERS[scope](self, table, environment) for scope, table in self._tables.items() if scope in _MAKERS
        )

    def sandbox(self, environment: Mapping[str, str] = os.environ, **options: Any) -> Sandbox:
        """Return a sandbox for programs under this policy.

        Args:
            environment: Where `env:NAME` is looked up.
            options: Further arguments of `npython.Sandbox`.

        Raises:
            PolicyError: Something that the policy refers to is not there.
        """
        from npython._sandbox import Sandbox

        options.setdefault("limits", self.limits)
        return Sandbox(gatekeeper=self.gatekeeper(environment), capabilities=self.capabilities(environment), **options)

    def limits_with(self, given: Mapping[str, Any]) -> Limits:
        """Return the limits with those of the command line, which can only be smaller than those of the policy.

        Raises:
            ValueError: One is malformed, or larger than what the policy says.
        """
        limits = self.limits.replace(**given)
        for name in self._limits_given & given.keys():
            if getattr(limits, name) > getattr(self.limits, name):
                raise ValueError(f"{name} is more than {self.name} allows")
        return limits

    def _check(self) -> None:
        """Find what is wrong with values without needing what they refer to."""
        for scope, table in self._tables.items():
            if self._key is None and "token" not in table.values:
                table.complain(
                    f"no token opens {scope}: give the policy a [key], or this scope a token",
                )
        http = self._tables.get("HTTP-ENV")
        if http is not None:
            _http(self, http, None)
        if self._key is not None:
            if ("public" in self._key.values) == ("file" in self._key.values):
                self._key.complain('write either public = "ed25519/..." or file = "issuer.pub"')
            if "public" in self._key.values:
                self._biscuit_gatekeeper(self._key)

    def _biscuit_gatekeeper(self, key: Table) -> GrantingGatekeeper:
        from npython.security.biscuit import BiscuitGatekeeper

        values = key.values
        with key.complaining():
            if "file" in values:
                public = (self.folder / values["file"]).read_text(encoding="utf-8").split()
            else:
                public = values["public"]
            revoked = self.folder / values["revoked"] if "revoked" in values else ()
            return BiscuitGatekeeper(public, audience=values.get("audience"), revoked=revoked)


def read_secret(reference: str, environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> str:
    """Return the text that `@file` or `env:NAME` refers to, without white space around it.

    Raises:
        ValueError: It is neither, empty or too long; the message does not show it.
        OSError: The file cannot be read.
    """
    if reference.startswith("env:"):
        name = reference[4:]
        if name not in environment:
            raise ValueError(f"there is no environment variable {name}")
        secret = environment[name]
    elif reference.startswith("@"):
        path = Path(reference[1:]) if folder is None else folder / reference[1:]
        with path.open(encoding="utf-8") as file:
            secret = file.read(_LONGEST_SECRET + 1)
    else:
        raise ValueError("secrets are not written down: say env:NAME for an environment variable or @file for a file")
    secret = secret.strip()
    if not 0 < len(secret) <= _LONGEST_SECRET:
        raise ValueError(f"what {reference} refers to is empty or too long")
    return secret


def _grant(scope: str, table: Table) -> Grant:
    """Return what a policy allows in a scope at most."""
    restrictions = table.table("grant")
    if restrictions is None:
        return Grant(scope)
    values: dict[str, Any] = {
        name: tuple(value) if name in _GRANT_LISTS else value for name, value in restrictions.values.items()
    }
    with restrictions.complaining():
        return Grant(scope, **values)


def _filesystem(policy: Policy, table: Table, _: Mapping[str, str]) -> Capability:
    from npython.capabilities import FilesystemCapability

    options = table.options("token", "grant", "root")
    with table.complaining("root"):
        return FilesystemCapability(policy.folder / table.required("root"), **options)


def _http(policy: Policy, table: Table, environment: Mapping[str, str] | None) -> Capability:
    """Make HTTP-ENV; without an environment to see whether it can be made."""
    from npython.capabilities import HttpCapability

    options = table.options("token", "grant", "credentials", "hosts")
    credentials = {}
    for host, headers in table.values.get("credentials", {}).items():
        with table.complaining("credentials"):
            credentials[host] = {
                name: "secret" if environment is None else read_secret(reference, environment, policy.folder)
                for name, reference in headers.items()
            }
    with table.complaining():
        return HttpCapability(table.values.get("hosts", []), credentials=credentials, **options)


def _key_value(policy: Policy, table: Table, _: Mapping[str, str]) -> Capability:
    from npython.capabilities import KeyValueCapability

    path = table.required("path")
    with table.complaining("path"):
        return KeyValueCapability(policy.folder / path, **table.options("token", "grant", "path"))


def _environment(_: Policy, table: Table, environment: Mapping[str, str]) -> Capability:
    from npython.capabilities import EnvironmentCapability

    values = dict(table.values.get("values", {}))
    for name in table.values.get("from_environment", []):
        if name not in environment:
            table.complain(f"there is no environment variable {name}", "from_environment")
        values[name] = environment[name]
    return EnvironmentCapability(values)


def _clock(_: Policy, table: Table, __: Mapping[str, str]) -> Capability:
    from npython.capabilities import ClockCapability

    with table.complaining():
        return ClockCapability(**table.options("token", "grant"))


def _randomness(_: Policy, table: Table, __: Mapping[str, str]) -> Capability:
    from npython.capabilities import RandomnessCapability

    with table.complaining():
        return RandomnessCapability(**table.options("token", "grant"))


_MAKERS: dict[str, Callable[[Policy, Table, Mapping[str, str]], Capability]] = {
    "FS-ENV": _filesystem,
    "HTTP-ENV": _http,
    "KV-ENV": _key_value,
    "ENV-ENV": _environment,
    "CLOCK-ENV": _clock,
    "RANDOM-ENV": _randomness,
}
