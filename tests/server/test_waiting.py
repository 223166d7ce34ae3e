"""Desks that wait are told as soon as their journal moves, by any worker; a copy that lags never says "restored"."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.server import database, waiting
from spokesdesk.server.tokens import Caller
from spokesdesk.services.ports import Cursor
from tests import traps
from tests.server.notes import note
from tests.server.running import Device, Postgres, RunningPortal
from tests.server.test_door import applied, said, taken
from tests.server.visitors import Guests

T = TypeVar("T")
# Shorter than a poll lasts: an answer within it was a poke, not the end of the poll.
PATIENCE_S = 15


def waits(device: Device, url: str, after: int, **known: int) -> int:
    return told_by(device, url, after=after, **known).seq


def told_by(device: Device, url: str, **known: int) -> wire.Poke:
    headers = {"authorization": f"Bearer {device.token}"}
    asked = {"for": waiting.LONGEST_S, **known}
    answer = httpx.get(
        f"{url}/j/{device.journal}/wait", params=asked, headers=headers, timeout=PATIENCE_S, trust_env=False
    )
    assert answer.status_code == 200, answer.text
    return wire.decode(answer.content, wire.Poke)


def start_waiting(pool: ThreadPoolExecutor, device: Device, url: str, after: int) -> "Future[int]":
    return _started(pool, lambda: waits(device, url, after))


def _started(pool: ThreadPoolExecutor, wait: Callable[[], T]) -> "Future[T]":
    begun = threading.Event()

    def run() -> T:
        begun.set()
        return wait()

    future = pool.submit(run)
    begun.wait()
    return future


def test_a_desk_that_waits_hears_of_a_push(portal: RunningPortal, device: Device) -> None:
    with ThreadPoolExecutor(1) as pool:
        poke = start_waiting(pool, device, portal.url, 0)
        device.push(device.put(uuid4(), "a", None, 1))
        assert poke.result(PATIENCE_S) == 1
    assert waits(device, portal.url, 0) == 1


def test_a_push_to_one_worker_wakes_who_waits_at_another(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_database()
    first = RunningPortal(tmp_path / "one", url).start()
    second = RunningPortal(tmp_path / "two", url).start()
    try:
        device = first.device()
        with ThreadPoolExecutor(1) as pool:
            for seq in (0, 1):
                poke = start_waiting(pool, device, second.url, seq)
                device.push(device.put(uuid4(), "a", None, 1))
                assert poke.result(PATIENCE_S) == seq + 1
    finally:
        first.stop()
        second.stop()


def test_a_note_of_the_province_wakes_the_agencys_desk_at_another_worker(
    postgres: Postgres, tmp_path: Path
) -> None:
    url = postgres.new_database()
    first = RunningPortal(tmp_path / "one", url).start()
    second = RunningPortal(tmp_path / "two", url).start()
    try:
        province, device = first.device("UBND tỉnh", province=True), first.device("Sở Một")
        wait = partial(told_by, device, second.url, after=0, mail=0, door=0)
        with ThreadPoolExecutor(1) as pool:
            poke = _started(pool, wait)
            province.push(note(province, "alert", str(device.journal)))
            assert poke.result(PATIENCE_S) == wire.Poke(0, 1, 0)
        # Nothing more is said of what the desk has read.
        assert told_by(device, second.url, after=0, mail=1, door=0, **{"for": 0}) == wire.Poke(0, 1, 0)
    finally:
        first.stop()
        second.stop()


def test_a_question_at_the_door_and_its_rating_wake_the_agencys_desk(
    portal: RunningPortal, device: Device, guests: Guests
) -> None:
    lan = guests(portal).verified()
    with ThreadPoolExecutor(1) as pool:
        poke = _started(pool, partial(told_by, device, portal.url, after=0, mail=0, door=0))
        path = lan.ask(device)
        asked = poke.result(PATIENCE_S)
        assert asked.door > 0
        assert device.client.hello(device.token).door_at == asked.door
        [item] = taken(device).items
        applied(device, said(device, item.asked.id, "taken"), said(device, item.asked.id, "answered"))
        # Nothing waits any more: only what comes later is said.
        still = told_by(device, portal.url, after=2, mail=0, door=asked.door, **{"for": 0})
        assert still == wire.Poke(2, 0, 0)
        poke = _started(pool, partial(told_by, device, portal.url, after=2, mail=0, door=asked.door))
        assert lan.send(f"{path}/danh-gia", path, level="good").status_code == 303
        assert poke.result(PATIENCE_S).door > asked.door


def test_a_desk_that_knows_of_no_inbox_is_not_woken_for_it(portal: RunningPortal, device: Device) -> None:
    province = portal.device(f"UBND {uuid4()}", province=True)
    province.push(note(province, "alert", str(device.journal)))
    assert told_by(device, portal.url, after=0, **{"for": 0}).mail == 1
    with ThreadPoolExecutor(1) as pool:
        poke = start_waiting(pool, device, portal.url, 0)
        device.push(device.put(uuid4(), "a", None, 1))
        assert poke.result(PATIENCE_S) == 1


def test_a_wait_that_is_over_tells_the_counter_as_it_is(device: Device) -> None:
    assert device.get("wait", wire.Poke, after=0, **{"for": 0}).seq == 0


def test_a_device_that_asks_again_leaves_no_old_question_behind(
    device: Device, portal: RunningPortal
) -> None:
    with ThreadPoolExecutor(2) as pool:
        old = start_waiting(pool, device, portal.url, 0)
        while not old.done():  # it ends as soon as another one of the same device stands at the portal
            assert device.get("wait", wire.Poke, after=0, **{"for": 1}).seq == 0
        assert old.result() == 0


def test_where_nobody_can_be_heard_the_journal_is_asked_again(
    postgres_portal: RunningPortal, monkeypatch: pytest.MonkeyPatch, logs: traps.LogTrap
) -> None:
    logs.expect("not heard")
    device = postgres_portal.device()

    async def deaf(_engine: sa.Engine) -> None:
        raise OSError

    monkeypatch.setattr(waiting, "_connected", deaf)
    engine = postgres_portal.engine

    async def run() -> int:
        pokes = waiting.Pokes()
        who = Caller(device.journal, device.place.device)
        poll = asyncio.create_task(pokes.wait(engine, who, wire.Poke(0), PATIENCE_S))
        await asyncio.sleep(0)
        await asyncio.to_thread(device.push, device.put(uuid4(), "a", None, 1))
        told = await asyncio.wait_for(poll, PATIENCE_S)
        await pokes.close()
        return told.seq

    assert asyncio.run(run()) == 1


def test_all_who_wait_hear_of_a_push_and_the_counter_is_read_once_for_them(
    embedded_portal: RunningPortal,
) -> None:
    device, engine = embedded_portal.device(), embedded_portal.engine
    reads: list[str] = []

    def note_read(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("SELECT journal.seq"):
            reads.append(statement)

    async def run() -> list[wire.Poke]:
        pokes = waiting.Pokes()
        who = [Caller(device.journal, uuid4()) for _ in range(10)]
        polls = [asyncio.create_task(pokes.wait(engine, one, wire.Poke(0), PATIENCE_S)) for one in who]
        while len(reads) < len(who):
            await asyncio.sleep(0)
        pokes.tell(
            [device.journal]
        )  # said, but nothing moved: they go on waiting, and look again by themselves
        while len(reads) < 2 * len(who) + 1:
            await asyncio.sleep(0)
        await asyncio.to_thread(device.push, device.put(uuid4(), "a", None, 1))
        reads.clear()
        pokes.tell([device.journal])
        told = await asyncio.wait_for(asyncio.gather(*polls), PATIENCE_S)
        await pokes.close()
        return told

    sa.event.listen(engine, "before_cursor_execute", note_read)
    try:
        assert asyncio.run(run()) == [wire.Poke(1)] * 10
    finally:
        sa.event.remove(engine, "before_cursor_execute", note_read)
    assert len(reads) == 1


def test_a_stopping_portal_lets_waiting_desks_go(own_portal: RunningPortal) -> None:
    own_portal.start()
    device = own_portal.device()
    with ThreadPoolExecutor(1) as pool:
        poke = start_waiting(pool, device, own_portal.url, 0)
        while '"place": "/j", "status": 200' not in own_portal.log():
            device.get("wait", wire.Poke, after=0, **{"for": 0})
        own_portal.stop()
        assert poke.exception(PATIENCE_S) is None or isinstance(poke.exception(), httpx.TransportError)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningPortal, RunningPortal]]:
    """A portal on PostgreSQL, and a second one on a read-only copy that follows it."""
    server = Postgres()
    try:
        url = server.new_database()
        primary = RunningPortal(tmp_path_factory.mktemp("primary") / "data", url).start()
        copy = RunningPortal(tmp_path_factory.mktemp("copy") / "data", server.copy(url)).start()
        yield primary, copy
        copy.stop()
        primary.stop()
    finally:
        server.stop()


def test_a_copy_that_lags_says_later_never_restored(copied: tuple[RunningPortal, RunningPortal]) -> None:
    primary, copy = copied
    device = primary.device()
    device.push(device.put(uuid4(), "a", None, 1))
    with database.reading(copy.engine) as connection:
        connection.execute(sa.text("SELECT pg_wal_replay_pause()"))
    device.push(device.put(uuid4(), "a", None, 1))
    entries = device.feed()
    ahead = Cursor(device.place.epoch, 2, entries[-1].chain)
    reader = copy.client()
    for cursor in (ahead, Cursor(ahead.epoch, 1, "0" * 64), Cursor("another", 1, entries[0].chain)):
        with pytest.raises(WaitError) as refused:
            reader.changes(device.token, device.journal, cursor, 10)
        assert refused.value.code != "portal_restored"
    with pytest.raises(WaitError):
        reader.push(device.token, device.journal, wire.Push([device.put(uuid4(), "a", None, 1)]))
    with database.reading(copy.engine) as connection:
        connection.execute(sa.text("SELECT pg_wal_replay_resume()"))
