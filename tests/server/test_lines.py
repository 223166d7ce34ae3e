"""Lines that are cut, hang or trickle: a push is taken once or not at all, and what is refused is counted (F6, T20)."""

import asyncio
import itertools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from starlette.types import Message

from spokesdesk import wire
from spokesdesk.server import app, database, portal, requests
from tests.server.faults import Fault, FaultyLine
from tests.server.running import Device, RunningPortal
from tests.server.test_log import told
from tests.server.test_sql import enrolled

STRIDE = 97


def pushed(url: str, device: Device, signed: wire.SignedOp) -> bool:
    """Push over a line; False when no whole answer came back."""
    body = wire.encode(wire.Push([signed]))
    headers = {"authorization": f"Bearer {device.token}"}
    try:
        with httpx.Client(trust_env=False, timeout=20) as client:
            answer = client.post(f"{url}/j/{device.journal}/push", content=body, headers=headers)
    except httpx.TransportError:
        return False
    assert answer.status_code == 200
    return True


def request_bytes(portal: RunningPortal, device: Device) -> int:
    """Give how many bytes a push of one operation is on the line."""
    with FaultyLine(portal.port) as line:
        assert pushed(line.url, device, device.put(uuid4(), "a", None, "x" * 300))
        return line.sent


def cut_everywhere(portal: RunningPortal, device: Device, places: list[int]) -> None:
    """Cut a push at each place, of the request or of its answer, and send it again over a good line.

    The line is cut for the device: a portal that has the whole request may still be taking it, and then knows it again.
    """
    for at in places:
        for fault in (Fault(cut_after=at), Fault(cut_after=at, reset=True), Fault(cut_reply_after=at)):
            signed = device.put(uuid4(), "a", None, "x" * 300)
            before = len(device.feed())
            with FaultyLine(portal.port, [fault]) as line:
                was_answered = pushed(line.url, device, signed)
            taken = len(device.feed()) - before
            assert taken <= 1
            assert not was_answered or taken == 1
            [again] = device.push(signed)
            assert again.outcome == "duplicate" or (not taken and again.outcome == "applied")
            assert len(device.feed()) == before + 1


def places_of(size: int, stride: int) -> list[int]:
    """Give the places to cut at: each so many bytes, and the borders."""
    return sorted({1, 2, *range(stride, size, stride), size - 2, size - 1, size})


def test_a_push_cut_anywhere_is_taken_once_or_not_at_all(embedded_portal: RunningPortal) -> None:
    device = embedded_portal.device()
    cut_everywhere(embedded_portal, device, places_of(request_bytes(embedded_portal, device), STRIDE))


@pytest.mark.long
def test_a_push_cut_at_every_byte_is_taken_once_or_not_at_all(portal: RunningPortal) -> None:
    size = request_bytes(portal, portal.device())
    # A device of its own for each part: the feed is read over and over, and a token is good for a quarter of an hour.
    for first in range(1, size + 1, 40):
        device = portal.device()
        cut_everywhere(portal, device, [at for at in range(first, first + 40) if at <= size])


def test_a_push_that_hangs_half_open_keeps_nobody_waiting(portal: RunningPortal, device: Device) -> None:
    signed = device.put(uuid4(), "a", None, "x" * 3000)
    with FaultyLine(portal.port, [Fault(stall_after=1200)]) as line:
        hanging = threading.Thread(target=pushed, args=(line.url, device, signed), daemon=True)
        hanging.start()
        while line.sent < 1200:
            hanging.join(0.01)
        assert told(device.push(signed)) == [("applied", "")]
        assert told(portal.device().push()) == []
    hanging.join(30)
    assert len(device.feed()) == 1


def test_more_than_a_megabyte_of_operations_is_refused_and_one_large_one_is_not(
    portal: RunningPortal, device: Device
) -> None:
    ops = [device.put(uuid4(), "a", None, "x" * 30_000) for _ in range(45)]
    answer = device.call("POST", f"/j/{device.journal}/push", content=wire.encode(wire.Push(ops)))
    assert (answer.status_code, answer.json()["error"]) == (413, "body_too_big")
    assert device.feed() == []
    alone = device.put(uuid4(), "a", None, "x" * 2_000_000)
    assert told(device.push(alone)) == [("applied", "")]
    assert told(device.push(*ops[:30])) == [("applied", "")] * 30


class Sender:
    """A body as it comes in: pieces, and then nothing any more."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    async def receive(self) -> Message:
        if not self.pieces:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": self.pieces.pop(0), "more_body": True}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[portal.Portal]:
    """A portal in this process."""
    engine = database.open_database("", tmp_path)
    yield portal.portal_at(engine, tmp_path)
    engine.dispose()


async def sent(
    served: portal.Portal, method: str, what: str, sender: Sender, size: int
) -> tuple[int, Device]:
    """Send a body of which only a part comes; give the status of the answer."""
    application = app.build(served)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(application), base_url="http://portal.test"
    ) as client:
        device = await enrolled(served.engine, client, f"Sở {uuid4().hex}")
    path = what.format(journal=device.journal)
    headers = [(b"authorization", f"Bearer {device.token}".encode()), (b"content-length", str(size).encode())]
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": headers,
    }
    scope |= {"scheme": "http", "server": ("portal.test", 80), "client": ("127.0.0.1", 1), "root_path": ""}
    answers: list[Message] = []

    async def send(message: Message) -> None:
        answers.append(message)

    await application(scope, sender.receive, send)
    return int(answers[0]["status"]), device


BODIES = [("POST", "/j/{journal}/push"), ("PUT", f"/files/{'ab' * 32}")]


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_a_body_that_stops_coming_is_given_up_and_counted(
    served: portal.Portal, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    monkeypatch.setattr(requests, "CHUNK_WAIT_S", 0.01)
    status, _device = asyncio.run(sent(served, method, path, Sender([b'{"ops":[']), 5000))
    assert status == 503
    assert served.refused["body_too_slow"] == 1
    assert not list(served.store.folder.glob("incoming/*"))


@pytest.mark.parametrize(("method", "path"), BODIES)
def test_a_body_that_trickles_is_given_up_and_counted(
    served: portal.Portal, monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    seconds = itertools.count(0, 20)  # a byte each twenty seconds: never silent for long, never done
    monkeypatch.setattr(requests, "clock", lambda: float(next(seconds)))
    status, _device = asyncio.run(sent(served, method, path, Sender([b"x"] * 5000), 5000))
    assert status == 503
    assert served.refused["body_too_slow"] == 1
    assert not list(served.store.folder.glob("incoming/*"))
