import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Column, MetaData, Table, Text, insert, select, text
from sqlalchemy.exc import StatementError
from sqlcipher3 import dbapi2 as driver

from spokesdesk.domain.errors import AccessError, ConflictError, OutsideError, WaitError
from spokesdesk.store import database as module
from spokesdesk.store.columns import Json, UtcTime, UuidBlob
from spokesdesk.store.database import Database

KEY = bytes(range(32))
META = MetaData()
THINGS = Table(
    "things",
    META,
    Column("id", UuidBlob, primary_key=True),
    Column("at", UtcTime),
    Column("name", Text),
    Column("extra", Json),
)
PARENT = UUID("0192f0c1-2b3c-7def-8123-456789abcdef")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "desk.db", KEY, create=True)
    with database.writing() as c:
        META.create_all(c)
        c.execute(text("CREATE TABLE child (id INTEGER PRIMARY KEY, thing BLOB REFERENCES things(id))"))
    yield database
    database.close()


def add(db: Database, name: str) -> None:
    with db.writing() as c:
        c.execute(insert(THINGS).values(id=UUID(bytes=os.urandom(16)), name=name))


def names(db: Database) -> list[str]:
    with db.reading() as c:
        return list(c.scalars(select(THINGS.c.name).order_by(THINGS.c.name)))


def test_what_was_written_is_there_after_reopening(db: Database, tmp_path: Path) -> None:
    add(db, "Báo Tuổi Trẻ")
    db.close()
    again = Database(tmp_path / "desk.db", KEY)
    assert names(again) == ["Báo Tuổi Trẻ"]
    again.close()


def test_a_failed_block_keeps_nothing(db: Database) -> None:
    def break_off() -> None:
        with db.writing() as c:
            c.execute(insert(THINGS).values(id=PARENT, name="nửa chừng"))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        break_off()
    assert names(db) == []


def test_every_connection_keeps_commits_and_references_safe(db: Database) -> None:
    with db.writing() as one, db.reading() as two:
        for c in (one, two):
            found = [
                c.exec_driver_sql(f"PRAGMA {p}").scalar()
                for p in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert found == ["wal", 2, 1]


def test_a_reference_to_nothing_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), db.writing() as c:
        c.execute(text("INSERT INTO child(thing) VALUES (:x)"), {"x": PARENT.bytes})


def test_a_reading_block_cannot_write_and_the_next_block_can(db: Database) -> None:
    with pytest.raises(OutsideError, match="read_only"), db.reading() as c:
        c.execute(insert(THINGS).values(id=PARENT, name="lén"))
    add(db, "được")
    assert names(db) == ["được"]


def test_a_reader_sees_one_state_while_another_writes(db: Database) -> None:
    add(db, "trước")
    with db.reading() as c:
        before = c.scalars(select(THINGS.c.name)).all()
        add(db, "sau")
        assert c.scalars(select(THINGS.c.name)).all() == before
    assert names(db) == ["sau", "trước"]


def test_the_second_writer_waits_for_the_first(db: Database) -> None:
    order: list[str] = []
    began, release = threading.Event(), threading.Event()

    def slow() -> None:
        with db.writing() as c:
            began.set()
            release.wait(5)
            c.execute(insert(THINGS).values(id=PARENT, name="một"))
        order.append("một")

    worker = threading.Thread(target=slow)
    worker.start()
    assert began.wait(5)
    threading.Timer(0.1, release.set).start()
    add(db, "hai")
    order.append("hai")
    worker.join()
    assert sorted(order) == ["hai", "một"]
    assert names(db) == ["hai", "một"]


