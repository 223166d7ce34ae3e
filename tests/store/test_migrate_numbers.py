"""Revision 0012 remakes the table of papers: rows, references and indexes stay, only the one constraint goes."""

from pathlib import Path

import pytest

from spokesdesk.store import migrate
from spokesdesk.store.database import Database

KEY = bytes(range(32))
BEFORE = 11
INSERT = (
    "INSERT INTO member(id, name, roles, active) VALUES (x'0a', 'Phạm Thị Ấn', '[]', 1)",
    "INSERT INTO paper(id, kind, subject, symbol, state, version, author_id, author_name, created_at, saved_at,"
    " series, year, number) VALUES (x'01', 'cong-van', 'một', 'STTTT', 'numbered', 1, x'0a', 'Ấn', 0, 0,"
    " 'cong-van', 2026, 7)",
    "INSERT INTO paper_text(paper_id, version, id, letter, sha256, at, author_id, author_name)"
    " VALUES (x'01', 1, x'02', 'chữ', 'aa', 0, x'0a', 'Ấn')",
)


def test_papers_numbered_before_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path / "desk.db", KEY, create=True)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "SCHEMA", BEFORE)
        migrate.prepare(database)
    with database.writing() as c:
        for statement in INSERT:
            c.exec_driver_sql(statement)
        before = c.exec_driver_sql("SELECT * FROM paper").mappings().one()
        with pytest.raises(Exception, match="UNIQUE"):
            c.exec_driver_sql(INSERT[1].replace("x'01'", "x'03'"))
    migrate.prepare(database)
    with database.writing() as c:
        after = c.exec_driver_sql("SELECT * FROM paper").mappings().one()
        assert {name: after[name] for name in before} == dict(before)
        c.exec_driver_sql(INSERT[1].replace("x'01'", "x'03'"))
        assert c.exec_driver_sql("PRAGMA foreign_key_check").first() is None
        indexes = c.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'paper'"
        )
        names = {str(name) for (name,) in indexes}
    assert {"ix_paper_state_saved_at_n", "ix_paper_saved_at_n", "ix_paper_series_year_number"} <= names
    database.close()
