"""The start: first run to a real workspace, drafts on time, closing in stages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.people import Role
from spokesdesk.gui import app
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.control import Control
from spokesdesk.gui.opening import Opening
from spokesdesk.gui.qtwords import QtWords
from spokesdesk.gui.screen import Context
from spokesdesk.gui.start.wizard import FirstRun
from spokesdesk.gui.who import WhoSheet
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.fields import LineEdit, TextEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.outside.settings import MachineSettings
from spokesdesk.services import drafts, people
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.stage import Stage, real_door, settle

Opens = Callable[..., Stage]
PHRASE = "bốn con mèo ngủ trưa"


def first_run(opened: Stage, folder: Path) -> tuple[Opening, FirstRun]:
    opening = Opening(opened.window, opened.courier, real_door())
    opening.begin(folder)
    settle(opened.courier)
    found: list[FirstRun] = list(opened.window.findChildren(FirstRun))
    assert len(found) == 1
    page = found[0]
    while page._pages.currentIndex() == 0:
        page._go_on()
    return opening, page


def test_the_first_run_makes_an_encrypted_workspace_and_shows_the_recovery_key_once(
    stage: Opens, tmp_path: Path
) -> None:
    opened, folder = stage(), tmp_path / "bàn làm việc"
    opening, page = first_run(opened, folder)
    opened.session = opening.session
    page._agency._edits["name"].setText("Sở Nông nghiệp và Môi trường")
    page._agency._edits["place"].setText("Long An")
    page._go_on()
    page._members.forms()[0].set_member("Trần Minh Khuê", "Chánh Văn phòng", frozenset(Role))
    assert "cơ quan nhỏ dùng được" in page._members.forms()[0]._note.accessibleName()
    page._go_on()
    for edit in (page._keys._phrase._first, page._keys._phrase._again):
        edit.setText(PHRASE)
    page._go_on()
    settle(opened.courier)
    key = page._recovery._key
    assert len(key) >= 32
    assert not page._next.isEnabled(), "goes on before the key was put away"
    page._recovery._check.setChecked(True)
    assert not page._next.isEnabled(), "said to be put away, but it never left the screen"
    page._recovery._copy()
    assert page._next.isEnabled()
    page._go_on()
    page._go_on()
    settle(opened.courier)
    assert not opened.window.is_covered
    desk = opening.session.desk()
    assert desk is not None
    assert desk.member.name == "Trần Minh Khuê"
    assert people.agency(desk).place == "Long An"
    desk.close()
    for phrase, recovery in ((PHRASE, None), (None, key)):
        again = bootstrap.open_desk(folder, passphrase=phrase, recovery=recovery)
        assert people.members(again)[0].combines_duties
        again.close()


def test_the_first_run_says_at_each_field_what_is_missing(stage: Opens, tmp_path: Path) -> None:
    _opening, page = first_run(stage(), tmp_path / "workspace")
    page._go_on()
    assert page._pages.currentIndex() == 1
    assert "“Tên cơ quan”" in page._agency.fields[0].error()
    page._agency._edits["name"].setText("UBND phường 4")
    page._go_on()
    page._go_on()
    assert page._pages.currentIndex() == 2
    assert page._members.forms()[0].fields[0].error()
    page._members.forms()[0].set_member("Lê Thị Ấn", "", frozenset({Role.DRAFTER}))
    page._go_on()
    assert page._pages.currentIndex() == 2, "a desk without an administrator"
    page._members.forms()[0].set_member("Lê Thị Ấn", "", frozenset({Role.ADMIN}))
    page._go_on()
    page._keys._phrase._first.setText(PHRASE)
    page._keys._phrase._again.setText(PHRASE + "!")
    page._go_on()
    assert page._pages.currentIndex() == 3
    assert page._keys._phrase._again_field.error()
    assert not (tmp_path / "workspace").exists(), "written before the last question"


def test_a_folder_that_cannot_hold_the_workspace_is_said_and_can_be_changed(
    stage: Opens, tmp_path: Path
) -> None:
    opened = stage()
    used = tmp_path / "tệp"
    used.write_text("không phải thư mục", encoding="utf-8")
    _opening, page = first_run(opened, used / "bên trong")
    page._agency._edits["name"].setText("UBND phường 4")
    page._members.forms()[0].set_member("Lê Thị Ấn", "", frozenset({Role.ADMIN}))
    page._show(3)
    for edit in (page._keys._phrase._first, page._keys._phrase._again):
        edit.setText(PHRASE)
    page._go_on()
    settle(opened.courier)
    assert page._pages.currentIndex() == 3
    assert page._said.accessibleName()
    assert page._next.isEnabled()


class Form(QWidget):
    """A form with two fields."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.topic, self.questions = LineEdit(parent=self), TextEdit(parent=self)
        column.addWidget(self.topic)
        column.addWidget(self.questions)
        self.autosave = Autosave(context, "contact", self.values, self)
        self.autosave.watch(self)

    def values(self) -> dict[str, object]:
        return {"topic": self.topic.text(), "questions": self.questions.text()}


