"""Which IP addresses belong to the public network: what the press stands at, never an inner network."""

import ipaddress


def is_public(address: str, *, allow_loopback: bool = False) -> bool:
    """Tell whether an IP address belongs to the public network, also one wrapped into an IPv6 address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if allow_loopback and found.is_loopback:
        return True
    if isinstance(found, ipaddress.IPv4Address):
        return _is_public(found)
    if found.ipv4_mapped is not None or found in _NAT64:
        # The IPv4 address it stands for is the one that is reached.
        return _is_public(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    inner = [found.sixtofour, *(found.teredo or ())]
    return _is_public(found) and all(_is_public(each) for each in inner if each is not None)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_literal(host: str) -> bool:
    """Tell whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
