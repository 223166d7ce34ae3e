"""Who may speak, in the window: written down, put right, ended, published, the letter in one key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.offices import Office
from spokesdesk.domain.people import Outlet, OutletKind
from spokesdesk.domain.spokespeople import AuthorisationDraft, SpeakerKind
from spokesdesk.gui.people.rostertable import RosterTable
from spokesdesk.gui.people.screen import PeopleScreen
from spokesdesk.gui.people.speakersteps import EndPanel
from spokesdesk.gui.widgets.fields import ComboBox, TextEdit
from spokesdesk.services import drafts, people, press, rosters, spokespeople
from spokesdesk.services.ports import Desk
from spokesdesk.services.rosters import Roster
from tests.gui.desk_fixtures import Typist, known_reporter
from tests.gui.stage import Stage, settle
from tests.gui.test_people import people_of
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]
TODAY = vn_day(datetime.now(UTC))
HEAD = AuthorisationDraft(SpeakerKind.HEAD, "Lê Văn Ổn", date(2026, 7, 1), post="Giám đốc")
LENT = AuthorisationDraft(
    SpeakerKind.AUTHORISED,
    "Phạm Thị Ấn",
    TODAY,
    TODAY + timedelta(days=5),
    authorised_by="Lê Văn Ổn",
    authorised_by_post="Giám đốc",
    scope="vụ cháy chợ",
)


def fill(screen: PeopleScreen, **texts: str) -> None:
    form = screen.right.speaker_form()
    for name, text in texts.items():
        edit = form.field(name).edit
        if isinstance(edit, TextEdit):
            edit.set_text(text)
        else:
            assert isinstance(edit, QLineEdit)
            edit.setText(text)


def choose(screen: PeopleScreen, kind: SpeakerKind) -> None:
    edit = screen.right.speaker_form().field("kind").edit
    assert isinstance(edit, ComboBox)
    edit.set_value(kind)


def test_somebody_is_authorised_and_the_letter_comes_in_one_key(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    spokespeople.authorise(desk, HEAD)
    opened = stage(desk)
    screen = people_of(opened)
    screen.new("spokesperson")
    settle(opened.courier)
    choose(screen, SpeakerKind.AUTHORISED)
    given = screen.right.speaker_form().field("authorised_by").edit
    assert isinstance(given, QLineEdit)
    assert given.text() == "Lê Văn Ổn", "the head is known"
    until = f"{TODAY + timedelta(days=5):%d/%m/%Y}"
    fill(screen, name="Phạm Thị Ấn", scope="vụ cháy chợ", until_on=until)
    screen.save()
    settle(opened.courier)
    (held,) = [item for item in spokespeople.history(desk) if item.kind is SpeakerKind.AUTHORISED]
    assert screen.right.currentWidget() is screen.right.speaker_page()
    assert drafts.all_drafts(desk) == ()

    Typist(opened.window).shortcut(Qt.Key.Key_G)
    # A button answers its shortcut a tenth of a second later.
    qtbot.waitUntil(lambda: spokespeople.get(desk, held.id).letter_id is not None)
    settle(opened.courier)
    shown = opened.control.pages.current()
    assert shown is not None
    assert shown.name == "papers"


def test_what_the_law_forbids_is_said_at_its_field(stage: Open, desk: Desk) -> None:
    spokespeople.authorise(desk, HEAD)
    spokespeople.authorise(desk, replace(LENT, decision_number="01/GUQ"))
    opened = stage(desk)
    screen = people_of(opened)
    screen.new("spokesperson")
    settle(opened.courier)
    choose(screen, SpeakerKind.AUTHORISED)
    until = f"{TODAY + timedelta(days=5):%d/%m/%Y}"
    fill(screen, name="Hồ Ngọc Ễn", scope="vụ khác", until_on=until, authorised_by="Phạm Thị Ấn")
    screen.save()
    settle(opened.courier)
    said = screen.right.speaker_form().field("authorised_by").error()
    assert "không được ủy quyền tiếp" in said
    assert "244/2026" in said
    assert len(spokespeople.history(desk)) == 2


def test_an_ending_can_be_undone(stage: Open, desk: Desk) -> None:
    held, _changes = spokespeople.authorise(desk, replace(LENT, decision_number="01/GUQ"))
    opened = stage(desk)
    screen = people_of(opened)
    opened.control.navigate("spokesperson", held.id)
    settle(opened.courier)
    page = screen.right.speaker_page()
    page.ask_end()
    panel = page._panel
    assert isinstance(panel, EndPanel)
    panel._on.setText("hôm nao")
    panel._confirm()
    assert panel._fields[0].error()
    panel._on.set_on(TODAY)
    panel._confirm()
    settle(opened.courier)
    assert spokespeople.get(desk, held.id).ending is not None
    opened.control._toast._undone()
    settle(opened.courier)
    assert spokespeople.get(desk, held.id).ending is None
    assert spokespeople.standing(desk, held.name, TODAY).is_valid


def test_a_correction_begins_with_what_is_written(stage: Open, desk: Desk) -> None:
    held, _changes = spokespeople.authorise(desk, replace(LENT, decision_number="01/GUQ"))
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("spokesperson", held.id)
    settle(opened.courier)
    screen.right.speaker_page()._ask_correction()
    fill(screen, scope="vụ cháy chợ Tân An")
    screen.save()
    settle(opened.courier)
    (now,) = spokespeople.history(desk)
    assert (now.scope, now.corrects, now.decision_number) == ("vụ cháy chợ Tân An", held.id, "01/GUQ")


def test_what_was_typed_of_an_authorisation_comes_back_after_a_kill(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    killed = stage(desk)
    screen = people_of(killed)
    screen.new("spokesperson")
    settle(killed.courier)
    fill(screen, name="Phạm Thị Ấn")
    form = screen.right.speaker_form()
    qtbot.waitUntil(lambda: not form.autosave.is_pending, timeout=1000)
    settle(killed.courier)
    (kept,) = drafts.all_drafts(desk)
    again = stage(desk)
    back = people_of(again)
    back.restore(kept)
    settle(again.courier)
    edit = back.right.speaker_form().field("name").edit
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "Phạm Thị Ấn"


def test_an_outlet_s_office_and_checklist_are_written_from_its_page(stage: Open, desk: Desk) -> None:
    bao, _changes = people.save_outlet(desk, Outlet(desk.new_id(), "Tạp chí Xanh", OutletKind.MAGAZINE))
    opened = stage(desk)
    screen = people_of(opened)
    screen.open_record("outlet", bao.id)
    settle(opened.courier)
    screen.page.parts._new_office()
    edit = screen.right.office_form().field("address").edit
    assert isinstance(edit, QLineEdit)
    edit.setText("10 Trần Hưng Đạo")
    screen.save()
    settle(opened.courier)
    assert [office.address for office in press.offices(desk, bao.id)] == ["10 Trần Hưng Đạo"]
    assert screen.right.currentWidget() is screen.page
    screen.page.parts._new_checklist()
    settle(opened.courier)
    form = screen.right.checklist_form()
    assert form.inside.minimumSizeHint().width() <= 640, "at 1366 pixels nothing is cut off at the right"
    row = form.rows[0]
    row.seen.set_value(list(row.seen._values)[1])
    screen.save()
    settle(opened.courier)
    assert "hãy viết đã thấy gì" in row.field.error()
    row.evidence.set_text("Trang chủ, 9 giờ")
    screen.save()
    settle(opened.courier)
    (made,) = press.checklists(desk, bao.id)
    assert made.answers[0].evidence == "Trang chủ, 9 giờ"
    opened.control.navigate("checklist", made.id)
    settle(opened.courier)
    assert screen.right.checklist_view().shown == made
    assert screen.right.checklist_view().inside.minimumSizeHint().width() <= 640


def test_a_list_goes_to_the_clipboard_as_a_table_and_as_text(stage: Open, desk: Desk) -> None:
    from PySide6.QtGui import QGuiApplication

    spokespeople.authorise(desk, replace(LENT, decision_number="01/GUQ"))
    opened = stage(desk)
    screen = people_of(opened)
    screen.right.show_lists()
    settle(opened.courier)
    screen.right.roster_page().copy(Roster.SPOKESPEOPLE)
    data = QGuiApplication.clipboard().mimeData()
    assert "<table>" in data.html()
    assert data.text() == rosters.text(desk, Roster.SPOKESPEOPLE)


@pytest.mark.parametrize("way", WAYS)
def test_every_field_of_the_further_forms_takes_vietnamese(stage: Open, desk: Desk, way: str) -> None:
    known = known_reporter(desk)
    press.save_office(desk, Office(desk.new_id(), known.outlet.ref, "1 Lê Lợi"))
    opened = stage(desk)
    screen = people_of(opened)
    faults: list[str] = []
    checked = 0
    begins: tuple[Callable[[], None], ...] = (
        partial(screen.new, "outlet"),
        partial(screen.new, "spokesperson"),
        partial(_office, screen, opened, known.outlet.id),
    )
    for begin in begins:
        begin()
        settle(opened.courier)
        for field in fields_of(screen.right):
            if field.isVisible():
                checked += 1
                faults += [fault] if (fault := check_field(field, way)) else []
    assert checked > 25
    assert faults == []


def _office(screen: PeopleScreen, opened: Stage, outlet_id: UUID) -> None:
    screen.open_record("outlet", outlet_id)
    settle(opened.courier)
    screen.page.parts._new_office()


def words_in(table: RosterTable) -> list[str]:
    labels: list[QLabel] = list(table.findChildren(QLabel))
    return [each.text() for each in labels if not each.isHidden()]


def test_the_lists_to_publish_show_their_rows_in_columns_or_line_by_line(stage: Open, desk: Desk) -> None:
    known = known_reporter(desk)
    people.save_journalist(
        desk, replace(known.journalist, resident_decision="QĐ 15/QĐ-TN", resident_from_on=date(2024, 2, 15))
    )
    press.save_office(desk, Office(desk.new_id(), known.outlet.ref, "1 Lê Lợi", head="Lê Ẩn"))
    opened = stage(desk)
    screen = people_of(opened)
    screen.right.show_lists()
    settle(opened.courier)
    tables: list[RosterTable] = list(screen.right.roster_page().findChildren(RosterTable))
    empty, residents, offices = map(words_in, tables)
    assert empty == ["Chưa ghi người phát ngôn nào còn hiệu lực."]
    assert residents[:5] == ["STT", "Họ và tên", "Cơ quan báo chí", "Văn bản cử thường trú", "Thời gian"]
    assert residents[5:] == ["1", known.journalist.name, known.outlet.name, "QĐ 15/QĐ-TN", "từ 15/02/2024"]
    assert offices == ["1", known.outlet.name, "1 Lê Lợi · Lê Ẩn"]
