"""A virus scanner that holds a file (F29): tried again for a moment, then said."""

from pathlib import Path

import pytest

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside import disk
from spokesdesk.store.database import Database

KEY = bytes(range(32))


class Scanner:
    """Holds a file for so many tries, as Windows lets a scanner do."""

    def __init__(self, tries: int) -> None:
        self.left = tries

    def __call__(self) -> str:
        if self.left:
            self.left -= 1
            held = PermissionError(13, "held")
            held.winerror = 32  # type: ignore[attr-defined]
            raise held
        return "done"


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it was waited between the tries, on a system with scanners."""
    noted: list[float] = []
    monkeypatch.setattr(disk, "_SCANNED", True)
    monkeypatch.setattr("spokesdesk.outside.disk.time.sleep", noted.append)
    return noted


def test_a_file_held_for_a_moment_is_waited_for(waits: list[float]) -> None:
    assert disk.patiently(Scanner(3)) == "done"
    assert len(waits) == 3


def test_a_file_held_for_good_is_given_up_soon_and_said(waits: list[float], tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="file_held"), disk.explained(tmp_path / "desk.db"):
        disk.patiently(Scanner(1000))
    assert sum(waits) < 3


def test_where_no_scanner_holds_files_nothing_is_tried_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_SCANNED", False)
    scanner = Scanner(1)
    with pytest.raises(PermissionError):
        disk.patiently(scanner)
    assert scanner.left == 0


def test_a_log_that_cannot_be_opened_is_said_and_everything_is_there_once_it_can(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    database = Database(path, KEY, create=True)
    with database.writing() as c:
        c.exec_driver_sql("CREATE TABLE t (x TEXT)")
        c.exec_driver_sql("INSERT INTO t VALUES ('còn')")
    database.close()
    held = tmp_path / "desk.db-wal"
    held.mkdir()
    with pytest.raises(OutsideError):
        Database(path, KEY)
    held.rmdir()
    again = Database(path, KEY)
    with again.reading() as c:
        assert c.exec_driver_sql("SELECT x FROM t").scalar() == "còn"
    again.close()
