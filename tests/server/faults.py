"""A line between desk and portal that can be spoiled: a TCP proxy that cuts, stalls, slows and flips bytes."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Fault:
    """What happens to one connection.

    Attributes:
        cut_after: bytes of the request after which both sides are cut; None never.
        reset: cut with a reset (RST) instead of an end.
        stall_after: bytes of the request after which nothing passes any more, the line stays open (half-open).
        flip: place of a byte of the request that is changed on its way.
        piece: bytes that pass at once.
        pause: seconds between them.
        cut_reply_after: bytes of the answers after which both sides are cut.
        drop_reply: the request arrives, its answer does not.
    """

    cut_after: int | None = None
    reset: bool = False
    stall_after: int | None = None
    flip: int | None = None
    piece: int = 65536
    pause: float = 0.0
    cut_reply_after: int | None = None
    drop_reply: bool = False


@dataclass
class FaultyLine:
    """A proxy in front of a port; connections use up ``faults`` in order, the rest pass as they are.

    Attributes:
        sent: bytes that clients sent in all.
        connections: how many there were.
    """

    target: int
    faults: list[Fault] = field(default_factory=list)
    port: int = 0
    sent: int = 0
    connections: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop, repr=False)
    _held: list[asyncio.StreamWriter] = field(default_factory=list, repr=False)

    def __enter__(self) -> "FaultyLine":
        """Listen, in a thread of its own."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, with every connection."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where clients connect to."""
        return f"http://127.0.0.1:{self.port}"

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        for writer in self._held:
            writer.transport.abort()
        waiting = asyncio.all_tasks(self._loop)
        for task in waiting:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError, ConnectionError):  # the end of the test
            await self._join(reader, writer)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self.faults.pop(0) if self.faults else Fault()
        self.connections += 1
        there, here = await asyncio.open_connection("127.0.0.1", self.target)
        self._held += [writer, here]
        up = asyncio.create_task(self._pass(reader, here, fault))
        down = asyncio.create_task(self._answer(there, writer, fault))
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        if fault.stall_after is not None and up.done() and not down.done():
            await asyncio.Event().wait()  # half-open: neither side hears of it
        for side in (writer, here):
            if fault.reset:
                side.transport.abort()
            else:
                side.close()
        up.cancel()
        down.cancel()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault) -> None:
        at = 0
        while data := await reader.read(fault.piece):
            self.sent += len(data)
            end = min((x for x in (fault.cut_after, fault.stall_after) if x is not None), default=None)
            if fault.flip is not None and at <= fault.flip < at + len(data):
                place = fault.flip - at
                data = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            if end is not None and at + len(data) >= end:
                writer.write(data[: end - at])
                await writer.drain()
                return
            at += len(data)
            writer.write(data)
            await writer.drain()
            if fault.pause:
                await asyncio.sleep(fault.pause)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault) -> None:
        passed = 0
        while data := await reader.read(65536):
            passed += len(data)
            if fault.drop_reply or passed >= (fault.cut_reply_after or passed + 1):
                return
            writer.write(data)
            await writer.drain()
