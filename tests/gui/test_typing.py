"""Vietnamese can be typed into every text field, by both families of typing tools."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.gui import places
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.gui.start.agency import AgencyForm
from spokesdesk.gui.start.keys import KeysForm
from spokesdesk.gui.start.members import MembersForm
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.fields import LineEdit, TextEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services.ports import Desk, Suggestion
from tests.gui.stage import Stage, settle
from tests.gui.typing import EXPECTED, WAYS, check_field, fields_of, text_of

CREATED = {
    "journal": "contact",
    "requests": "request",
    "papers": "paper",
    "coverage": "article",
    "cases": "case",
    "people": "journalist",
}


@pytest.fixture
def bench(qtbot: QtBot, theme: Theme) -> QWidget:
    """An empty page to put fields on."""
    page = QWidget()
    QVBoxLayout(page)
    page.resize(600, 400)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


@pytest.mark.parametrize("way", WAYS)
def test_basic_fields_take_vietnamese(bench: QWidget, way: str) -> None:
    layout = bench.layout()
    assert layout is not None
    for field in (LineEdit(parent=bench), TextEdit(parent=bench)):
        layout.addWidget(field)
        field.show()
    assert [check_field(field, way) for field in fields_of(bench)] == ["", ""]


@pytest.mark.parametrize("way", WAYS)
def test_suggestions_do_not_disturb_typing(
    bench: QWidget, theme: Theme, courier: Courier, way: str, qtbot: QtBot
) -> None:
    from uuid import uuid4

    def names(_words: str) -> list[Suggestion]:
        return [Suggestion(uuid4(), "Báo Tuổi Trẻ"), Suggestion(uuid4(), "Tuổi Trẻ Cười")]

    field = Suggest(courier, theme, names, parent=bench)
    layout = bench.layout()
    assert layout is not None
    layout.addWidget(field)
    field.show()
    field.setFocus()
    WAYS[way](field)
    qtbot.waitUntil(lambda: field.is_offering)
    assert text_of(field) == EXPECTED
    assert field.hasFocus()
    WAYS[way](field)
    assert text_of(field) == EXPECTED * 2


@pytest.mark.parametrize("way", WAYS)
def test_first_run_takes_vietnamese(bench: QWidget, theme: Theme, way: str, tmp_path: object) -> None:
    from pathlib import Path

    layout = bench.layout()
    assert layout is not None
    for form in (
        AgencyForm(bench, full=True),
        MembersForm(theme, bench),
        KeysForm(Path(str(tmp_path)), bench),
    ):
        layout.addWidget(form)
        form.show()
    fields = fields_of(bench)
    assert len(fields) >= 15
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [place.name for place in places.rail()])
def test_every_field_of_every_screen_takes_vietnamese(
    stage: Callable[..., Stage], desk: Desk, courier: Courier, name: str, way: str
) -> None:
    opened = stage(desk, first=name)
    screen = opened.show(name)
    kind = CREATED.get(name)
    if kind is not None:
        opened.control.create(kind)
        settle(courier)
    opened.window.activateWindow()
    fields = fields_of(screen)
    if kind is not None:
        assert fields, "a form without text fields"
    faults = [fault for field in fields if field.isVisible() and (fault := check_field(field, way))]
    assert faults == []


@pytest.mark.parametrize("way", WAYS)
def test_every_field_of_the_settings_takes_vietnamese(
    stage: Callable[..., Stage], desk: Desk, way: str
) -> None:
    screen = stage(desk, first="settings").show("settings")
    assert isinstance(screen, SettingsScreen)
    faults: list[str] = []
    for at in range(screen.sections()):
        screen.show_section(at)
        faults += [
            fault for field in fields_of(screen) if field.isVisible() and (fault := check_field(field, way))
        ]
    assert faults == []
