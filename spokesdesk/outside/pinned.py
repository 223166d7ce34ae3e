"""Connections to an address that was checked, with one deadline over all they read, kept byte by byte."""

import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

LEAST_S = 0.001


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
    """Connects to what ``address`` gives for a host, never to what a second look-up might give.

    Args:
        address: (host, port) → the checked IP address and port.
        watch: takes note of all that is sent and received.
    """

    def __init__(self, address: Callable[[str, int], tuple[str, int]], watch: Watch) -> None:
        self._address, self._watch = address, watch
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
        where, at = self._address(host, port)
        self._watch.address = where
        inner = self._inner.connect_tcp(
            where, at, self._watch.left(), local_address, socket_options=socket_options
        )
        return _Stream(inner, self._watch)
