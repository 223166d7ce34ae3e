"""A fault of the program: said with what is safe, nothing lost, and not a word of anybody in any report or log."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from spokesdesk.domain.errors import OutsideError
from spokesdesk.gui.crash import CrashHandler, CrashSheet
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.outside.logs import Logs
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import Typist, open_form
from tests.gui.stage import Stage, settle
from tests.traps import LogTrap

Opens = Callable[..., Stage]
CANARIES = ("Trần Minh Khuê", "0901234567", "nguồn tin giấu tên ở Bến Lức")
ALL = ", ".join(CANARIES)


@pytest.fixture
def running(tmp_path: Path, logs: LogTrap) -> Iterator[Logs]:
    import faulthandler

    logs.expect("a fault of the program")
    with Logs(tmp_path / "logs", ("Qt 6",)) as made:
        yield made
    assert sys.__stderr__ is not None
    faulthandler.enable(sys.__stderr__)


def handler_over(opened: Stage, logs: Logs) -> CrashHandler:
    handler = CrashHandler(logs, opened.window)
    handler.watch(opened.window, opened.control.pages.flush)
    opened.courier.crashed.connect(handler.take)
    return handler


def fail(*_anything: object) -> None:
    raise ValueError(ALL)


def sheet_of(opened: Stage) -> CrashSheet:
    found: list[CrashSheet] = list(opened.window.findChildren(CrashSheet))
    assert len(found) == 1
    return found[0]


def written(folder: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in folder.iterdir())


def assert_nothing_of_anybody(said: str) -> None:
    assert said
    for canary in CANARIES:
        assert canary not in said
    assert "Khuê" not in said


def press(sheet: QWidget, name: str) -> None:
    buttons: list[QPushButton] = list(sheet.findChildren(QPushButton))
    next(one for one in buttons if one.accessibleName() == name).click()


def test_the_dialog_shows_exactly_what_it_would_copy_or_save(
    stage: Opens, running: Logs, tmp_path: Path
) -> None:
    opened = stage()
    handler = handler_over(opened, running)
    opened.courier.run(fail, owner=handler)
    settle(opened.courier)
    sheet = sheet_of(opened)
    shown: list[QPlainTextEdit] = list(sheet.findChildren(QPlainTextEdit))
    report = shown[0].toPlainText()
    assert "ValueError" in report
    assert "test_care_crash.py" in report
    assert_nothing_of_anybody(report)
    assert report in (running.folder / "crash.log").read_text(encoding="utf-8")
    QGuiApplication.clipboard().setText("")
    press(sheet, "Sao chép bản ghi lỗi")
    assert QGuiApplication.clipboard().text() == report
    press(sheet, "Lưu ra tệp…")
    dialogs: list[QFileDialog] = list(opened.window.findChildren(QFileDialog))
    dialogs[0].fileSelected.emit(str(tmp_path / "gửi hỗ trợ.txt"))
    assert (tmp_path / "gửi hỗ trợ.txt").read_text(encoding="utf-8") == f"{report}\n"


def test_what_was_being_typed_is_a_draft_before_the_dialog_shows(
    stage: Opens, desk: Desk, running: Logs
) -> None:
    opened = stage(desk)
    handler = handler_over(opened, running)
    open_form(opened)
    Typist(opened.window).type("Báo Sông Vàm Cỏ")
    opened.courier.run(fail, owner=handler)
    settle(opened.courier)
    (kept,) = drafts.all_drafts(desk)
    assert "Báo Sông Vàm Cỏ" in str(kept.values)
    assert isinstance(opened.control.pages.current(), JournalScreen)


def _in_a_thread(_desk: Desk, _handler: CrashHandler) -> None:
    one = threading.Thread(target=fail)
    one.start()
    one.join()


def _in_a_slot(_desk: Desk, handler: CrashHandler) -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)


def _in_the_database(desk: Desk, handler: CrashHandler) -> None:
    try:
        with desk.write() as unit:
            unit.settings._connection.execute(text("INSERT INTO member (nam) VALUES (:n)"), {"n": ALL})  # type: ignore[attr-defined]
    except Exception as error:
        handler.take(error)


def _below_another_error(_desk: Desk, handler: CrashHandler) -> None:
    try:
        try:
            fail()
        except ValueError as error:
            raise OutsideError("disk_full", path=ALL) from error
    except OutsideError as error:
        handler.take(error)


def _nobody_to_raise_it_to(_desk: Desk, _handler: CrashHandler) -> None:
    class Falls:
        def __del__(self) -> None:
            raise ValueError(ALL)

    Falls()


def _in_a_log_line(_desk: Desk, handler: CrashHandler) -> None:
    logging.getLogger("spokesdesk.gui").error("could not save %s", ALL)
    logging.getLogger("fontTools.subset").error(f"bad glyph in {ALL}")
    try:
        fail()
    except ValueError as error:
        logging.getLogger("another.library").exception("while signing for %s", ALL)
        handler.take(error)


@pytest.mark.parametrize(
    "fall",
    [
        _in_a_thread,
        _in_a_slot,
        _in_the_database,
        _below_another_error,
        _nobody_to_raise_it_to,
        _in_a_log_line,
    ],
)
def test_no_way_to_fall_writes_names_numbers_or_texts(
    stage: Opens,
    desk: Desk,
    running: Logs,
    fall: Callable[[Desk, CrashHandler], None],
    monkeypatch: pytest.MonkeyPatch,
    logs: LogTrap,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    if fall is _in_a_log_line:
        logs.expect("could not save")
        logs.expect("bad glyph")
        logs.expect("while signing")
    opened = stage(desk)
    handler = handler_over(opened, running)
    handler.install()
    fall(desk, handler)
    settle(opened.courier)
    assert_nothing_of_anybody(written(running.folder))
    said = capfd.readouterr()
    assert "Khuê" not in said.out + said.err
    sheets: list[CrashSheet] = list(opened.window.findChildren(CrashSheet))
    for sheet in sheets:
        sheet.close()


FALLS = """
import sys
from pathlib import Path
from spokesdesk.outside.logs import Logs
logs = Logs(Path(sys.argv[1]))
import faulthandler
faulthandler._sigsegv()
"""


def test_a_fall_of_the_whole_program_is_told_at_the_next_start(
    stage: Opens, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "Nguyễn Văn Ấn" / "logs"
    script = tmp_path / "Nguyễn Văn Ấn.py"
    script.write_text(FALLS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, str(script), str(folder)], env=environment, check=False)
    assert done.returncode != 0
    with Logs(folder) as again:
        assert "Segmentation fault" in again.before()
        assert "Ấn/" not in again.before()
        opened = stage()
        handler = CrashHandler(again, opened.window)
        handler.watch(opened.window)
        handler.say_before()
        assert "Lần trước" in sheet_of(opened).windowTitle()
        sheet_of(opened).close()
    with Logs(folder) as third:
        assert third.before() == ""
    assert sys.__stderr__ is not None
    import faulthandler

    faulthandler.enable(sys.__stderr__)


def test_a_fault_on_the_command_line_keeps_its_words_to_itself(tmp_path: Path, home: Path) -> None:
    script = "import sys\nfrom spokesdesk import cli\nfrom spokesdesk.cli import render\n"
    script += f"def run(arguments):\n    raise KeyError({ALL!r})\nrender.run = run\n"
    script += "sys.exit(cli.main(['render', 'x.toml', '--docx', 'x.docx']))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "KeyError" in done.stderr
    assert_nothing_of_anybody(done.stderr + done.stdout)
    kept = [file for file in home.rglob("crash.log")]
    assert len(kept) == 1
    assert_nothing_of_anybody(written(kept[0].parent))


def test_a_disk_that_takes_no_log_does_not_stop_the_program(stage: Opens, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with Logs(tmp_path / "file" / "logs") as made:
        assert made.before() == ""
        logging.getLogger("spokesdesk.test").info("goes nowhere")
