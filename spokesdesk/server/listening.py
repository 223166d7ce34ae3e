"""The portal's door: the socket it listens at, and how long it waits for a request to say what it wants."""

import asyncio
import os
import socket
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from spokesdesk.domain.errors import OutsideError
from spokesdesk.server.straight import LINE

# Files that the portal opens beside its connections: database, uploads, pages, the log.
OWN_FILES = 200
MOST_FILES = 65_536


class Impatient(H11Protocol):
    """Closes a connection whose request line and headers do not come to an end in time (slowloris, sync.md T20).

    Attributes:
        most: connections at once; one more is closed before it costs anything.
    """

    headers_s = 20.0
    most = MOST_FILES
    _closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait with the connection."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, LINE: self}
        if len(self.connections) > self.most:
            transport.abort()
            return
        self._closing = self.loop.call_later(self.headers_s, transport.close)

    def data_received(self, data: bytes) -> None:
        """Read on; stop waiting when the headers are whole, begin again when the next ones begin."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._closing is None and self.transport is not None:
            self._closing = self.loop.call_later(self.headers_s, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None


def door() -> type[Impatient]:
    """Give how connections are spoken with: so many at once as this process may open, less what it needs itself.

    Without an end to them, all that are half-open take the files away that the database and uploads need.
    """
    may_open = os.sysconf("SC_OPEN_MAX") if os.name == "posix" else -1
    files = min(may_open, MOST_FILES) if may_open > 0 else MOST_FILES

    class Door(Impatient):
        most = max(files - OWN_FILES, files // 2)

    return Door


def listen(host: str, port: int) -> socket.socket:
    """Give a listening socket; port 0 takes any free one.

    Raises:
        OutsideError: ``port_not_free``.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, the event loop turns Nagle's delay (40 ms an answer) off.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise OutsideError("port_not_free", field="port", option="port", port=port, host=host) from error
    return listener
