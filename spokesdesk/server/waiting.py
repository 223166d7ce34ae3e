"""Long polls: desks that wait until their journal, its devices, its inbox or the door moves (sync.md §1.1).

Workers are stateless and may be many: PostgreSQL tells all of them (LISTEN/NOTIFY). The embedded database has one
process, which tells itself. Any other database is asked every two seconds.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from anyio import CapacityLimiter, to_thread
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from spokesdesk import wire
from spokesdesk.server import door_waiting, members
from spokesdesk.server.database import reading
from spokesdesk.server.tables import journal, mailbox
from spokesdesk.server.tokens import Caller

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger("spokesdesk.portal")
LONGEST_S = 25
ASK_AGAIN_S = 2.0
LOOKERS = 2  # threads that look; the rest wait on the event loop
CHANNEL = "spokesdesk_journal"
# Who wait together are told one after the other within this time for each, or they would all ask at once.
SPREAD_S, LONGEST_SPREAD_S = 0.02, 0.5
_SEQ = sa.select(journal.c.seq).where(journal.c.id == sa.bindparam("owner"))
_MAIL = sa.select(mailbox.c.n).where(mailbox.c.journal == sa.bindparam("owner"))


class _Stir:
    """A journal was said to have moved: its counter is read once after that, for all who wait."""

    def __init__(self) -> None:
        self._reading: asyncio.Future[int] | None = None

    async def seq(self, engine: Engine, owner: UUID, limiter: CapacityLimiter) -> int:
        """Give the journal's counter as it stood at some moment after it was said to have moved."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(to_thread.run_sync(_seq_of, engine, owner, limiter=limiter))
        return await asyncio.shield(self._reading)


@dataclass(slots=True)
class _Ear:
    """One device that waits, and what it was told last."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    stir: _Stir | None = None

    def tell(self, stir: _Stir | None = None) -> None:
        """Wake it."""
        self.stir = stir
        self.event.set()

    def taken(self) -> _Stir | None:
        """Give what woke it, and let it be woken again."""
        stir, self.stir = self.stir, None
        self.event.clear()
        return stir


@dataclass(slots=True)
class Pokes:
    """Who waits for which journal, in this process; used on the event loop only."""

    _waiting: dict[UUID, dict[UUID, _Ear]] = field(default_factory=dict)
    _looking: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(LOOKERS))
    _listening: "asyncio.Task[None] | None" = None
    _hears: bool = False

    async def wait(
        self,
        engine: Engine,
        who: Caller,
        known: wire.Poke,
        seconds: float,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> wire.Poke:
        """Wait until something went on since a desk knew of it; give how it stands, moved or not.

        A second question of the same device ends the first: a desk that lost its connection leaves nothing behind.
        """
        self._listen(engine)
        ear, owner, device = _Ear(), who.journal, who.device
        others = self._waiting.setdefault(owner, {})
        if (before := others.get(device)) is not None:
            before.tell()
        others[device] = ear
        end = asyncio.get_running_loop().time() + min(max(seconds, 0), LONGEST_S)
        try:
            # It is read after the name is on the list: a push in between is seen or heard, never missed.
            while not wire.has_moved(
                known,
                told := await to_thread.run_sync(_look, engine, who, known, now(), limiter=self._looking),
            ):
                left = end - asyncio.get_running_loop().time()
                if left <= 0 or others.get(device) is not ear:
                    break
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(ear.event.wait(), min(left, self._pause(engine)))
                    await asyncio.sleep(
                        random.uniform(0, min(SPREAD_S * (len(others) - 1), LONGEST_SPREAD_S))
                    )
                stir = ear.taken()
                if stir is not None and (seq := await stir.seq(engine, owner, self._looking)) > known.seq:
                    return wire.Poke(seq)
        finally:
            if others.get(device) is ear:
                del others[device]
            if not others:
                self._waiting.pop(owner, None)
        return told

    def _pause(self, engine: Engine) -> float:
        is_told = engine.dialect.name == "sqlite" or self._hears
        return LONGEST_S if is_told else ASK_AGAIN_S

    def tell(self, owners: Iterable[UUID]) -> None:
        """Wake who waits for some journals in this process."""
        for owner in owners:
            stir = _Stir()
            for ear in self._waiting.get(owner, {}).values():
                ear.tell(stir)

    def _listen(self, engine: Engine) -> None:
        if engine.dialect.name == "postgresql" and (self._listening is None or self._listening.done()):
            self._listening = asyncio.get_running_loop().create_task(self._hear(engine))

    async def _hear(self, engine: Engine) -> None:
        """Hear what other workers say; while nobody can be heard, waiting desks ask every two seconds."""
        import psycopg

        try:
            async with await _connected(engine) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                self._hears = True
                self._tell_all()  # what was said before there was an ear
                async for said in connection.notifies():
                    with contextlib.suppress(ValueError):
                        self.tell([UUID(said.payload)])
        except (psycopg.Error, OSError) as error:
            log.warning("not heard", extra={"event": "not_heard", "fault": type(error).__name__})
            await asyncio.sleep(ASK_AGAIN_S)
        finally:
            self._hears = False

    def _tell_all(self) -> None:
        self.tell(list(self._waiting))

    def count(self) -> int:
        """Give how many wait."""
        return sum(len(others) for others in list(self._waiting.values()))

    async def close(self) -> None:
        """Let everybody go, when the portal stops."""
        for others in self._waiting.values():
            for device in list(others):
                others.pop(device).tell()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)


async def _connected(engine: Engine) -> "psycopg.AsyncConnection[tuple[object, ...]]":
    import psycopg

    url = engine.url.set(drivername="postgresql")
    return await psycopg.AsyncConnection.connect(
        url.render_as_string(hide_password=False), autocommit=True, connect_timeout=10
    )


def _look(engine: Engine, who: Caller, known: wire.Poke, now: datetime) -> wire.Poke:
    with reading(engine, private=False) as connection:
        seq: int = connection.execute(_SEQ, {"owner": who.journal}).scalar_one()
        if seq > known.seq:  # most pokes: what colleagues saved
            return wire.Poke(seq)
        mail = connection.execute(_MAIL, {"owner": who.journal}).scalar_one()
        others = wire.members_mark(members.of(connection, who.journal)) if known.members else ""
        return wire.Poke(seq, mail, door_waiting.waiting(connection, who, now)[1], others)


def _seq_of(engine: Engine, owner: UUID) -> int:
    with reading(engine, private=False) as connection:
        seq: int = connection.execute(_SEQ, {"owner": owner}).scalar_one()
    return seq


def notify(engine: Engine, owners: Iterable[UUID]) -> None:
    """Tell the other workers that journals moved; without PostgreSQL there are none, or they ask by themselves."""
    if engine.dialect.name != "postgresql":
        return
    try:
        # After the push, in a transaction of its own: inside it, NOTIFY would make all pushes of the portal queue up.
        with reading(engine, private=False) as connection:
            for owner in owners:
                connection.execute(sa.select(sa.func.pg_notify(CHANNEL, str(owner))))
    except DBAPIError as error:
        log.warning("not told", extra={"event": "not_told", "fault": type(error.orig).__name__})
