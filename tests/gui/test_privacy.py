"""Personal data in the window: seen, given out, asked about, erased with a certificate; looks are noted."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from spokesdesk.domain.checkpoints import grouped
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.privacy import Scope, Wish
from spokesdesk.gui.journal.dayreport import DayReportSheet
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.gui.prefs.deletions import DeletionsSheet
from spokesdesk.gui.prefs.heads import HeadsCard
from spokesdesk.gui.prefs.privacy import PrivacySection
from spokesdesk.gui.prefs.privacysheets import DoneSheet, EraseSheet, PersonSheet, WishSheet
from spokesdesk.services import dayreport, people, privacy, subject_requests
from spokesdesk.services.ports import Desk, Suggestion
from tests.desks import Office
from tests.gui.desk_fixtures import said
from tests.gui.stage import Stage, settle
from tests.services.test_journal import logged

Open = Callable[..., Stage]
T = TypeVar("T", bound=QObject)


@pytest.fixture
def person(desk: Desk) -> Journalist:
    entry = logged(desk, journalist="Quách Thị Hồng Ngọc", topic="Giá đất")
    assert entry.journalist is not None
    return people.journalist(desk, entry.journalist.id)


def only(opened: Stage, kind: type[T]) -> T:
    children: Iterable[QObject] = opened.window.findChildren(QObject)
    (found,) = [one for one in children if isinstance(one, kind)]
    return found


def test_a_person_is_seen_given_out_asked_about_and_erased(
    stage: Open, desk: Desk, person: Journalist, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = stage(desk, first="settings")
    section = only(opened, PrivacySection)
    card = section.person
    assert not card.erase.isEnabled()
    card.choose(Suggestion(person.id, person.name))
    card.see.click()
    settle(opened.courier)
    only(opened, PersonSheet).close()
    card.give_to(str(tmp_path / "a.pdf"))
    settle(opened.courier)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["person"]["name"] == person.name

    card.ask.click()
    sheet = only(opened, WishSheet)
    sheet.wish.set_value(Wish.DELETE)
    sheet._done()
    settle(opened.courier)
    ((asked, _answer),) = subject_requests.requests(desk)
    assert asked.wish is Wish.DELETE

    card.erase.click()
    erase = only(opened, EraseSheet)
    erase.ground.set_value("asked")
    erase.scope.set_value(Scope.CONTENT)
    erase._done()
    settle(opened.courier)
    done = only(opened, DoneSheet)
    done.save_to(str(tmp_path / "b.pdf"))
    settle(opened.courier)
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert people.journalists(desk) == ()
    assert len(privacy.deletions(desk)) == 1
    done.close()
    settle(opened.courier)

    section.keeping.deletions.click()
    settle(opened.courier)
    past = only(opened, DeletionsSheet)
    assert desk.member.name in said(past)
    buttons: list[QPushButton] = list(past.findChildren(QPushButton))
    next(one for one in buttons if one.text() == "Mở biên bản…").click()
    again = only(opened, DoneSheet)
    again.save_to(str(tmp_path / "c.pdf"))
    settle(opened.courier)
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")


def test_opening_pages_is_noted_without_holding_them_up(
    stage: Open, desk: Desk, person: Journalist, qtbot: QtBot
) -> None:
    opened = stage(desk, first="people")
    opened.control.navigate("journalist", person.id)
    settle(opened.courier)
    opened.control.navigate("journalist", person.id)
    settle(opened.courier)
    opened.control.looking._hand_over()
    settle(opened.courier)
    assert [(one.act, one.subject) for one in privacy.access_log(desk)] == [("opened", person.id)]
    opened.control.navigate("settings")
    section = only(opened, PrivacySection)
    section.log._ask()
    settle(opened.courier)
    assert any(person.name in line and desk.member.name in line for line in section.log.lines())


def test_only_an_admin_may_erase_and_see_the_log(stage: Open, office: Office, person: Journalist) -> None:
    opened = stage(office.drafter, first="settings")
    section = only(opened, PrivacySection)
    section.person.choose(Suggestion(person.id, person.name))
    assert not section.person.erase.isEnabled()
    assert section.person.see.isEnabled()
    assert section.log.lines() == []
    assert not section.keeping.keep.isEnabled()


def test_periods_are_kept_and_wrong_ones_named(stage: Open, desk: Desk) -> None:
    opened = stage(desk, first="settings")
    card = only(opened, PrivacySection).keeping
    card.months["contact"].setText("60")
    card.save()
    settle(opened.courier)
    assert privacy.retention(desk) == {"contact": 60}
    card.months["contact"].setText("mãi mãi")
    card.save()
    settle(opened.courier)
    assert privacy.retention(desk) == {"contact": 60}


def test_the_daily_report_is_kept_and_its_head_checked(
    stage: Open, desk: Desk, person: Journalist, tmp_path: Path
) -> None:
    opened = stage(desk, first="journal")
    screen = opened.control.pages.current()
    assert isinstance(screen, JournalScreen)
    assert "Báo cáo ngày" in [action.text for action in screen.actions_offered()]
    screen.ask_day_report()
    only(opened, DayReportSheet).save_to(str(tmp_path / "ngày.pdf"))
    settle(opened.courier)
    assert (tmp_path / "ngày.pdf").read_bytes().startswith(b"%PDF")

    head = grouped(dayreport.report(desk).head)
    opened.control.navigate("settings")
    settle(opened.courier)
    card = only(opened, HeadsCard)
    card.typed.setText(head)
    card.check()
    settle(opened.courier)
    assert "còn nguyên" in card.result.accessibleName()
    card.typed.setText("ab" * 32)
    card.check()
    settle(opened.courier)
    assert "KHÔNG" in card.wrong.accessibleName()