def test_a_writer_that_waits_too_long_says_so(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    other = Database(tmp_path / "desk.db", KEY)
    with db.writing(), pytest.raises(WaitError, match="database_busy"), other.writing():
        pass
    other.close()


def test_a_wrong_key_opens_nothing_and_changes_nothing(
    db: Database, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    add(db, "bí mật")
    db.close()
    before = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(AccessError, match="wrong_key"):
        Database(tmp_path / "desk.db", bytes(32))
    assert (tmp_path / "desk.db").read_bytes() == before
    assert capfd.readouterr().err == ""


def test_a_missing_file_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="workspace_missing"):
        Database(tmp_path / "desk.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_file_is_damage_not_a_new_start(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    with pytest.raises(OutsideError, match="database_damaged"):
        Database(tmp_path / "desk.db", KEY)


def test_the_file_and_its_log_show_nothing(db: Database, tmp_path: Path) -> None:
    canary = "Nguồn tin 0912345678"
    add(db, canary)
    stored = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert (tmp_path / "desk.db-wal").stat().st_size > 0
    assert canary.encode() not in stored
    assert "Nguồn tin".encode("utf-16-le") not in stored
    assert b"SQLite format 3" not in stored


def test_an_error_does_not_carry_what_was_typed(db: Database) -> None:
    with pytest.raises(StatementError) as caught, db.writing() as c:
        c.execute(text("INSERT INTO nowhere VALUES (:x)"), {"x": "0912345678"})
    assert "0912345678" not in str(caught.value)


def test_a_value_already_there_is_a_conflict(db: Database) -> None:
    def put() -> None:
        with db.writing() as c:
            c.execute(insert(THINGS).values(id=PARENT, name="0912345678"))

    put()
    with pytest.raises(ConflictError, match="record_exists") as caught:
        put()
    assert caught.value.params == {"where": "things.id"}


def test_a_copy_is_complete_keyed_and_made_beside_writers(db: Database, tmp_path: Path) -> None:
    add(db, "một")
    with db.writing() as c:
        c.execute(insert(THINGS).values(id=PARENT, name="chưa xong"))
        db.backup_to(tmp_path / "copy.db")
    copy = Database(tmp_path / "copy.db", KEY)
    assert names(copy) == ["một"]
    assert copy.integrity_faults() == []
    copy.close()
    assert not list(tmp_path.glob("*.part*"))


def test_one_flipped_byte_is_found_and_named(db: Database, tmp_path: Path) -> None:
    for n in range(200):
        add(db, f"{n:04} " + "x" * 300)
    assert db.integrity_faults() == []
    db.close()
    data = bytearray((tmp_path / "desk.db").read_bytes())
    data[4096 * 5 + 100] ^= 1
    (tmp_path / "desk.db").write_bytes(data)
    damaged = Database(tmp_path / "desk.db", KEY)
    assert [fault[-6:] for fault in damaged.integrity_faults()] == ["page 6"]
    with pytest.raises(OutsideError, match="database_damaged"):
        names(damaged)
    damaged._engine.dispose()


def test_a_closed_desk_refuses_and_leaves_one_file(db: Database, tmp_path: Path) -> None:
    add(db, "x")
    db.close()
    assert [p.name for p in tmp_path.iterdir()] == ["desk.db"]
    with pytest.raises(WaitError, match="workspace_closed"):
        names(db)


def test_a_log_that_cannot_be_folded_in_at_closing_is_no_failure(db: Database, tmp_path: Path) -> None:
    with db.writing() as c:
        c.execute(insert(THINGS).values(id=PARENT, name="đã lưu"))
    held = (tmp_path / "desk.db").rename(tmp_path / "giữ")
    db.close()
    held.rename(tmp_path / "desk.db")
    again = Database(tmp_path / "desk.db", KEY)
    with again.reading() as c:
        assert c.execute(select(THINGS.c.name)).scalar_one() == "đã lưu"
    again.close()


def test_times_keep_their_instant_and_sort(db: Database) -> None:
    hanoi = timezone(timedelta(hours=7))
    late = datetime(2026, 11, 20, 9, 15, 0, 123456, tzinfo=hanoi)
    early = datetime(1960, 1, 1, tzinfo=UTC)
    with db.writing() as c:
        c.execute(insert(THINGS), [{"id": UUID(int=n), "at": at} for n, at in enumerate((late, early))])
    with db.reading() as c:
        assert c.scalars(select(THINGS.c.at).order_by(THINGS.c.at)).all() == [early, late]
        got = c.scalars(select(THINGS.c.at).where(THINGS.c.at > early)).one()
    assert got.tzinfo is UTC
    assert got == late


def test_a_time_without_zone_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"), db.writing() as c:
        c.execute(insert(THINGS).values(id=PARENT, at=datetime(2026, 1, 1)))


def test_ids_and_json_come_back_as_they_went(db: Database) -> None:
    extra = {"tên": "Đắk Lắk", "số": [1, 2.5, None]}
    with db.writing() as c:
        c.execute(insert(THINGS).values(id=PARENT, extra=extra))
    with db.reading() as c:
        assert c.execute(select(THINGS.c.id, THINGS.c.extra)).one() == (PARENT, extra)
        stored = c.exec_driver_sql("SELECT length(id), extra FROM things").one()
    assert stored[0] == 16
    assert "Đắk Lắk" in stored[1]


def test_a_driver_with_the_wal_fault_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(OutsideError, match="sqlite_too_old"):
        Database(tmp_path / "desk.db", KEY, create=True)


def test_the_key_does_not_show(db: Database) -> None:
    assert KEY.hex() not in repr(db)
    assert KEY.hex() not in str(db._engine.url)
