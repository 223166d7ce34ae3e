"""Which way a connection to the web goes: to an address that was checked, straight or through the agency's proxy.

A proxy could be led into the inner network in our stead. So it is asked for the address that was checked here, and for
a name only where TLS follows: whoever answers must then prove to be the server of that name, which nobody inside can.
"""

import socket
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.outside.publicaddress import is_literal, is_public

# (host, port) → the addresses a name has; raises OSError when it has none.
LookUp = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Proxy:
    """The agency's proxy (máy chủ trung gian).

    Attributes:
        login: value of Proxy-Authorization, "" for none.
    """

    host: str
    port: int
    is_tls: bool
    login: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a connection goes.

    Attributes:
        address: the checked address of the server; "" where the proxy looks it up.
        port: of the server.
        proxy: None: straight to the address.
        target: host and port that the proxy is asked for.
    """

    address: str
    port: int
    proxy: Proxy | None = None
    target: str = ""


def look_up(host: str, port: int) -> Sequence[str]:
    """Give the addresses of a name (blocking)."""
    return [str(where[0]) for *_kind, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Routes:
    """Finds the way for each connection.

    Args:
        loopback_ports: where servers on this machine may be reached, for the program's own tests.
        proxy: gives the address of the agency's proxy as set, "" for what the system says.
        names: looks names up.
    """

    def __init__(self, loopback_ports: frozenset[int], proxy: Callable[[], str], names: LookUp) -> None:
        self._loopback, self._proxy, self._names = loopback_ports, proxy, names

    def to(self, host: str, port: int, *, is_tls: bool) -> Route:
        """Give the way to a server.

        Raises:
            UserError: ``web_private``: it stands at no public address.
            OutsideError: ``web_unreachable``: nobody knows the name; ``web_unresolved``: this machine does not, and
                without TLS the proxy is not asked; ``web_proxy_form``.
        """
        proxy = self._proxy_for(host, is_tls)
        try:
            address = self._checked(host, port)
        except (OSError, UnicodeError) as error:
            if proxy is None:
                raise OutsideError("web_unreachable", host=host) from error
            if not is_tls:
                raise OutsideError("web_unresolved", host=host) from error
            address = ""
        if proxy is None:
            return Route(address, port)
        asked = host if is_tls else address
        return Route(address, port, proxy, f"[{asked}]:{port}" if ":" in asked else f"{asked}:{port}")

    def _checked(self, host: str, port: int) -> str:
        found = [host] if is_literal(host) else self._names(host, port)
        for address in found:
            if is_public(address, allow_loopback=port in self._loopback):
                return address
        raise UserError("web_private", field="url", host=host)

    def _proxy_for(self, host: str, is_tls: bool) -> Proxy | None:
        wanted = self._proxy().strip() or _system_proxy(host, is_tls)
        return read_proxy(wanted) if wanted else None


def read_proxy(written: str) -> Proxy:
    """Give the proxy that an address names; raises OutsideError("web_proxy_form")."""
    try:
        parts = urlsplit(written if "://" in written else f"http://{written}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise OutsideError("web_proxy_form", proxy=written) from None
    is_tls = parts.scheme.lower() == "https"
    if not host or not (is_tls or parts.scheme.lower() == "http"):
        raise OutsideError("web_proxy_form", proxy=host or written)
    login = ""
    if parts.username:
        named = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        login = f"Basic {b64encode(named.encode()).decode()}"
    return Proxy(host, port or (443 if is_tls else 80), is_tls, login)


def _system_proxy(host: str, is_tls: bool) -> str:
    """Give the proxy that the system names for a host, "" for none; this machine itself is never asked for by one."""
    from urllib.request import getproxies, proxy_bypass

    if host == "localhost" or (is_literal(host) and not is_public(host)) or proxy_bypass(host):
        return ""
    named = getproxies()
    return named.get("https" if is_tls else "http") or named.get("all", "")
