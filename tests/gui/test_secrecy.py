"""A form that holds a mark of secrecy keeps it on the screen only, says why, and saves again once it is gone."""

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import drafts
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
