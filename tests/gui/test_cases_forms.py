"""Forms and list of case files: kept while typing, Vietnamese in every field, nothing cut off."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from spokesdesk.domain.cases import CaseOutcome, CaseState
from spokesdesk.domain.evidence import Taken
from spokesdesk.gui.cases.asking import Ask
from spokesdesk.gui.cases.screen import CasesScreen
from spokesdesk.gui.cases.versions import VersionsSheet
from spokesdesk.services import cases, drafts, evidence
from tests.desks import Office
from tests.gui.case_fixtures import made, page_of
from tests.gui.desk_fixtures import said
from tests.gui.realcase import type_text
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def test_a_case_being_typed_comes_back_after_a_kill(stage: Open, office: Office, qtbot: QtBot) -> None:
    first = stage(office.drafter)
    first.control.create("case")
    screen = first.control.pages.current()
    assert isinstance(screen, CasesScreen)
    type_text(screen.form._lines["title"], "Vụ đang gõ dở")
    qtbot.waitUntil(lambda: bool(drafts.all_drafts(office.drafter)), timeout=1_500)
    (draft,) = drafts.all_drafts(office.drafter)
    second = stage(office.drafter)
    assert second.control._take_back(draft)
    again = second.control.pages.current()
    assert isinstance(again, CasesScreen)
    assert again.form._lines["title"].text() == "Vụ đang gõ dở"
    again.form.save()
    settle(second.courier)
    assert [row.title for row in cases.case_rows(office.drafter, cases.case_numbers(office.drafter))] == [
        "Vụ đang gõ dở"
    ]
    assert drafts.all_drafts(office.drafter) == ()


@pytest.mark.parametrize("form", ["case:edit", "case:add", "case:ask"])
def test_what_is_typed_on_a_case_comes_back_after_a_kill(
    stage: Open, office: Office, qtbot: QtBot, form: str
) -> None:
    case = made(office.drafter)
    first = stage(office.drafter)
    page = page_of(first, case)
    screen = first.control.pages.current()
    assert isinstance(screen, CasesScreen)
    if form == "case:edit":
        page._edit()
        type_text(screen.form._texts["facts"], " Rồi bỏ đi")
    elif form == "case:add":
        page.adding.open_typed()
        type_text(page.adding.text, "Rồi bỏ đi")
    else:
        page._ask(Ask.CLOSE)
        type_text(page.asking.remark, "Rồi bỏ đi")
    qtbot.waitUntil(lambda: bool(drafts.all_drafts(office.drafter)), timeout=1_500)
    (draft,) = drafts.all_drafts(office.drafter)
    assert draft.form == f"{form}:{case.id}"
    second = stage(office.drafter)
    assert second.control._take_back(draft)
    settle(second.courier)
    again = second.control.pages.current()
    assert isinstance(again, CasesScreen)
    typed = {
        "case:edit": again.form._texts["facts"],
        "case:add": again.page.adding.text,
        "case:ask": again.page.asking.remark,
    }[form]
    assert typed.text().endswith("Rồi bỏ đi")


def test_facts_are_changed_as_a_new_version(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    opened = stage(office.drafter)
    page = page_of(opened, case)
    page._edit()
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    screen.form._lines["happened_at"].setText("lúc nào đó")
    opened.control.obey("save")
    assert [field.name for field in screen.form.fields if field.error()] == ["happened_at"]
    screen.form._lines["happened_at"].setText("09:00 20/11/2026")
    opened.control.obey("save")
    settle(opened.courier)
    assert cases.case(office.drafter, case.id).version == 2
    assert screen._stack.currentWidget() is screen.page
    page.facts.versions_wanted.emit()
    settle(opened.courier)
    sheets: list[VersionsSheet] = list(opened.window.findChildren(VersionsSheet))
    texts: list[QPlainTextEdit] = list(sheets[0].findChildren(QPlainTextEdit))
    (text,) = texts
    assert text.toPlainText().index("BẢN 2") < text.toPlainText().index("BẢN 1")
    sheets[0].close()


def test_the_list_is_searched_without_accents_and_by_state(stage: Open, office: Office, qtbot: QtBot) -> None:
    case = made(office.drafter)
    other = made(office.drafter, "Vụ khác")
    cases.close(office.drafter, other.id, CaseOutcome.UNFOUNDED)
    opened = stage(office.drafter)
    screen = opened.show("cases")
    assert isinstance(screen, CasesScreen)
    assert screen.list.model.rowCount() == 2
    type_text(screen.list.search, "nguoi la")
    qtbot.waitUntil(lambda: not screen.list._pause.isActive())
    settle(opened.courier)
    assert screen.list.model.rowCount() == 1
    screen.list.search.clear()
    screen.list.chips[3].click()
    qtbot.waitUntil(lambda: not screen.list._pause.isActive())
    settle(opened.courier)
    assert screen.list.model.rowCount() == 1
    assert case.state is CaseState.OPEN


@pytest.mark.parametrize("way", WAYS)
def test_fields_take_vietnamese(stage: Open, office: Office, way: str) -> None:
    page = page_of(stage(office.drafter), made(office.drafter))
    page.adding.open_typed()
    page._ask(Ask.REPORT)
    fields = fields_of(page)
    assert len(fields) >= 8
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("way", WAYS)
def test_the_form_takes_vietnamese(stage: Open, office: Office, way: str) -> None:
    opened = stage(office.drafter)
    opened.control.create("case")
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    fields = fields_of(screen.form)
    assert len(fields) == 7
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (912, 600)])
def test_nothing_is_cut_off_on_a_case(stage: Open, office: Office, size: tuple[int, int]) -> None:
    case = made(office.drafter)
    evidence.add_testimony(office.drafter, case.id, "Lời", Taken(by="Chị Ổn"))
    page = page_of(stage(office.drafter, size=size), case)
    page._ask(Ask.REPORT)
    settle(page._context.courier)
    for side in (page._side, page._left):
        assert side.widget().width() <= side.viewport().width()
    assert page.minimumSizeHint().width() <= page.width()


def test_a_locked_desk_shows_nothing_of_a_case(stage: Open, office: Office) -> None:
    opened = stage(office.drafter)
    page = page_of(opened, made(office.drafter))
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    screen.desk_closed()
    assert page.seen is None
    assert "Trần Văn Giả" not in said(screen)
    QTest.keyClick(opened.window, Qt.Key.Key_Escape)
