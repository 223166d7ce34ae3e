"""Long polls: desks that wait until their journal moves. A poke carries no data (sync.md §1.1).

Workers are stateless and may be many: PostgreSQL tells all of them (LISTEN/NOTIFY). The embedded database has one
process, which tells itself. Any other database is asked every two seconds.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from anyio import to_thread
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from spokesdesk.server.database import reading
from spokesdesk.server.tables import journal

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger("spokesdesk.portal")
LONGEST_S = 25
ASK_AGAIN_S = 2.0
CHANNEL = "spokesdesk_journal"


@dataclass(slots=True)
class Pokes:
    """Who waits for which journal, in this process; used on the event loop only."""

    _waiting: dict[UUID, dict[UUID, asyncio.Event]] = field(default_factory=dict)
    _listening: "asyncio.Task[None] | None" = None
    _hears: bool = False

    async def wait(self, engine: Engine, owner: UUID, device: UUID, after: int, seconds: float) -> int:
        """Wait until a journal's counter is above ``after``; give the counter, moved or not.

        A second question of the same device ends the first: a desk that lost its connection leaves nothing behind.
        """
        self._listen(engine)
        event = asyncio.Event()
        others = self._waiting.setdefault(owner, {})
        if (before := others.get(device)) is not None:
            before.set()
        others[device] = event
        end = asyncio.get_running_loop().time() + min(max(seconds, 0), LONGEST_S)
        try:
            # The counter is read after the name is on the list: a push in between is seen or heard, never missed.
            while (seq := await to_thread.run_sync(_seq, engine, owner)) <= after:
                left = end - asyncio.get_running_loop().time()
                if left <= 0 or others.get(device) is not event:
                    break
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), min(left, self._pause(engine)))
                event.clear()
        finally:
            if others.get(device) is event:
                del others[device]
            if not others:
                self._waiting.pop(owner, None)
        return seq

    def _pause(self, engine: Engine) -> float:
        is_told = engine.dialect.name == "sqlite" or self._hears
        return LONGEST_S if is_told else ASK_AGAIN_S

    def tell(self, owner: UUID) -> None:
        """Wake who waits for a journal in this process."""
        for event in self._waiting.get(owner, {}).values():
            event.set()

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
                        self.tell(UUID(said.payload))
        except (psycopg.Error, OSError) as error:
            log.warning("not heard", extra={"event": "not_heard", "fault": type(error).__name__})
            await asyncio.sleep(ASK_AGAIN_S)
        finally:
            self._hears = False

    def _tell_all(self) -> None:
        for owner in list(self._waiting):
            self.tell(owner)

    def count(self) -> int:
        """Give how many wait."""
        return sum(len(others) for others in list(self._waiting.values()))

    async def close(self) -> None:
        """Let everybody go, when the portal stops."""
        for others in self._waiting.values():
            for device in list(others):
                others.pop(device).set()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)


async def _connected(engine: Engine) -> "psycopg.AsyncConnection[tuple[object, ...]]":
    import psycopg

    url = engine.url.set(drivername="postgresql")
    return await psycopg.AsyncConnection.connect(
        url.render_as_string(hide_password=False), autocommit=True, connect_timeout=10
    )


def _seq(engine: Engine, owner: UUID) -> int:
    with reading(engine, private=False) as connection:
        found: int = connection.execute(sa.select(journal.c.seq).where(journal.c.id == owner)).scalar_one()
    return found


def notify(engine: Engine, owner: UUID) -> None:
    """Tell the other workers that a journal moved; without PostgreSQL there are none, or they ask by themselves."""
    if engine.dialect.name != "postgresql":
        return
    try:
        # After the push, in a transaction of its own: inside it, NOTIFY would make all pushes of the portal queue up.
        with reading(engine, private=False) as connection:
            connection.execute(sa.select(sa.func.pg_notify(CHANNEL, str(owner))))
    except DBAPIError as error:
        log.warning("not told", extra={"event": "not_told", "fault": type(error.orig).__name__})
