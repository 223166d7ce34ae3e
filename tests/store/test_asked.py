"""Requests of the province that were written down before schema 33 bear the note's own id: they stand as they are."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk.domain.chain import Link, commitment, next_link
from spokesdesk.store import migrate
from spokesdesk.store.database import Database
from spokesdesk.store.unit import SqlUnit

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
US = int(AT.timestamp() * 1_000_000)
MAI, KNOWN, FRESH, STEP = (UUID(int=n) for n in range(1, 5))
# What a program of schema 32 committed to, column by column.
REQUEST: dict[str, object] = {
    "id": str(KNOWN),
    "asker_kind": "agency",
    "asker": "UBND tỉnh",
    "outlet_id": None,
    "outlet_name": "",
    "journalist_id": None,
    "journalist_name": "",
    "channel": "province",
    "received_at": AT.isoformat(),
    "entered_at": AT.isoformat(),
    "event": "press_question",
    "author_id": str(MAI),
    "author_name": "Mai",
}
OPENED: dict[str, object] = {
    "id": str(STEP),
    "request_id": str(KNOWN),
    "move": "open",
    "target": "open",
    "at": AT.isoformat(),
    "author_id": str(MAI),
    "author_name": "Mai",
    "remark": "",
    "paper_id": None,
    "detail": {"subject": {"topic": "số liệu", "questions": [], "contact_id": None}},
}


def link(database: Database, last: Link | None, kind: str, entry: UUID, said: dict[str, object]) -> Link:
    salt = secrets.token_bytes(32)
    made = next_link(last, kind, entry, AT, commitment(salt, said))
    with database.writing() as c:
        c.exec_driver_sql(
            "INSERT INTO chain(n, kind, entry, at, commitment, hash, salt) VALUES (?,?,?,?,?,?,?)",
            (made.n, kind, entry.bytes, US, made.commitment, made.hash, salt),
        )
    return made


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A desk of schema 32: of two requests of the province one is written down."""
    database = Database(tmp_path / "desk.db", KEY, create=True)
    with monkeypatch.context() as then:
        then.setattr(migrate, "SCHEMA", 32)
        migrate.prepare(database)
    with database.writing() as c:
        c.exec_driver_sql(
            "INSERT INTO member(id, name, roles, active) VALUES (?, 'Mai', '[]', 1)", (MAI.bytes,)
        )
        c.exec_driver_sql(
            "INSERT INTO request(id, asker_kind, asker, channel, received_at, entered_at, event, author_id,"
            " author_name, topic, state) VALUES (?, 'agency', 'UBND tỉnh', 'province', ?, ?, 'press_question', ?,"
            " 'Mai', 'số liệu', 'open')",
            (KNOWN.bytes, US, US, MAI.bytes),
        )
        c.exec_driver_sql(
            "INSERT INTO request_step(id, request_id, move, target, at, author_id, author_name, detail)"
            " VALUES (?, ?, 'open', 'open', ?, ?, 'Mai',"
            ' \'{"subject": {"topic": "số liệu", "questions": [], "contact_id": null}}\')',
            (STEP.bytes, KNOWN.bytes, US, MAI.bytes),
        )
        for note in (KNOWN, FRESH):
            c.exec_driver_sql(
                "INSERT INTO inbox(item, kind, sender, agency, detail, at, arrived_at)"
                " VALUES (?, 'ask', x'09090909090909090909090909090909', 'UBND tỉnh', '{}', ?, ?)",
                (note.bytes, US, US),
            )
    link(database, link(database, None, "request", KNOWN, REQUEST), "request_step", STEP, OPENED)
    migrate.prepare(database)
    return database


def test_what_was_written_down_before_is_not_written_down_again_and_its_chain_holds(file: Database) -> None:
    with file.reading() as c:
        unit = SqlUnit(c)
        assert [note.id for note in unit.province.unopened()] == [FRESH]
        assert unit.province.doubles() == ()
        assert unit.requests.get(KNOWN).note_id is None
        assert unit.chain.body_faults() == []
    file.close()


def test_a_request_put_under_another_note_is_seen(file: Database) -> None:
    with file.writing() as c:
        c.exec_driver_sql("UPDATE request SET note_id = ?", (FRESH.bytes,))
    with file.reading() as c:
        assert [one.code for one in SqlUnit(c).chain.body_faults()] == ["body_changed"]
    file.close()