@pytest.fixture
def form(stage: Opens, desk: Desk, qtbot: QtBot) -> tuple[Form, Control]:
    opened = stage(desk, first="settings")
    made = Form(opened.control.context)
    qtbot.addWidget(made)
    made.show()
    return made, opened.control


def test_what_is_typed_is_kept_within_a_second_of_the_last_key(
    form: tuple[Form, Control], desk: Desk, qtbot: QtBot
) -> None:
    made, _control = form
    QTest.keyClicks(made.topic, "gia dat")
    qtbot.waitUntil(lambda: len(drafts.all_drafts(desk)) == 1, timeout=1000)
    QTest.keyClicks(made.questions, "bao nhieu ho?")
    qtbot.waitUntil(lambda: drafts.all_drafts(desk)[0].values["questions"] == "bao nhieu ho?", timeout=1000)
    assert len(drafts.all_drafts(desk)) == 1, "each pause made a draft of its own"
    made.autosave.discard()
    qtbot.waitUntil(lambda: drafts.all_drafts(desk) == ())


def test_a_kill_loses_at_most_the_last_second(desk: Desk, form: tuple[Form, Control], qtbot: QtBot) -> None:
    made, control = form
    made.topic.setText("Bãi thải Nghi Yên")
    qtbot.waitUntil(lambda: len(drafts.all_drafts(desk)) == 1)
    again = Form(control.context)
    qtbot.addWidget(again)
    kept = drafts.all_drafts(desk)[0]
    again.autosave.resume(kept.id)
    again.topic.setText(f"{kept.values['topic']}, kết quả")
    qtbot.waitUntil(lambda: drafts.all_drafts(desk)[0].values["topic"] == "Bãi thải Nghi Yên, kết quả")
    assert len(drafts.all_drafts(desk)) == 1


def test_a_draft_taken_back_and_thrown_away_unread_is_gone(
    desk: Desk, form: tuple[Form, Control], qtbot: QtBot
) -> None:
    made, _control = form
    kept = drafts.save(desk, "contact", uuid4(), {"topic": "Bãi thải Nghi Yên"})
    made.autosave.resume(kept.id)
    made.autosave.discard()
    qtbot.waitUntil(lambda: drafts.all_drafts(desk) == ())


def test_drafts_are_offered_back_by_what_they_are_about_and_none_is_passed_over(
    stage: Opens, desk: Desk
) -> None:
    for topic in ("Bãi thải Nghi Yên", "Giá đất phường 4", "Nước sạch " * 20):
        drafts.save(desk, "contact", uuid4(), {"topic": topic})
    opened = stage(desk)

    def offered() -> list[str]:
        return [note.accessibleName() for note in shown()]

    def shown() -> list[Note]:
        found: list[Note] = list(opened.window.findChildren(Note))
        return [note for note in found if note.isVisible()]

    said = offered()
    assert len(said) == 2
    assert "“Giá đất phường 4”" in said[1]
    for note in shown():
        drop: list[LinkButton] = list(note.findChildren(LinkButton))
        drop[0].click()
        settle(opened.courier)
    assert "“Bãi thải Nghi Yên”" in "".join(offered())
    assert [draft.values["topic"] for draft in drafts.all_drafts(desk)] == ["Bãi thải Nghi Yên"]


