"""A form that holds a mark of secrecy keeps it on the screen only, says why, and saves again once it is gone."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.cases.screen import CasesScreen
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import cases, drafts
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import entries, open_form
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def red_notes(opened: Stage) -> list[str]:
    children: Iterable[QWidget] = opened.window.findChildren(QWidget)
    notes = [child for child in children if isinstance(child, Note)]
    return [note.accessibleName() for note in notes if note.property("note") == "red" and not note.isHidden()]


def test_the_mark_stays_on_the_screen_and_off_the_disk(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.topic.setText("Hồ sơ TỐI MẬT khu K")
    form.autosave.flush()
    settle(opened.courier)
    assert drafts.all_drafts(desk) == ()
    said = red_notes(opened)
    assert len(said) == 1
    assert "TỐI MẬT" in said[0]
    assert "Luật Bảo vệ bí mật nhà nước" in said[0]
    assert form.values().topic == "Hồ sơ TỐI MẬT khu K"

    form.save()
    settle(opened.courier)
    assert entries(desk) == []
    assert form.values().topic == "Hồ sơ TỐI MẬT khu K"

    form.inputs.topic.setText("Hồ sơ khu K")
    form.autosave.flush()
    settle(opened.courier)
    assert red_notes(opened) == []
    assert [draft.values["topic"] for draft in drafts.all_drafts(desk)] == ["Hồ sơ khu K"]


@pytest.mark.parametrize("form", ["contact", "paper:new", "article", "journalist", "any form to come"])
def test_every_form_that_saves_itself_is_guarded(form: str, stage: Open, desk: Desk, qtbot: QtBot) -> None:
    opened = stage(desk)
    page = QWidget(opened.window)
    auto = Autosave(opened.control.context, form, lambda: {"deep": [{"body": "Tài liệu M\u200bẬT"}]}, page)
    auto.flush()
    settle(opened.courier)
    assert drafts.all_drafts(desk) == ()
    assert len(red_notes(opened)) == 1
    auto.start_new()
    assert red_notes(opened) == []


def locked(folder: Path) -> Path:
    """Give an archive, which the program does not look into."""
    path = folder / "hồ sơ.rar"
    path.write_bytes(b"Rar!\x1a\x07\x01\x00rest")
    return path


def words_in(page: QWidget) -> str:
    labels: list[QLabel] = list(page.findChildren(QLabel))
    return "\n".join(each.text() for each in labels)


def the_button(page: QWidget, name: str) -> LinkButton:
    buttons: list[LinkButton] = list(page.findChildren(LinkButton))
    return next(button for button in buttons if button.text() == name)


def test_a_file_nobody_can_read_here_waits_until_somebody_has_looked(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Hỏi giá đất")
    form.inputs.files.add(locked(tmp_path))
    settle(opened.courier)
    assert list(desk.files.all()) == []
    assert "Không đọc được bên trong tệp này: “hồ sơ.rar” (tệp nén" in words_in(form)
    assert "giữ hay bỏ" in form.inputs.files.waiting_words
    form.save()
    settle(opened.courier)
    assert entries(desk) == []

    the_button(form, "Đã xem, giữ tệp").click()
    settle(opened.courier)
    form.save()
    settle(opened.courier)
    assert [file.name for file in entries(desk)[0].attachments] == ["hồ sơ.rar"]


def test_evidence_nobody_can_read_here_waits_too(stage: Open, desk: Desk, tmp_path: Path) -> None:
    case, _changes = cases.open_case(desk, CaseDraft(CaseKind.HARASSMENT, "Gây rối"))
    opened = stage(desk)
    opened.control.navigate("case", case.id)
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    screen.page.adding.drop.files_given.emit((locked(tmp_path),))
    settle(opened.courier)
    assert cases.view(desk, case.id).items == ()
    assert "Không đọc được bên trong tệp này" in words_in(screen.page)
    the_button(screen.page, "Đã xem, giữ tệp").click()
    settle(opened.courier)
    assert [item.name for item in cases.view(desk, case.id).items] == ["hồ sơ.rar"]
    assert screen.page.adding.refused.files() == ()
