"""On PostgreSQL a statement that forgets its journal still sees nothing of another one (T9)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, registry

from spokesdesk import wire
from spokesdesk.server import app, database, log, portal, snapshot, tables, walls
from spokesdesk.server.files import FileStore
from spokesdesk.server.tokens import Caller
from tests.server.running import Device, Postgres
from tests.server.test_sql import enrolled, use_everything

SETUP = """
DROP ROLE IF EXISTS spokesdesk_app;
CREATE ROLE spokesdesk_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
"""
GRANTS = """
GRANT USAGE ON SCHEMA public TO spokesdesk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO spokesdesk_app;
"""


@pytest.fixture(scope="module")
def walled(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """The database of a portal that runs as the role which OPERATIONS.md asks for."""
    url = postgres.new_database()
    owner = database.open_database(url, tmp_path_factory.mktemp("walls"))
    with owner.begin() as connection:
        for step in (SETUP + GRANTS).strip().split("\n"):
            connection.exec_driver_sql(step)
    made = database.connect(url.replace("postgres@", "spokesdesk_app@"))
    yield made
    made.dispose()
    with owner.begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY spokesdesk_app")
        connection.exec_driver_sql("DROP ROLE spokesdesk_app")
    owner.dispose()


@pytest.fixture(scope="module")
def two(walled: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[Device, Device]:
    """Devices of two agencies, each with a record."""
    return asyncio.run(two_agencies(walled, tmp_path_factory.mktemp("two")))


async def two_agencies(engine: sa.Engine, folder: Path) -> tuple[Device, Device]:
    found = []
    served = portal.portal_at(engine, folder)
    transport = httpx.ASGITransport(app.build(served))
    for _ in range(2):
        async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
            device = await enrolled(engine, client, f"Sở {uuid4().hex}")
            body = wire.encode(wire.Push([device.put(uuid4(), "a", None, "bản nháp")]))
            answer = await client.post(f"/j/{device.journal}/push", content=body)
            assert [one.outcome for one in wire.decode(answer.content, wire.PushReply).outcomes] == [
                "applied"
            ]
            found.append(device)
    await served.pokes.close()
    return found[0], found[1]


def test_every_route_works_behind_the_wall(walled: sa.Engine, tmp_path: Path) -> None:
    asyncio.run(use_everything(walled, tmp_path))


class Draft:
    """A record, as somebody might map it and forget the journal."""


registry().map_imperatively(Draft, tables.record)


def test_an_orm_query_without_a_journal_sees_only_its_own(
    walled: sa.Engine, two: tuple[Device, Device]
) -> None:
    mine, theirs = two
    with walls.seeing(mine.journal), Session(walled) as session:
        found: list[UUID] = [one.journal for one in session.query(Draft).all()]  # type: ignore[attr-defined]
        assert set(found) == {mine.journal}
        assert session.query(Draft).filter_by(journal=theirs.journal).count() == 0
    with walls.seeing(None), Session(walled) as session:
        assert session.query(Draft).count() == 0
    with Session(walled) as session:  # an administrator's command
        assert session.query(Draft).count() >= 2


@pytest.mark.parametrize("table", [tables.metadata.tables[name] for name in walls.WALLED], ids=walls.WALLED)
def test_a_statement_that_forgot_its_journal_changes_nothing_of_another(
    walled: sa.Engine, two: tuple[Device, Device], table: sa.Table
) -> None:
    mine, theirs = two
    with walled.connect() as connection:
        count = sa.select(sa.func.count()).where(table.c.journal == theirs.journal)
        before = connection.execute(count).scalar()
    with walls.seeing(mine.journal), walled.begin() as connection:
        stolen = sa.update(table).where(table.c.journal == theirs.journal).values(journal=mine.journal)
        moved = connection.execute(stolen)
        assert moved.rowcount == 0
        gone = connection.execute(sa.delete(table).where(table.c.journal != mine.journal))
        assert gone.rowcount == 0
    with walled.connect() as connection:
        assert connection.execute(count).scalar() == before


def test_a_row_cannot_be_laid_into_another_journal(walled: sa.Engine, two: tuple[Device, Device]) -> None:
    mine, theirs = two
    row = dict(journal=theirs.journal, sha256="a" * 64, size=1, stored_at=portal.utc_now())
    with (
        walls.seeing(mine.journal),
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        walled.begin() as connection,
    ):
        connection.execute(sa.insert(tables.blob).values(**row))


def test_who_says_nothing_sees_nothing(walled: sa.Engine, two: tuple[Device, Device]) -> None:
    import psycopg

    url = walled.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        for name in walls.WALLED:
            found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
            assert found == (0,)


def test_a_route_that_forgets_its_journal_gives_only_the_callers(
    walled: sa.Engine, two: tuple[Device, Device], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(_who: Caller, _entity: str, _last: str, _rec: UUID) -> "sa.Select[tuple[object, ...]]":
        return snapshot._columns(tables.record.c.id).order_by(tables.record.c.id)

    monkeypatch.setattr(snapshot, "_by_id", forgetful)
    mine, _theirs = two
    served = portal.portal_at(walled, tmp_path)

    async def asked() -> wire.Snapshot:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app.build(served))) as client:
            headers = {"authorization": f"Bearer {mine.token}"}
            answer = await client.get(f"http://portal.test/j/{mine.journal}/snapshot", headers=headers)
            return wire.decode(answer.content, wire.Snapshot)

    # Each of the two has one contact; what other tests let them write beside is of other nouns.
    assert [one.entity for one in asyncio.run(asked()).records].count("contact") == 1


def test_a_file_that_another_journal_holds_keeps_its_bytes_though_the_wall_hides_it(
    walled: sa.Engine, two: tuple[Device, Device], tmp_path: Path
) -> None:
    store, sha256 = FileStore(tmp_path), uuid4().hex * 2
    store.prepare()
    store.path(sha256).parent.mkdir()
    store.path(sha256).write_bytes(b"x")
    for device in two:
        with walls.seeing(device.journal), walled.begin() as connection:
            row = dict(journal=device.journal, sha256=sha256, size=1, stored_at=portal.utc_now())
            connection.execute(sa.insert(tables.blob).values(**row))
    for device, is_kept in zip(two, (True, False), strict=True):
        said = {"files": wire.FieldChange(None, [sha256])}
        op = device.record_op("append", uuid4(), said, entity="deletion")
        who = Caller(device.journal, device.place.device)
        with walls.seeing(device.journal):
            told = log.push(walled, who, wire.Push([op]), portal.utc_now(), store)
        assert [one.outcome for one in told.reply.outcomes] == ["applied"]
        assert store.has(sha256) is is_kept
