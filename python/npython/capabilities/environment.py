"""ENV-ENV: named values, such as settings, that a program may look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npython._arguments import mapping
from npython.capabilities.capability import Capability, covers

# At run time: the sandbox looks at the annotations to see which functions take the grant.
from npython.security import Grant  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EnvironmentCapability"]

_DESCRIPTION = """\
Named text values: get_env(name, default=None) -> str or default, list_env() -> the names there are."""


class EnvironmentCapability(Capability):
    """ENV-ENV: a program looks up the values given here, and no others.

    The environment of the process is never consulted: what a program may know of it is copied in by name, as in
    `EnvironmentCapability({"REGION": os.environ["REGION"]})`. A grant with paths covers the names it lists ("/REGION").

    Args:
        values: Text by name. Copied.

    Raises:
        TypeError: A name or a value is not text.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        lookup = _Lookup(values)
        super().__init__(
            scope="ENV-ENV",
            functions={"get_env": lookup.get_env, "list_env": lookup.list_env},
            describe=_DESCRIPTION,
        )

    def __repr__(self) -> str:
        return "EnvironmentCapability(...)"


class _Lookup:
    """The host functions over a copy of the values."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values: dict[str, str] = mapping("values", values, "names to texts")
        for name, value in self._values.items():
            if not isinstance(name, str) or not isinstance(value, str):
                raise TypeError(f"environment values are text by name, which {name!r} is not")

    def get_env(self, grant: Grant, name: str, default: str | None = None) -> str | None:
        """Return the value of this name, or the default if there is none."""
        grant.check_call()
        if not isinstance(name, str):
            raise TypeError(f"name must be str, not {type(name).__name__}")
        if name not in self._values:
            return default
        grant.check_path("/" + name)
        value = self._values[name]
        grant.charge_bytes(len(value.encode("utf-8", "surrogatepass")))
        return value

    def list_env(self, grant: Grant) -> list[str]:
        """Return the names that have a value, sorted."""
        grant.check_call()
        return sorted(name for name in self._values if covers(grant, "/" + name))
