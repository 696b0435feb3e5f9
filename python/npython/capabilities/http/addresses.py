"""Which addresses a program may be connected to: those of the public Internet, unless the embedder says otherwise."""

from __future__ import annotations

import ipaddress

__all__ = ["Kind", "kind_of"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: What an address is for: "public"; "private", for hosts the embedder has named; or "special", for nobody by name.
Kind = str

_PRIVATE = [
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
]

#: The IANA special-purpose registries, and where clouds keep their instances' secrets.
_SPECIAL = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.100.100.200/32",  # metadata
        "168.63.129.16/32",  # metadata
        "169.254.0.0/16",  # link-local, metadata
        "192.0.0.0/24",  # protocols, metadata
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # Teredo and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
        "fd00:ec2::/32",  # metadata
    )
]
#: The part of IPv6 that is handed out. Outside are mapped, compatible and translated addresses, link-local, multicast.
_HANDED_OUT = ipaddress.IPv6Network("2000::/3")
#: How an interface says that its IPv6 address holds an IPv4 one (ISATAP).
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


def kind_of(address: Address) -> Kind:
    """Return what an address is for. Unknown ones, and those that hold another address, are special."""
    if any(address in network for network in _SPECIAL):
        return "special"
    if any(address in network for network in _PRIVATE):
        return "private"
    if isinstance(address, ipaddress.IPv6Address):
        holds_another = (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP
        return "special" if holds_another or address.scope_id or address not in _HANDED_OUT else "public"
    return "public" if address.is_global else "special"
