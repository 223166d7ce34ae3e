"""The journal's list and entries: found without accents, read in full, corrected, settled, printed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from spokesdesk.domain.changes import Change
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.journal import Channel, ContactRow, GivenForm
from spokesdesk.domain.verification import CardFacts, VerificationKind, VerificationResult
from spokesdesk.gui.journal.listing import cells
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.gui.rows import ROW_ROLE
from spokesdesk.services import drafts, journal
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import Typist, entries, journal_of, logged, open_form, said
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


@dataclass
class PaperTray:
    """A printer that keeps what it is given, or is out of order."""

    is_broken: bool = False
    printed: list[bytes] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        return ("khay",)

    def print_pdf(
        self, pdf: bytes, *, title: str, printer: str = "", copies: int = 1, duplex: bool = False
    ) -> str:
        if self.is_broken:
            raise OutsideError("printer_none")
        self.printed.append(pdf)
        return title


def rows_of(screen: JournalScreen) -> list[ContactRow]:
    model = screen.list.rows.rows()
    return [model.index(n).data(ROW_ROLE) for n in range(model.rowCount())]


def topics(screen: JournalScreen, stage: Stage) -> list[str]:
    rows_of(screen)
    settle(stage.courier)
    return [row.topic for row in rows_of(screen)]


def shown(stage: Stage, topic: str) -> JournalScreen:
    screen = journal_of(stage)
    entry = next(entry for entry in entries(_desk(stage)) if entry.topic == topic)
    screen.open_record("contact", entry.id)
    settle(stage.courier)
    return screen


def _desk(stage: Stage) -> Desk:
    desk = stage.session.desk()
    assert desk is not None
    return desk


def test_search_finds_without_accents_across_fields(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    logged(desk, "Giá đất đền bù đường vành đai 4", journalist="Đặng Thị Đình Khuê")
    logged(desk, "Bãi thải Nghi Yên")
    opened = stage(desk)
    opened.window.activateWindow()
    screen = journal_of(opened)
    assert topics(screen, opened) == ["Bãi thải Nghi Yên", "Giá đất đền bù đường vành đai 4"]
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    Typist(opened.window).type("dang khue dat den bu")
    qtbot.waitUntil(lambda: topics(screen, opened) == ["Giá đất đền bù đường vành đai 4"])


def test_letters_on_the_list_go_to_the_search(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    logged(desk, "Giá đất")
    logged(desk, "Bãi thải")
    opened = stage(desk)
    opened.window.activateWindow()
    screen = journal_of(opened)
    screen.list.rows.setFocus()
    typist = Typist(opened.window)
    typist.type("b")
    typist.type("ai")
    assert screen.list.search.text() == "bai"
    qtbot.waitUntil(lambda: topics(screen, opened) == ["Bãi thải"])


def test_a_search_without_hits_says_so_and_a_new_journal_says_what_belongs_there(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    opened = stage(desk)
    screen = journal_of(opened)
    assert "nhà báo" in said(screen.list)
    logged(desk, "Giá đất")
    screen.list.use(desk)
    settle(opened.courier)
    screen.list.search.setText("khong co gi")
    qtbot.waitUntil(lambda: "khong co gi" in said(screen.list))


def test_arrows_and_enter_move_through_the_entries(stage: Open, desk: Desk) -> None:
    for topic in ("Ba", "Hai", "Một"):
        logged(desk, topic)
    opened = stage(desk)
    opened.window.activateWindow()
    screen = journal_of(opened)
    screen.list.rows.setFocus()
    screen.list.rows.select_first()
    settle(opened.courier)
    QTest.keyClick(screen.list.rows, Qt.Key.Key_Down)
    settle(opened.courier)
    shown_entry = screen.detail.contact()
    assert shown_entry is not None
    assert shown_entry.topic == topics(screen, opened)[1]


def test_an_entry_written_elsewhere_appears_by_itself(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    screen = journal_of(opened)
    entry = logged(desk, "Ghi từ dòng lệnh")
    opened.courier.changed_by((Change("contact", entry.id),))
    settle(opened.courier)
    assert topics(screen, opened) == ["Ghi từ dòng lệnh"]


def test_the_entry_says_everything_that_was_written(stage: Open, desk: Desk) -> None:
    entry = logged(
        desk,
        "Giá đất đền bù",
        verification=VerificationKind.CARD,
        facts=CardFacts("IBT00123", datetime(2026, 1, 5, tzinfo=UTC).date()),
        questions=("Đơn giá được duyệt ngày nào?", "Bao nhiêu hộ chưa nhận tiền?"),
        given="Quyết định 214/QĐ-UBND",
        given_form=GivenForm.DOCUMENT,
        answer_event="answer_demanded",
    )
    opened = stage(desk)
    screen = shown(opened, "Giá đất đền bù")
    told = said(screen.detail)
    assert entry.due is not None
    for part in (
        "Vũ Quốc Huy",
        "Báo Đại Đoàn Kết",
        "Đến trụ sở",
        "IBT00123",
        "1. Đơn giá được duyệt ngày nào?",
        "2. Bao nhiêu hộ chưa nhận tiền?",
        "Quyết định 214/QĐ-UBND (bằng văn bản)",
        entry.due.citation,
        "Không được đòi",
        VerificationResult.CARD_VALID.wording,
        desk.member.name,
    ):
        assert part in told


def test_what_was_just_saved_is_selected_and_shown(stage: Open, desk: Desk) -> None:
    for topic in ("Bãi thải", "Nước sạch"):
        logged(desk, topic)
    opened = stage(desk)
    opened.window.activateWindow()
    form = open_form(opened)
    screen = opened.control.pages.current()
    assert isinstance(screen, JournalScreen)
    topics(screen, opened)
    form.inputs.journalist.setText("Phạm Ý Lan")
    form.inputs.topic.setText("Dịch tả lợn châu Phi")
    form.save()
    settle(opened.courier)
    topics(screen, opened)
    assert screen.list.rows.hasFocus()
    assert screen.list.rows.current().topic == "Dịch tả lợn châu Phi"
    assert "Dịch tả lợn châu Phi" in said(screen.detail)
    assert len(screen.list.rows.selectedIndexes()) == 1


def test_a_late_entry_is_marked(stage: Open, desk: Desk) -> None:
    logged(desk, "Ghi sau hai ngày", received_at=datetime.now(UTC) - timedelta(days=2))
    assert "Ghi muộn" in said(shown(stage(desk), "Ghi sau hai ngày").detail)


def test_a_correction_is_a_new_entry_and_the_old_one_is_marked(stage: Open, desk: Desk) -> None:
    first = logged(desk, "Giá đất đền bù", questions=("Khi nào?",), answer_event="answer_demanded")
    opened = stage(desk)
    screen = shown(opened, "Giá đất đền bù")
    screen.detail.correct_asked.emit(first)
    assert screen.form.values().questions == "Khi nào?"
    assert screen.form.values().answer_event == "answer_demanded"
    screen.form.inputs.topic.setText("Giá đất đền bù, đường vành đai 4")
    screen.save()
    settle(opened.courier)
    second = screen.detail.contact()
    assert second is not None
    assert second.corrects == first.id
    assert journal.contact(desk, first.id).corrected_by == second.id
    corrected = next(row for row in rows_of(screen) if row.id == first.id)
    assert corrected.corrected
    screen.open_record("contact", first.id)
    settle(opened.courier)
    assert "đã được đính chính" in said(screen.detail)


def test_what_was_due_is_settled_with_one_button(stage: Open, desk: Desk) -> None:
    on = vn_day(desk.now()) + timedelta(days=1)
    logged(desk, "Hẹn gửi tài liệu", follow_up="Gửi quyết định", follow_up_on=on)
    opened = stage(desk)
    screen = shown(opened, "Hẹn gửi tài liệu")
    entry = screen.detail.contact()
    screen.detail.settle_asked.emit(entry)
    settle(opened.courier)
    assert "(đã xong)" in said(screen.detail)
    assert all(row.due_at is None for row in rows_of(screen))


def test_a_selected_row_does_not_push_an_open_form_away(stage: Open, desk: Desk) -> None:
    logged(desk, "Đã ghi")
    opened = stage(desk)
    screen = journal_of(opened)
    screen.new("contact")
    opened.window.activateWindow()
    screen.form.inputs.topic.setText("Đang viết")
    screen.list.rows.setFocus()
    screen.list.rows.select_first()
    settle(opened.courier)
    assert screen.form.isVisible()
    QTest.keyClick(screen.list.rows, Qt.Key.Key_Return)
    settle(opened.courier)
    assert screen.detail.isVisible()
    assert screen.list.rows.hasFocus(), "the arrows go on from here"
    assert [draft.values.topic for draft in screen.parked.drafts()] == ["Đang viết"]


def test_locking_shows_nothing_of_the_journal(stage: Open, desk: Desk) -> None:
    logged(desk, "Chuyện riêng của sổ")
    opened = stage(desk)
    screen = shown(opened, "Chuyện riêng của sổ")
    screen.desk_closed()
    assert rows_of(screen) == []
    assert "Chuyện riêng" not in said(screen.detail)
    assert not screen.detail.isVisible()


def test_a_note_begun_before_locking_is_not_seen_by_who_writes_at_the_locked_desk(
    stage: Open, desk: Desk
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.topic.setText("Chuyện riêng đang viết")
    first = form.values()
    screen = journal_of(opened)
    opened.control.pages.flush()
    settle(opened.courier)
    opened.session._desk = None
    screen.desk_closed()
    screen.new("contact")
    assert "Chuyện riêng" not in said(screen)
    form.inputs.topic.setText("Nhà báo lúc máy khóa")
    opened.session._take_desk(desk)
    settle(opened.courier)
    assert form.values().topic == "Nhà báo lúc máy khóa"
    screen.parked.resume_latest()
    settle(opened.courier)
    assert form.values() == first
    topics = {draft.values["topic"] for draft in drafts.all_drafts(desk)}
    assert topics == {"Nhà báo lúc máy khóa", "Chuyện riêng đang viết"}


def test_the_slip_prints_with_one_key(stage: Open, desk: Desk) -> None:
    tray = PaperTray()
    logged(desk, "In phiếu")
    opened = stage(replace(desk, printer=tray))
    opened.window.activateWindow()
    shown(opened, "In phiếu")
    QTest.keyClick(opened.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(opened.courier)
    assert [pdf[:5] for pdf in tray.printed] == [b"%PDF-"]


def test_without_a_printer_the_slip_is_saved_as_pdf(stage: Open, desk: Desk, tmp_path: Path) -> None:
    logged(desk, "Không có máy in")
    opened = stage(replace(desk, printer=PaperTray(is_broken=True)))
    screen = shown(opened, "Không có máy in")
    screen.print_current()
    settle(opened.courier)
    dialogs: list[QFileDialog] = list(opened.window.findChildren(QFileDialog))
    assert len(dialogs) == 1
    target = tmp_path / "phiếu.pdf"
    dialogs[0].fileSelected.emit(str(target))
    dialogs[0].close()
    settle(opened.courier)
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("channel", "chip"), [(Channel.VISIT, "Không giấy tờ"), (Channel.PHONE, "")])
def test_papers_are_missed_only_face_to_face(stage: Open, desk: Desk, channel: Channel, chip: str) -> None:
    logged(desk, "Chưa xem giấy tờ", channel=channel)
    opened = stage(desk)
    screen = journal_of(opened)
    topics(screen, opened)
    assert cells(rows_of(screen)[0]).chip == chip
