"""Incidents in the window: opened with one key, clocks seen before saving, agreement to a text, reminders told once."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from spokesdesk.domain.incidents import IncidentDraft, IncidentState, Stance
from spokesdesk.gui import notices
from spokesdesk.gui.incidents import IncidentsScreen
from spokesdesk.gui.incidents.asking import Ask
from spokesdesk.gui.incidents.figures import FiguresSheet
from spokesdesk.gui.incidents.form import moment_text
from spokesdesk.services import drafts, incidents
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import said
from tests.gui.stage import Stage, settle
from tests.judges import judge

Open = Callable[..., Stage]


def screen_of(stage: Stage) -> IncidentsScreen:
    screen = stage.show("incidents")
    assert isinstance(screen, IncidentsScreen)
    return screen


def fire(desk: Desk, hours: float = 1, **changes: object) -> UUID:
    draft = IncidentDraft("Cháy kho phân bón", received_at=desk.now() - timedelta(hours=hours))
    return incidents.open_incident(desk, replace(draft, **changes))[0].id  # type: ignore[arg-type]


def page_of(stage: Stage, incident_id: UUID) -> IncidentsScreen:
    screen = screen_of(stage)
    screen.open_record("incident", incident_id)
    settle(stage.courier)
    return screen


def test_one_key_anywhere_opens_an_incident_that_was_taken_in_just_now(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    opened.window.activateWindow()
    opened.show("journal")
    QTest.keyClick(opened.window, Qt.Key.Key_F12)
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, IncidentsScreen)
    title = screen.form._lines["title"]
    assert QApplication.focusWidget() is title
    assert "còn 23 giờ" in said(screen.form.clocks), "the clock that will run is seen before saving"
    assert "chưa xác minh" in said(screen.form.clocks)
    QTest.keyClicks(title, "Chay kho")
    QTest.keyClick(opened.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    rows = incidents.incident_rows(desk, incidents.incident_numbers(desk))
    assert [row.title for row in rows] == ["Chay kho"]
    assert rows[0].due_at is not None
    assert screen.shows(screen.page)


def test_a_form_that_nobody_typed_in_leaves_no_draft(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    opened.control.create("incident")
    settle(opened.courier)
    opened.show("today")
    settle(opened.courier)
    assert drafts.all_drafts(desk) == ()


def test_a_moment_that_cannot_be_is_said_beside_its_field(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    opened.control.create("incident")
    screen = opened.control.pages.current()
    assert isinstance(screen, IncidentsScreen)
    screen.form._lines["title"].setText("Cháy")
    screen.form._lines["impact_at"].setText(moment_text(desk.now() + timedelta(hours=3)))
    screen.form.save()
    settle(opened.courier)
    errors = {field.name: field.error() for field in screen.form.fields if field.error()}
    assert list(errors) == ["impact_at"]
    assert incidents.incident_numbers(desk) == ()


def test_a_statement_is_logged_from_the_page_and_stops_the_clock(stage: Open, desk: Desk) -> None:
    incident_id = fire(desk)
    opened = stage(desk)
    screen = page_of(opened, incident_id)
    assert "còn 22 giờ" in said(screen.page.clocks)
    screen.page.ask(Ask.SAY)
    panel = screen.page.asking
    panel.save()
    settle(opened.courier)
    assert [field.name for field in panel.fields if field.error()] == ["statement"]
    assert panel._lines["speaker"].text() == "Trần Minh Khuê, Chánh Văn phòng", "whoever works is proposed"
    assert not next(field for field in panel.fields if field.name == "paper").isVisible(), (
        "there is none to choose"
    )
    panel._texts["statement"].set_text("Đám cháy đã được khống chế.")
    panel.save()
    settle(opened.courier)
    assert incidents.incident(desk, incident_id).state is IncidentState.SPOKEN
    assert "đã phát ngôn" in said(screen.page.clocks)
    assert "Đám cháy đã được khống chế." in said(screen.page.steps)


def test_an_answer_is_asked_for_by_agency_and_kept_with_the_text(stage: Open, desk: Desk) -> None:
    incident_id = fire(desk, participants=("Công an tỉnh",))
    incidents.word(desk, incident_id, "Đã dập tắt.")
    opened = stage(desk)
    screen = page_of(opened, incident_id)
    assert "chưa có ý kiến" in said(screen.page.texts)
    screen.page.texts.answer_wanted.emit("Công an tỉnh")
    panel = screen.page.asking
    assert panel._lines["other_agency"].text() == "Công an tỉnh"
    panel._lines["answerer"].setText("Thượng tá Hòa, điện thoại")
    panel.save()
    settle(opened.courier)
    assert incidents.incident(desk, incident_id).stances() == {"Công an tỉnh": Stance.AGREED}
    assert "đồng ý" in said(screen.page.texts)


def test_keys_of_the_page_reach_everything_and_a_half_typed_step_comes_back(stage: Open, desk: Desk) -> None:
    incident_id = fire(desk)
    opened = stage(desk)
    screen = page_of(opened, incident_id)
    opened.window.activateWindow()
    screen.page.draft.setFocus()
    QTest.keyClick(screen.page, Qt.Key.Key_F7)
    assert screen.page.asking.is_open
    screen.page.asking._texts["wording"].set_text("Nửa chừng")
    screen.page.asking.auto.touch()
    screen.page.flush()
    settle(opened.courier)
    (draft,) = drafts.all_drafts(desk)
    screen.page.asking.hide()
    screen.restore(draft)
    settle(opened.courier)
    assert screen.page.asking._texts["wording"].text() == "Nửa chừng"
    words = {action.text for action in screen.actions_offered()}
    assert {"Ghi đã báo cáo, phối hợp", "Ghi chú về vụ việc", "Đóng vụ việc"} <= words


def test_a_closed_incident_offers_only_what_can_be_done(stage: Open, desk: Desk) -> None:
    incident_id = fire(desk)
    incidents.close(desk, incident_id)
    opened = stage(desk)
    page = page_of(opened, incident_id).page
    assert not page.draft.isVisible()
    assert not page.messages.isVisible()
    page.ask(Ask.SAY)
    assert not page.asking.is_open
    page.ask(Ask.REOPEN)
    assert page.asking.is_open


def test_the_figures_are_counted_for_the_period_that_is_typed_and_saved(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    fire(desk, hours=40)
    opened = stage(desk)
    screen_of(opened).show_figures()
    settle(opened.courier)
    sheets: list[FiguresSheet] = list(opened.window.findChildren(FiguresSheet))
    (sheet,) = sheets
    assert "0/1" in said(sheet)
    sheet.first.setText("20/1/2026")
    sheet.last.setText("01/1/2026")
    sheet.count()
    settle(opened.courier)
    assert [field.name for field in sheet._fields if field.error()] == ["until_on"]
    sheet.save_to(str(tmp_path / "so.csv"))
    settle(opened.courier)
    assert "0/1" in (tmp_path / "so.csv").read_text(encoding="utf-8-sig")
    sheet.close()


def test_a_reminder_is_told_above_the_page_and_outside_without_a_name(
    stage: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside: list[str] = []
    monkeypatch.setattr(
        notices.Notices, "tell", lambda _self, title, text, _topic: outside.append(f"{title} {text}")
    )
    incident_id = fire(desk, hours=21)
    opened = stage(desk)
    settle(opened.courier)
    (note,) = opened.control.reminding.texts()
    assert "Cháy kho phân bón" in note
    assert "còn 2 giờ 59 phút" in note or "còn 3 giờ" in note
    (told,) = outside
    assert "Cháy" not in told, "whoever stands before the screen may read it"
    opened.control.reminding.look()
    settle(opened.courier)
    assert len(outside) == 1, "each step once"
    opened.control.reminding._open(incident_id)
    settle(opened.courier)
    assert opened.control.reminding.texts() == []
    screen = opened.control.pages.current()
    assert screen is not None
    assert screen.name == "incidents"


def test_the_note_goes_when_somebody_spoke_and_nothing_stays_on_a_locked_desk(
    stage: Open, desk: Desk
) -> None:
    incident_id = fire(desk, hours=21)
    fire(desk, hours=22, title="Vụ khác")
    opened = stage(desk)
    settle(opened.courier)
    assert len(opened.control.reminding.texts()) == 2
    _closed, changes = incidents.close(desk, incident_id)
    opened.courier.changed_by(changes)
    settle(opened.courier)
    assert len(opened.control.reminding.texts()) == 1
    opened.control.reminding.stop()
    assert opened.control.reminding.texts() == []


def test_a_locked_desk_still_tells_that_a_clock_runs_out_and_nothing_more(
    stage: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside: list[str] = []
    monkeypatch.setattr(notices.Notices, "tell", lambda _self, _title, text, _topic: outside.append(text))
    fire(desk, hours=9)
    opened = stage(desk)
    settle(opened.courier)
    reminding = opened.control.reminding
    reminding.stop()
    reminding.look_locked(desk.now() + timedelta(hours=2))
    assert outside == [], "no step was reached"
    reminding.look_locked(desk.now() + timedelta(hours=4))
    reminding.look_locked(desk.now() + timedelta(hours=5))
    (told,) = outside
    assert "Một vụ việc còn 10 giờ" in told or "Một vụ việc còn 11 giờ" in told


def test_a_clock_that_was_set_is_said_at_once(stage: Open, desk: Desk) -> None:
    fire(desk)
    opened = stage(desk)
    reminding = opened.control.reminding
    moved = replace(desk, now=lambda: desk.now() + timedelta(hours=2))
    reminding._desk = moved
    reminding.look()
    settle(opened.courier)
    assert "chỉnh tới 2 giờ" in said(opened.window)


def test_the_desktop_is_asked_through_its_portal() -> None:
    """A real session bus hears the call; dbus-monitor is the judge."""
    program = (
        "from PySide6.QtCore import QCoreApplication, QTimer\n"
        "app = QCoreApplication([])\n"
        "from spokesdesk.gui import notices\n"
        "assert notices._notify('Vụ việc đột xuất', 'còn 4 giờ', 'incident')\n"
        "QTimer.singleShot(0, app.quit); app.exec()\n"
    )
    script = (
        "dbus-monitor --session interface=org.freedesktop.portal.Notification & monitor=$!\n"
        f'"{sys.executable}" -c "$0"\n'
        "kill $monitor\n"
    )
    judge("dbus-monitor")
    run = [judge("dbus-run-session"), "--", "bash", "-c", script, program]
    heard = ""
    deadline = time.monotonic() + 20
    while "AddNotification" not in heard and time.monotonic() < deadline:
        heard = subprocess.run(run, capture_output=True, check=False, timeout=30).stdout.decode()
    assert "AddNotification" in heard
    assert "còn 4 giờ" in heard


def test_a_dropped_file_is_evidence_and_what_was_chosen_comes_back_after_a_kill(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    incident_id = fire(desk)
    opened = stage(desk)
    screen = page_of(opened, incident_id)
    photo = tmp_path / "anh-hien-truong.txt"
    photo.write_text("cháy kho", encoding="utf-8")
    drop(screen.page, photo)
    settle(opened.courier)
    assert screen.page.asking.takes_evidence
    screen.page.asking._texts["remark"].set_text("Công an phường gửi")
    screen.flush()
    settle(opened.courier)
    (draft,) = drafts.all_drafts(desk)
    second = stage(desk)
    again = screen_of(second)
    again.restore(draft)
    settle(second.courier)
    again.page.save()
    settle(second.courier)
    (file,) = incidents.incident(desk, incident_id).files
    assert file.name == "anh-hien-truong.txt"
    shown = said(again.page.steps)
    assert file.sha256[:16] in shown
    assert "Công an phường gửi" in shown
    assert drafts.all_drafts(desk) == ()
    again.page.ask(Ask.EVIDENCE)
    again.page.save()
    settle(second.courier)
    assert [field.name for field in again.page.asking.fields if field.error()] == ["files"]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_both_sides_of_the_page_fit_the_screen(stage: Open, desk: Desk, size: tuple[int, int]) -> None:
    incident_id = fire(desk, participants=("Công an tỉnh",))
    opened = stage(desk, size=size)
    page = page_of(opened, incident_id).page
    for ask in (Ask.SAY, Ask.EVIDENCE, Ask.SENT):
        page.ask(ask)
        settle(opened.courier)
        for side in (page._left, page._side):
            assert side.widget().width() <= side.viewport().width(), ask


def drop(onto: QWidget, path: Path) -> None:
    """Drop a file as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    place = onto.rect().center()
    QApplication.sendEvent(onto, QDragEnterEvent(place, Qt.DropAction.CopyAction, data, *keys))
    QApplication.sendEvent(onto, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, *keys))
