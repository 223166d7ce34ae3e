"""What PostgreSQL breaks off because two transactions met is done again from the start (SQLSTATE 40001, 40P01)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import database, log, tokens
from spokesdesk.server.portal import utc_now
from spokesdesk.server.tables import journal
from tests.server.running import Device, Postgres, RunningPortal
from tests.server.test_hostile import enrolled_in


@pytest.fixture
def engine(postgres: Postgres, tmp_path: Path) -> Iterator[sa.Engine]:
    """A portal's database on PostgreSQL."""
    made = database.open_database(postgres.new_database(), tmp_path)
    yield made
    made.dispose()


@pytest.fixture
def failures(engine: sa.Engine) -> list[str]:
    """The SQLSTATE of every statement that failed, as the database said it."""
    found: list[str] = []

    def note(context: sa.engine.ExceptionContext) -> None:
        found.append(str(getattr(context.original_exception, "sqlstate", "")))

    sa.event.listen(engine, "handle_error", note)
    return found


def moved(connection: sa.Connection, device: Device) -> None:
    """Write the journal's row, as a push does, and hold it until the transaction ends."""
    here = journal.c.id == device.journal
    connection.execute(sa.update(journal).where(here).values(quota=journal.c.quota + 1))


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_push_that_could_not_be_serialized_is_taken_once(
    engine: sa.Engine, failures: list[str], level: str
) -> None:
    strict = engine.execution_options(isolation_level=level)
    device = enrolled_in(engine)
    who = tokens.Caller(device.journal, device.place.device)
    message = wire.Push([device.put(uuid4(), "a", None, n) for n in range(3)])
    with ThreadPoolExecutor(1) as pool, engine.connect() as other:
        moved(other, device)
        pushing = pool.submit(log.push, strict, who, message, utc_now())
        wait_for_a_waiter(engine)
        other.commit()
        outcomes = pushing.result().reply.outcomes
    assert [one.outcome for one in outcomes] == ["applied"] * 3
    assert failures == ["40001"]
    page = log.pull(engine, who, epoch=device.place.epoch, after=0, chain=wire.GENESIS.hex(), limit=9)
    assert [entry.op_id for entry in page.changes] == [signed.op.op_id for signed in message.ops]


def wait_for_a_waiter(engine: sa.Engine) -> None:
    """Wait until a transaction of this database waits for another one's lock."""
    asked = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    pause = threading.Event()
    for _ in range(3000):
        with engine.connect() as connection:
            if connection.execute(asked).scalar_one():
                return
        pause.wait(0.01)
    pytest.fail("nothing waits")


def test_of_two_transactions_that_wait_for_each_other_both_are_done(
    engine: sa.Engine, failures: list[str]
) -> None:
    first, second = enrolled_in(engine), enrolled_in(engine)
    tries: list[int] = []
    holds_first = threading.Event()

    def work(connection: sa.Connection) -> None:
        tries.append(1)
        moved(connection, first)
        holds_first.set()
        moved(connection, second)

    with ThreadPoolExecutor(1) as pool, engine.connect() as other:
        other.exec_driver_sql("SET LOCAL deadlock_timeout = '100s'")  # the other one finds out, and gives way
        moved(other, second)
        working = pool.submit(database.in_transaction, engine, work)
        assert holds_first.wait(30)
        moved(other, first)
        other.commit()
        working.result()
    assert failures == ["40P01"]
    assert len(tries) == 2
    with engine.connect() as connection:
        quotas = set(connection.execute(sa.select(journal.c.quota)).scalars())
    assert len(quotas) == 1


def lost_connections(engine: sa.Engine) -> None:
    """Let the database end every connection that rests in the pool, as one that is started anew does."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with engine.connect() as connection:
        line = connection.connection.driver_connection
        assert line is not None
        connection.exec_driver_sql(others, (line.info.backend_pid,))
        line.close()
        connection.invalidate()


def test_connections_that_were_lost_while_they_rested_are_made_anew(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = enrolled_in(engine)
    who = tokens.Caller(device.journal, device.place.device)
    with engine.connect(), engine.connect():
        pass
    lost_connections(engine)
    monkeypatch.setattr(database, "RESTED_S", 0.0)
    assert log.hello(engine, who).seq == 0
    assert tokens.caller(engine, f"Bearer {device.token}", utc_now()) == who


def test_connections_that_were_lost_while_they_were_in_use_fail_once(engine: sa.Engine) -> None:
    device = enrolled_in(engine)
    who = tokens.Caller(device.journal, device.place.device)
    with engine.connect(), engine.connect():
        pass
    lost_connections(engine)
    with pytest.raises(sa.exc.OperationalError):
        log.hello(engine, who)
    assert log.hello(engine, who).seq == 0


def test_pushes_that_wait_for_a_journal_keep_those_of_others_waiting_by_nothing(
    postgres_portal: RunningPortal,
) -> None:
    held, other = postgres_portal.device(), postgres_portal.device()
    pushes = [wire.encode(wire.Push([held.put(uuid4(), "a", None, n)])) for n in range(8)]
    path = f"/j/{held.journal}/push"
    with ThreadPoolExecutor(len(pushes)) as pool, postgres_portal.engine.connect() as connection:
        with connection.begin():
            moved(connection, held)
            waiting = [pool.submit(held.call, "POST", path, content=body, timeout=60) for body in pushes]
            wait_for_a_waiter(postgres_portal.engine)
            assert [told.outcome for told in other.push(other.put(uuid4(), "a", None, 1))] == ["applied"]
            assert other.get("wait", wire.Poke, after=0).seq == 1
        assert {one.result().status_code for one in waiting} == {200}
    assert len(held.feed()) == len(pushes)
