"""Many rows in one statement: they say the same as rows written one by one, and the gate sees each of them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.store.bulk import insert_rows
from spokesdesk.store.database import Database

KEY = bytes(range(32))
COLUMNS = ("id", "name", "at", "share", "note")
Rows = list[tuple[object, ...]]
PLAIN: Rows = [(bytes([n]) * 16, f"Đắk Lắk số {n}", n * 10**15, n / 3, None) for n in range(40)]
TEXTS = ('dấu " và \\ và \n', "\u2028\ue000\x7f", '{"a":[1,"b"]}', "1", "null", "🎉", "")


def opened(folder: Path, gate: Callable[[str, Mapping[str, object]], None] | None = None) -> Database:
    made = Database(folder / "desk.db", KEY, create=True, gate=gate)
    with made.writing() as c:
        c.exec_driver_sql(
            "CREATE TABLE things(id BLOB PRIMARY KEY, name TEXT, at INTEGER, share REAL, note TEXT)"
        )
    return made


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = opened(tmp_path)
    yield made
    made.close()


def put(db: Database, rows: Rows, end: str = "") -> None:
    with db.writing() as c:
        insert_rows(c, "INSERT INTO things", frozenset({"id"}), COLUMNS, rows, end)


def kept(db: Database) -> Rows:
    with db.reading() as c:
        return [tuple(row) for row in c.exec_driver_sql("SELECT * FROM things ORDER BY rowid")]


@pytest.mark.parametrize("text", [*TEXTS, "có \x00 ở giữa"])
def test_rows_are_kept_as_they_were_given_and_in_their_order(db: Database, text: str) -> None:
    rows = [*PLAIN[::-1], (b"\xff" * 16, text, -1, 0.5, text)]
    put(db, rows)
    assert kept(db) == rows


def test_a_row_that_is_there_already_is_dealt_with_as_the_statement_says(db: Database) -> None:
    put(db, PLAIN[:3])
    newer: Rows = [(row[0], "mới", *row[2:]) for row in PLAIN]
    put(db, newer, "ON CONFLICT(id) DO NOTHING")
    assert kept(db) == [*PLAIN[:3], *newer[3:]]


def test_the_gate_sees_every_row_and_keeps_all_of_them_out(tmp_path: Path) -> None:
    seen: list[object] = []

    def gate(statement: str, values: Mapping[str, object]) -> None:
        if "things" in statement:
            seen.extend(values.values())
        if "dấu mật" in values.values():
            raise UserError("secret_marked", field="name")

    db = opened(tmp_path, gate)
    put(db, PLAIN)
    assert seen == [value for row in PLAIN for value in row]
    with pytest.raises(UserError):
        put(db, [(bytes([n, 1]) * 8, "dấu mật" if n == 30 else "x", 0, 0.0, None) for n in range(40)])
    assert kept(db) == PLAIN
    db.close()
