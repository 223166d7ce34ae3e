"""Numbers between desks and numbers borne twice, in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.gui.papers.panels import NumberPanel, RenumberPanel
from spokesdesk.gui.prefs.holdingsheets import GiveSheet, NoteSheet, SenderSheet
from spokesdesk.gui.prefs.numbers import NumbersSection
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.services import holdings, papers
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, Office, copied, named
from tests.gui.desk_fixtures import said
from tests.gui.realcase import letter, open_paper, papers_screen, rest
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


@pytest.fixture
def other(template: Path, tmp_path: Path) -> Iterator[Desk]:
    """The registry's other desk."""
    desk = bootstrap.open_desk(copied(template, tmp_path / "may-hai"), passphrase=PASSPHRASE)
    yield desk.working_as(named(desk, "Phạm Thị Ấn"))
    desk.close()


def approved(office: Office, subject: str) -> Paper:
    paper = letter(office.drafter, subject)
    papers.submit(office.drafter, paper.id)
    return papers.approve(office.leader, paper.id)[0]


def numbers(stage: Stage) -> NumbersSection:
    screen = stage.show("settings")
    assert isinstance(screen, SettingsScreen)
    for at in range(screen.sections()):
        section = screen._sections[at]
        if isinstance(section, NumbersSection):
            screen.show_section(at)
            settle(stage.courier)
            return section
    raise AssertionError("no section for numbers")


def test_a_series_goes_to_another_desk_and_comes_back(
    stage: Open, office: Office, other: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = stage(office.registry)
    card = numbers(opened).holding
    assert card.code.text() == holdings.own_code(office.registry)
    card.give("cong-van", "Công văn", lend=False)
    sheet = card.sheet
    assert isinstance(sheet, GiveSheet)
    sheet.to.setText("sai mã")
    assert sheet.ask_target() is None
    assert sheet.fields[0].error()
    sheet.to.setText(holdings.own_code(other))
    sheet.name.setText("Máy hai")
    sheet.give_to(str(tmp_path / "a.banso"))
    settle(opened.courier)
    assert "Chuyển tệp này" in card.done.accessibleName()
    assert "Máy hai" in said(card)
    paper = approved(office, "cung cấp thông tin")
    page = open_paper(opened, paper, qtbot)
    page.top.buttons[Move.NUMBER].click()
    rest(opened, page, qtbot)
    assert isinstance(page.moving.panel, NumberPanel)
    assert "do Máy hai giữ" in page.moving.panel.fields[0].error()
    holdings.take(other, (tmp_path / "a.banso").read_bytes(), holdings.own_code(office.registry))
    back, _changes = holdings.hand_over(other, "cong-van", holdings.own_code(office.registry), "Máy một")
    (tmp_path / "b.banso").write_bytes(back)
    card = numbers(opened).holding
    card.take_file(str(tmp_path / "b.banso"))
    settle(opened.courier)
    assert "Đã nhận sổ số" in card.done.accessibleName(), "a desk that is known needs no comparing"
    assert papers.number(office.registry, paper.id)[0].number == 1


def test_an_unknown_desk_is_compared_before_its_block_is_taken(
    stage: Open, office: Office, other: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = stage(office.registry)
    card = numbers(opened).holding
    data, _span, _changes = holdings.lend(other, "cong-van", 5, holdings.own_code(office.registry), "Máy một")
    (tmp_path / "a.banso").write_bytes(data)
    card.take_file(str(tmp_path / "a.banso"))
    settle(opened.courier)
    sheet = card.sheet
    assert isinstance(sheet, SenderSheet)
    assert sheet.code.text() == holdings.own_code(other)
    assert not holdings.standing_of_desk(office.registry, "cong-van").borrowed
    sheet.confirm()
    settle(opened.courier)
    (block,) = holdings.standing_of_desk(office.registry, "cong-van").borrowed
    card.give_back_to("cong-van", block, str(tmp_path / "b.banso"))
    settle(opened.courier)
    assert "Chưa dùng: 01–05" in card.done.accessibleName()
    (tmp_path / "rac.banso").write_bytes(b"{}")
    card.take_file(str(tmp_path / "rac.banso"))
    settle(opened.courier)
    assert "không phải tệp bàn giao số" in card.problem.accessibleName()


def test_another_holder_is_written_down_and_only_the_administrator_reclaims(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(office.registry)
    card = numbers(opened).holding
    card.note("cong-van", "Công văn", reclaim=False)
    assert isinstance(card.sheet, NoteSheet)
    card.sheet.edit.setText("Máy chị Hạnh")
    card.sheet.confirm()
    settle(opened.courier)
    assert "Máy chị Hạnh" in said(card)
    card.note("cong-van", "Công văn", reclaim=True)
    card.sheet.edit.setText("máy hỏng")
    card.sheet.confirm()
    settle(opened.courier)
    assert card.sheet.problem.accessibleName(), "not the registry's to decide"
    card.sheet.close()


def test_a_number_typed_twice_is_kept_flagged_and_settled(stage: Open, office: Office, qtbot: QtBot) -> None:
    first = approved(office, "văn bản thứ nhất")
    papers.number(office.registry, first.id, 7)
    second = approved(office, "văn bản thứ hai")
    opened = stage(office.registry)
    page = open_paper(opened, second, qtbot)
    page.top.buttons[Move.NUMBER].click()
    rest(opened, page, qtbot)
    panel = page.moving.panel
    assert isinstance(panel, NumberPanel)
    panel.number.setText("7")
    panel.button.click()
    rest(opened, page, qtbot)
    assert "văn bản thứ nhất" in panel.fields[0].error()
    assert papers.paper(office.registry, second.id).state is PaperState.APPROVED
    assert panel.double.isVisible()
    panel._double()
    rest(opened, page, qtbot)
    assert papers.paper(office.registry, second.id).number == 7
    assert "văn bản thứ nhất" in page.doubled.accessibleName()
    page.top.buttons[Move.RELEASE].click()
    rest(opened, page, qtbot)
    assert page.moving.panel is not None
    page.moving.panel.button.click()
    rest(opened, page, qtbot)
    assert papers.paper(office.registry, second.id).state is PaperState.NUMBERED
    assert "Văn bản chưa phát hành; hãy đổi số một trong hai" in said(page.notes)
    page.moving.ask(Move.RENUMBER)
    assert isinstance(page.moving.panel, RenumberPanel)
    page.moving.panel.button.click()
    rest(opened, page, qtbot)
    assert page.moving.panel.fields[0].error(), "a reason is needed"
    page.moving.panel.fields[0].edit.setPlainText("gõ nhầm")  # type: ignore[attr-defined]
    page.moving.panel.button.click()
    rest(opened, page, qtbot)
    assert papers.paper(office.registry, second.id).number == 8
    assert page.doubled.isHidden()
    screen = papers_screen(opened)
    screen.show_register()
    settle(opened.courier)
    assert "Số trùng" not in screen.register.gaps.accessibleName()
    assert "thiếu số 01–06" in screen.register.gaps.accessibleName()