def test_a_key_that_does_not_fit_is_said_calmly_before_anything_was_typed(
    stage: Opens, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bàn"
    shutil.copytree(template, folder)
    monkeypatch.setenv(bootstrap.PASSPHRASE, "của một bàn khác")
    opened = stage()
    opening = Opening(opened.window, opened.courier, real_door())
    opened.session = opening.session
    opening.begin(folder)
    settle(opened.courier)
    unlock = opening._unlock
    assert unlock is not None
    assert not unlock._secret_field.error()
    assert bootstrap.PASSPHRASE in unlock._calm.accessibleName()
    unlock._secret.setText("gõ sai thật")
    unlock._open()
    settle(opened.courier)
    assert unlock._secret_field.error()
    assert not unlock._calm.isVisible()
    unlock.begin(AccessError("unlock_needed"))
    assert "Kho khóa của máy" in unlock._calm.accessibleName()
    assert not unlock._secret_field.error()


def test_who_worked_last_is_offered_first_at_the_next_start(
    stage: Opens, office: Office, tmp_path: Path
) -> None:
    opened = stage(office.drafter)
    opened.session._settings = MachineSettings(tmp_path / "settings.json")
    leader = office.leader.member
    opened.session.switch(leader.id, "2468", opened.control, None)
    settle(opened.courier)
    assert opened.session.last_member == str(leader.id)
    sheet = WhoSheet(opened.session, people.members(office.drafter), None, opened.window)
    assert sheet._members[sheet._group.checkedId()].id == leader.id


def test_menus_and_dialogs_of_qt_speak_vietnamese(qapp: QApplication) -> None:
    words = QtWords(qapp)
    qapp.installTranslator(words)
    try:
        edit = LineEdit()
        said = [action.text().partition("\t")[0] for action in edit.createStandardContextMenu().actions()]
        assert {"&Sao chép", "&Dán", "Chọn tất cả"} <= set(said)
        assert qapp.translate("QShortcut", "no such words") == "no such words"
    finally:
        qapp.removeTranslator(words)


def test_the_workspace_asked_for_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(app.WORKSPACE, str(tmp_path / "env"))
    assert app._asked_folder(()) == tmp_path / "env"
    assert app._asked_folder(("--workspace", str(tmp_path / "given"))) == tmp_path / "given"
    monkeypatch.delenv(app.WORKSPACE)
    assert app._asked_folder(("--demo",)) is None


DRIVE = """
import sys
import threading
class Watch:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread() and name.startswith(("PySide6", "spokesdesk.gui")):
            print("a worker imports", name, file=sys.stderr)
sys.meta_path.insert(0, Watch())
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from spokesdesk.gui import app, control
opened = control.Control._opened
def noted(self, desk):
    opened(self, desk)
    QTimer.singleShot(300, self._window.close)
control.Control._opened = noted
sys.exit(app.run(["--workspace", sys.argv[1]]))
"""


def test_the_program_opens_a_workspace_and_closes_in_stages(template: Path, tmp_path: Path) -> None:
    from tests.desks import PASSPHRASE, copied

    folder = copied(template, tmp_path)
    environment = {**os.environ, "SPOKESDESK_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-c", DRIVE, str(folder)]
    done = subprocess.run(
        command,
        env=environment,
        cwd=Path(__file__).parents[2],
        timeout=60,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "a worker imports" not in done.stderr, "Qt's types are built beside a running event loop"
    desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    desk.close()


def test_enter_goes_on_in_the_first_run(stage: Opens, tmp_path: Path) -> None:
    opened = stage()
    _opening, page = first_run(opened, tmp_path / "workspace")
    edit = page._agency._edits["name"]
    edit.setText("UBND phường 4")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert page._pages.currentIndex() == 2
