import faulthandler
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.outside.logs import Logs, RedactingFormatter
from tests.traps import LogTrap

NAME, PHONE = "Nguyễn Văn Ấn", "0912345678"
ID = UUID("0192f0c1-2b3c-7def-8123-456789abcdef")


@pytest.fixture(autouse=True)
def crash_reports_go_to_the_terminal_again() -> Iterator[None]:
    yield
    assert sys.__stderr__ is not None
    faulthandler.enable(sys.__stderr__)


def logged(folder: Path) -> str:
    return (folder / "spokesdesk.log").read_text(encoding="utf-8")


def test_the_log_tells_what_happened_and_not_to_whom(tmp_path: Path) -> None:
    log = logging.getLogger("spokesdesk.test")
    with Logs(tmp_path):
        log.info("saved contact %s of %s in %.1f ms, %d files, %s", ID, NAME, 3.25, 2, True)
        log.info("%(who)s called from %(phone)s", {"who": NAME, "phone": PHONE})
    text = logged(tmp_path)
    assert f"saved contact {ID} of … in 3.2 ms, 2 files, True" in text
    assert NAME not in text
    assert PHONE not in text


def test_a_wrongly_written_log_call_hides_its_values_too() -> None:
    record = logging.LogRecord("spokesdesk.n", logging.INFO, "f", 1, "wrong %d", (NAME,), None)
    line = RedactingFormatter().format(record)
    assert "wrong %d" in line
    assert NAME not in line


def test_an_error_leaves_its_trace_without_its_words(tmp_path: Path, logs: LogTrap) -> None:
    logs.expect("could not save")

    def fail() -> None:
        try:
            int(PHONE + NAME)
        except ValueError as error:
            raise OutsideError("disk_full", path=NAME) from error

    with Logs(tmp_path):
        try:
            fail()
        except OutsideError:
            logging.getLogger("spokesdesk.test").exception("could not save")
        logging.getLogger("spokesdesk.test").info(UserError("text_too_long", field=NAME))
    text = logged(tmp_path)
    assert "OutsideError disk_full" in text
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text
    assert NAME not in text
    assert PHONE not in text


def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    with Logs(tmp_path):
        for _ in range(7 * 1100):
            logging.getLogger("spokesdesk.test").info("x" * 1000)
    files = sorted(tmp_path.glob("spokesdesk.log*"))
    assert len(files) == 6
    assert max(file.stat().st_size for file in files) <= 1 << 20


def test_of_other_peoples_code_only_the_place_is_written(tmp_path: Path) -> None:
    with Logs(tmp_path):
        logging.getLogger("urllib3").setLevel(logging.INFO)
        logging.getLogger("urllib3").info(f"retrying for {NAME}")
    assert "urllib3: test_logs.py:" in logged(tmp_path)
    assert NAME not in logged(tmp_path)


def test_a_fall_of_the_process_itself_is_there_at_the_next_start_without_folders(tmp_path: Path) -> None:
    with Logs(tmp_path / NAME) as running:
        assert running.before() == ""
        assert running._faults is not None
        faulthandler.dump_traceback(running._faults)
    with Logs(tmp_path / NAME) as again:
        assert "test_logs.py" in again.before()
        assert again.before() in (tmp_path / NAME / "crash.log").read_text(encoding="utf-8")
    with Logs(tmp_path / NAME) as third:
        assert third.before() == ""


def test_the_crash_reports_do_not_grow_for_ever(tmp_path: Path, logs: LogTrap) -> None:
    logs.expect("a fault of the program")
    with Logs(tmp_path) as running:
        for _round in range(3):
            (tmp_path / "crash.log").write_text("x" * (1 << 21), encoding="utf-8")
            running.crash(ValueError(NAME))
    assert sum(file.stat().st_size for file in tmp_path.glob("crash*")) < 3 << 20
