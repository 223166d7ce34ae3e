"""Connections to an address that was checked, straight or through a proxy, with one deadline, kept byte by byte."""

import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside.webroute import Proxy, Route

LEAST_S = 0.001
# The longest answer of a proxy to the question whether it connects.
PROXY_BYTES = 16_384


@dataclass(slots=True)
class Watch:
    """What went over a connection, and when it must be over.

    Attributes:
        deadline: on the monotonic clock: a server that sends a byte now and then does not hold us longer.
        limit: bytes received.
    """

    deadline: float
    limit: int
    address: str = ""
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)

    def left(self) -> float:
        """Give the seconds left; raises httpcore.ReadTimeout when there are none."""
        seconds = self.deadline - time.monotonic()
        if seconds <= LEAST_S:
            raise httpcore.ReadTimeout("the time for this answer is over")
        return seconds


class _Stream(httpcore.NetworkStream):
    """A connection under watch."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch) -> None:
        self._inner, self._watch = inner, watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if len(self._watch.received) > self._watch.limit:
            raise httpcore.RemoteProtocolError("the answer is longer than allowed")
        data = self._inner.read(max_bytes, self._watch.left())
        self._watch.received += data
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._watch.sent += buffer
        self._inner.write(buffer, self._watch.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._watch.left())
        return _Stream(inner, self._watch)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to what ``route`` gives for a host, never to what a second look-up might give.

    Args:
        route: (host, port) → the way there, checked.
        watch: takes note of all that is sent and received; not of what is said to a proxy.
    """

    def __init__(self, route: Callable[[str, int], Route], watch: Watch) -> None:
        self._route, self._watch = route, watch
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the checked address of a host."""
        route = self._route(host, port)
        self._watch.address = route.address
        if route.proxy is not None:
            return _Stream(self._through(route.proxy, route.target), self._watch)
        inner = self._inner.connect_tcp(
            route.address, route.port, self._watch.left(), local_address, socket_options=socket_options
        )
        return _Stream(inner, self._watch)

    def _through(self, proxy: Proxy, target: str) -> httpcore.NetworkStream:
        """Ask a proxy for a connection (RFC 9110, 9.3.6); its errors are told as the proxy's, not the server's."""
        try:
            line = self._inner.connect_tcp(proxy.host, proxy.port, self._watch.left())
            if proxy.is_tls:
                line = line.start_tls(ssl.create_default_context(), proxy.host, self._watch.left())
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            raise OutsideError("web_proxy_away", proxy=proxy.host) from error
        try:
            _require_connected(proxy, self._asked(line, proxy, target))
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            line.close()
            raise OutsideError("web_proxy_away", proxy=proxy.host) from error
        except OutsideError:
            line.close()
            raise
        return line

    def _asked(self, line: httpcore.NetworkStream, proxy: Proxy, target: str) -> bytes:
        """Ask for a connection; gives the head of the proxy's answer."""
        login = f"Proxy-Authorization: {proxy.login}\r\n" if proxy.login else ""
        asked = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{login}\r\n"
        line.write(asked.encode("latin-1"), self._watch.left())
        head = b""
        while b"\r\n\r\n" not in head and len(head) < PROXY_BYTES:
            piece = line.read(PROXY_BYTES, self._watch.left())
            if not piece:
                break
            head += piece
        return head


def _require_connected(proxy: Proxy, head: bytes) -> None:
    parts = head.split(b" ", 2)
    status = parts[1][:3].decode("latin-1") if len(parts) > 1 and head.startswith(b"HTTP/1.") else ""
    if status == "407":
        raise OutsideError("web_proxy_login", proxy=proxy.host)
    if not status.startswith("2") or not head.endswith(b"\r\n\r\n"):
        raise OutsideError("web_proxy_refused", proxy=proxy.host, status=status or "?")
