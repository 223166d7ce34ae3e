"""The portal's schema: the migrations make exactly the tables, and what an older portal held is still there."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from spokesdesk.server import database
from spokesdesk.server.tables import metadata
from tests.server.running import ROOT, Postgres

RECORD = sa.text(
    "INSERT INTO record (journal, id, entity, ver, fields, fver, extra, deleted) "
    "VALUES (:journal, :id, 'paper', 1, '{\"title\": \"x\"}', '{\"title\": 1}', '{}', :deleted)"
)


def upgrade(connection: sa.Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "spokesdesk" / "server" / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@pytest.fixture(params=["embedded", "postgres"])
def bare(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sa.Engine]:
    """A database without any table yet."""
    url = ""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.new_database()
    with monkeypatch.context() as patched:
        patched.setattr(database, "migrate", lambda _engine: None)
        engine = database.open_database(url, tmp_path)
    yield engine
    engine.dispose()


def test_migrations_and_tables_say_the_same(bare: sa.Engine) -> None:
    database.migrate(bare)
    with bare.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found = compare_metadata(context, metadata)
    assert found == []


def test_records_and_revoked_devices_of_the_first_schema_are_kept(bare: sa.Engine) -> None:
    owner, rec, device = uuid4(), uuid4(), uuid4()

    def plain(one: UUID) -> object:
        return one.hex if bare.dialect.name == "sqlite" else one

    with database.writing(bare) as connection:
        upgrade(connection, "0001")
        sql = connection.execute
        sql(
            sa.text(
                "INSERT INTO journal (id, agency, epoch, seq, chain, floor, quota, made_at) "
                "VALUES (:id, 'Sở', 'e', 1, :chain, 0, 1, '2026-01-01')"
            ),
            {"id": plain(owner), "chain": bytes(32)},
        )
        sql(RECORD, {"journal": plain(owner), "id": plain(rec), "deleted": False})
        sql(
            sa.text(
                "INSERT INTO device (journal, id, name, public_key, token_hash, enrolled_at, revoked_at) "
                "VALUES (:journal, :id, '', '', '', '2026-01-01', '2026-01-02')"
            ),
            {"journal": plain(owner), "id": plain(device)},
        )
        upgrade(connection, "head")
    with database.reading(bare) as connection:
        row = connection.execute(sa.select(metadata.tables["record"])).one()
        revoked = connection.execute(sa.select(metadata.tables["device"])).one()
    assert (row.journal, row.id, row.entity, row.fields) == (owner, rec, "paper", {"title": "x"})
    assert (row.sets, row.writers, row.deleted_at) == ({}, {}, None)
    assert revoked.revoked_dseq == 0
