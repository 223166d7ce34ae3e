"""Long bodies straight from the line into a few buffers that serve again: nothing is copied, parsed or made anew."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator

import h11
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

from spokesdesk.domain.errors import WaitError
from spokesdesk.server import requests

# Where a connection stands in the state of its requests.
LINE = "spokesdesk.line"
PIECE = 1024 * 1024
# Two are with the reader, one is ready, one is being filled.
BUFFERS = 4
# A request that has been read to its end: the answer is all that is still to come.
_WHOLE = b"PATCH / HTTP/1.1\r\nhost: -\r\n\r\n"


def pieces(request: Request, most: int) -> AsyncGenerator[bytes | memoryview, None]:
    """Give a body piece by piece as ``requests.chunks`` does, a long one straight from the line.

    A piece stays as it is until the second one after it is asked for.

    Raises:
        UserError: ``body_too_big``.
        WaitError: ``body_too_slow``; what came before is given first.
    """
    line = request.scope.get("state", {}).get(LINE)
    size = int(request.headers.get("content-length", "0") or 0)
    is_plain = request.scope["http_version"] == "1.1" and "transfer-encoding" not in request.headers
    if line is None or not is_plain or not PIECE < size <= most or not StraightBody.may_read(line):
        return requests.chunks(request, most)
    return StraightBody(line, size).pieces()


class StraightBody(asyncio.BufferedProtocol):
    """Takes a connection over for the rest of one body, and gives it back behind the last byte.

    Args:
        line: has read the headers and perhaps a little of the body.
        size: bytes of the whole body.
    """

    def __init__(self, line: H11Protocol, size: int) -> None:
        self._line, self._left = line, size
        self._buffers = [memoryview(bytearray(PIECE)) for _ in range(BUFFERS)]
        self._ready: deque[memoryview] = deque()
        self._made = self._given = self._filled = 0
        self._news = asyncio.Event()
        self._is_cut = self._is_given_up = False
        held, line.cycle.body = line.cycle.body, bytearray()
        for at in range(0, len(held), PIECE):
            some = held[at : at + PIECE]
            self._buffers[self._made % BUFFERS][: len(some)] = some
            self._note(len(some))
        line.transport.set_protocol(self)
        self._go_on()

    @staticmethod
    def may_read(line: H11Protocol) -> bool:
        """Say whether the body is still to come: none of it was given, and nobody waits to be told to send it."""
        cycle = line.cycle
        return cycle.more_body and not cycle.waiting_for_100_continue and len(cycle.body) <= PIECE

    async def pieces(self) -> AsyncGenerator[memoryview, None]:
        """Give the body; raises WaitError("body_too_slow") as ``requests.chunks`` does."""
        began, size = requests.clock(), self._left
        try:
            while self._ready or self._left:
                if self._ready:
                    self._given += 1
                    self._go_on()
                    yield self._ready.popleft()
                elif not await self._more() or requests.is_slow(began, size - self._left):
                    yield self._buffers[self._made % BUFFERS][: self._filled]
                    raise WaitError("body_too_slow")
        finally:
            self._give_up()

    async def _more(self) -> bool:
        """Wait until a piece is full; says whether anything came."""
        before = self._left
        self._news.clear()
        try:
            async with asyncio.timeout(requests.CHUNK_WAIT_S):
                if not self._is_cut:
                    await self._news.wait()
        except TimeoutError:
            return self._left != before
        return not self._is_cut

    def get_buffer(self, sizehint: int) -> memoryview:
        """Give where the next bytes of the body go."""
        return self._buffers[self._made % BUFFERS][self._filled : self._filled + self._left]

    def buffer_updated(self, nbytes: int) -> None:
        """Take note of what came."""
        self._note(nbytes)

    def _note(self, count: int) -> None:
        self._filled += count
        self._left -= count
        if self._is_given_up:
            self._filled = 0
        elif self._filled == PIECE or not self._left:
            self._ready.append(self._buffers[self._made % BUFFERS][: self._filled])
            self._made, self._filled = self._made + 1, 0
            self._news.set()
            if self._made >= self._given + BUFFERS - 2:
                self._line.flow.pause_reading()
        if not self._left:
            self._end()
            self._line.transport.set_protocol(self._line)

    def _go_on(self) -> None:
        if self._left and self._made < self._given + BUFFERS - 2:
            self._line.flow.resume_reading()

    def _give_up(self) -> None:
        """Let the rest of a body that is not wanted run by, so that the sender hears the answer."""
        if self._left and not self._is_cut:
            self._is_given_up, self._filled = True, 0
            self._end()
            self._line.flow.resume_reading()

    def _end(self) -> None:
        """Let the connection answer as if it had read the body itself."""
        line = self._line
        if not line.cycle.more_body:
            return
        line.cycle.more_body = False
        line.conn = line.cycle.conn = h11.Connection(h11.SERVER)
        line.conn.receive_data(_WHOLE)
        while not isinstance(line.conn.next_event(), h11.EndOfMessage):
            pass

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell both who reads and whose the connection is."""
        self._is_cut = True
        self._news.set()
        self._line.connection_lost(exc)

    def pause_writing(self) -> None:
        """Pass on that answers are to wait."""
        self._line.pause_writing()

    def resume_writing(self) -> None:
        """Pass on that answers may go on."""
        self._line.resume_writing()
