"""Addresses of portals: https, or plain http for this machine."""

import ipaddress
from urllib.parse import urlsplit

from spokesdesk.domain.errors import UserError


def checked_address(address: str) -> str:
    """Give a portal's address in its plain form.

    Raises:
        UserError: ``portal_url_form``; ``portal_url_insecure``: http to another machine.
    """
    plain = address.strip().rstrip("/")
    try:
        parts = urlsplit(plain)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query or parts.fragment:
        raise UserError("portal_url_form", field="portal", portal=plain[:100])
    if parts.scheme == "http" and not is_loopback(host):
        raise UserError("portal_url_insecure", field="portal")
    return plain


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
