"""Where requests may go: what the embedder allows, and of that what the grant does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from npython._arguments import listed
from npython.capabilities.http.addresses import kind_of
from npython.security.grant import Grant, GrantError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from npython.capabilities.http.resolver import Address
    from npython.capabilities.http.url import Target

__all__ = ["Rules"]

_USUAL_PORTS = (80, 443)


@dataclass(frozen=True)
class Rules:
    """What the embedder allows.

    Attributes:
        hosts: Patterns as in `Grant`; `None` for every public host.
        private_hosts: Patterns of hosts that may be at addresses that are not public.
        methods: Methods in capitals.
        ports: Ports of hosts whose pattern names none.
        plain_http: Whether public hosts may be asked without TLS.
    """

    hosts: Grant | None
    private_hosts: Grant
    methods: frozenset[str]
    ports: frozenset[int]
    plain_http: bool

    @classmethod
    def of(
        cls,
        hosts: Iterable[str],
        private_hosts: Iterable[str],
        methods: Iterable[str],
        ports: Iterable[int] | None,
        *,
        plain_http: bool,
    ) -> Rules:
        """Check what the embedder has written.

        Raises:
            ValueError: A pattern, method or port is malformed.
        """
        public = listed("hosts", hosts)
        allowed_ports = _USUAL_PORTS if ports is None else listed("ports", ports)
        if not all(type(port) is int and 0 < port < 65536 for port in allowed_ports):  # noqa: PLR2004 - the largest port
            raise ValueError("ports must be whole numbers from 1 to 65535")
        return cls(
            hosts=None if public == ("*",) else Grant("hosts", hosts=public),
            private_hosts=Grant("hosts", hosts=listed("private_hosts", private_hosts)),
            methods=frozenset(Grant("methods", methods=listed("methods", methods)).methods or ()),
            ports=frozenset(allowed_ports),
            plain_http=plain_http,
        )

    def check_target(self, target: Target, method: str, grant: Grant) -> None:
        """Refuse a request before anything is looked up or sent.

        Raises:
            PermissionError: It is not allowed.
        """
        if method not in self.methods:
            raise PermissionError(f"the method {method} is not allowed")
        private = _matches(self.private_hosts, target)
        if not private and self.hosts is not None and not _matches(self.hosts, target):
            raise PermissionError(f"the host {target.host!r} is not allowed")
        if target.port not in self.ports and not self._names_port(target):
            raise PermissionError(f"the port {target.port} of the host {target.host!r} is not allowed")
        if target.scheme == "http" and not (self.plain_http or private or self._is_named_address(target)):
            raise PermissionError(f"the host {target.host!r} must be asked with https://")
        grant.check_method(method)
        grant.check_host(target.host, target.port)
        if grant.paths is not None:
            path = target.decoded_path()
            if path is None:
                raise GrantError(f"the grant for {grant.scope} does not cover a path with encoded separators")
            grant.check_path(path)

    def check_addresses(self, target: Target, addresses: Sequence[Address]) -> None:
        """Refuse a host if any of its addresses is not for it.

        Raises:
            PermissionError: One is not.
        """
        if self._is_named_address(target):
            return
        allowed = {"public", "private"} if _matches(self.private_hosts, target) else {"public"}
        if not addresses or any(kind_of(address) not in allowed for address in addresses):
            raise PermissionError(f"the host {target.host!r} is at an address that is not allowed")

    def _names_port(self, target: Target) -> bool:
        """Whether a pattern that matches says which port."""
        for grant in (self.hosts, self.private_hosts):
            for pattern in (grant.hosts or ()) if grant is not None else ():
                if pattern.rpartition(":")[2] == str(target.port) and not pattern.endswith("]"):
                    only = Grant("hosts", hosts=(pattern,))
                    if _matches(only, target):
                        return True
        return False

    def _is_named_address(self, target: Target) -> bool:
        """Whether the target is an address that the embedder has written down, so that it is meant."""
        return target.address is not None and any(
            _matches(grant, target) for grant in (self.hosts, self.private_hosts) if grant is not None
        )


def _matches(listed: Grant, target: Target) -> bool:
    try:
        listed.check_host(target.host, target.port)
    except GrantError:
        return False
    return True
