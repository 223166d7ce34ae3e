"""One entry of the journal as it was written: everything it says, what is due on it, who has come before."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Contact, GivenForm
from spokesdesk.domain.journal_words import channel_name, given_form_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.attached import Attached
from spokesdesk.gui.dueline import DueLine
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.journal.alongside import Alongside
from spokesdesk.gui.journal.asked import Asked
from spokesdesk.gui.journal.foldout import bind
from spokesdesk.gui.journal.look import Seen, look
from spokesdesk.gui.journal.said import Said
from spokesdesk.gui.journal.threadcard import ThreadCard
from spokesdesk.gui.journal.values import moment_text
from spokesdesk.gui.journal.verdict import Verdict
from spokesdesk.gui.journal.words import facts_text, kind_name
from spokesdesk.gui.screen import Context
from spokesdesk.gui.timeline import Timeline
from spokesdesk.gui.widgets.basic import Button, Card, Chip, PageHeader, label
from spokesdesk.gui.widgets.flowing import Flowing
from spokesdesk.gui.widgets.states import Note

_TIMELINE_ROWS = 6


class ContactDetail(Card):
    """The page of one entry.

    Emits:
        print_asked: the ``Contact`` whose slip is wanted.
        correct_asked: the ``Contact`` that is to be corrected.
        case_asked: a case file is to be opened from the entry.
        settle_asked: the ``Contact`` on which what was due has been done.
        follow_asked: the ``Seen`` that is to be followed up.
        minutes_asked: the ``Contact`` whose minutes are wanted.
    """

    print_asked = Signal(object)
    correct_asked = Signal(object)
    settle_asked = Signal(object)
    case_asked = Signal()
    follow_asked = Signal(object)
    minutes_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._wanted: UUID | None = None
        self._seen: Seen | None = None
        self._build_head()
        self._build_parts()
        self._lay_out()
        self._clear()

    def show_entry(self, contact_id: UUID) -> None:
        """Read an entry and show it; the last one asked for wins."""
        self._wanted = contact_id
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(look, desk, contact_id), owner=self, ok=self._show, fail=self._fail, lane="read"
            )

    def shown_id(self) -> UUID | None:
        """Give the entry that is shown or on its way."""
        return self._wanted

    def contact(self) -> Contact | None:
        """Give the entry that is shown."""
        return self._seen.contact if self._seen else None

    def clear(self) -> None:
        """Show nothing: the desk is locked."""
        self._wanted = None
        self._clear()

    def _build_head(self) -> None:
        self.body.setContentsMargins(0, 12, 0, 0)
        self._head = PageHeader("", parent=self, below=True)
        self._head.setContentsMargins(20, 0, 20, 0)
        self._correct = Button(_("Đính chính"), self._ask_correct, parent=self)
        self._print = Button(_("In phiếu"), self._ask_print, "Ctrl+P", self, bind=False)
        self._head.add_button(self._correct)
        self._head.add_button(self._print)
        self._case = Button(_("Mở hồ sơ"), self._ask_case, "F2", self, bind=False)
        self._follow = Button(_("Ghi tiếp nối"), self.follow_up, "Ctrl+L", self, bind=False)
        self._minutes = Button(_("Lập biên bản"), self.open_minutes, "Ctrl+B", self, bind=False)
        bind("Ctrl+L", self, self.follow_up)
        bind("Ctrl+B", self, self.open_minutes)
        self._buttons = (self._correct, self._print, self._follow, self._minutes, self._case)
        further = QHBoxLayout()
        further.setContentsMargins(14, 0, 20, 0)
        for button in (self._follow, self._minutes, self._case):
            button.setProperty("link", True)
            further.addWidget(button)
        further.addStretch(1)
        self.add(self._head)
        self.body.addLayout(further)

    def _ask_case(self) -> None:
        self.case_asked.emit()

    def _build_parts(self) -> None:
        self._scroll = QScrollArea(self)
        self._inside = Flowing(self._scroll.viewport())
        self._inside.setProperty("plain", True)
        inside = self._inside
        self._corrected = Note("", "amber", inside)
        self._corrected.add_button(
            Button(_("Xem mục đính chính"), self._open_correction, parent=self._corrected)
        )
        self._corrects = Note("", "teal", inside)
        self._corrects.add_button(Button(_("Xem mục gốc"), self._open_original, parent=self._corrects))
        self._channel, self._received = Said(_("Hình thức"), inside), Said(_("Tiếp nhận lúc"), inside)
        self._author = Said(_("Người ghi"), inside)
        self._topic = Said(_("Chủ đề"), inside, is_strong=True)
        self._late = Chip(parent=inside)
        self._check = Card(_("Kiểm tra giấy tờ"), parent=inside)
        self._papers = label("", "", self._check, wrap=True)
        self._verdict = Verdict(self._check)
        self._check.head.addWidget(self._verdict.chip)
        self._check.add(self._papers)
        self._check.add(self._verdict)
        self._alongside = Alongside(inside)
        self._asked, self._given = Asked(inside), Said(_("Nội dung đã cung cấp"), inside)
        self._asked.answer_asked.connect(self.follow_up)
        self._answered_by = Said(_("Người trả lời"), inside)
        self._caution = Note("", "amber", inside)
        self._thread = ThreadCard(self._context, inside)
        self._follow_up = Said(_("Việc cần làm tiếp"), inside)
        self._due = DueLine(inside)
        self._settle = Button(_("Đã trả lời"), self._ask_settle, parent=inside)
        self._request = Button(_("Mở yêu cầu"), self._open_request, "Ctrl+R", inside)
        self._attached = Attached(self._context, inside)
        self._entered = label("", "small", inside, wrap=True)
        self._history = Card(_("Những lần làm việc trước"), parent=inside)
        self._timeline = Timeline(self._context, _TIMELINE_ROWS, self._history)
        self._history.add(self._timeline)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(20, 4, 20, 16)
        column.setSpacing(12)
        facts = FieldGrid(3, 150, self._inside)
        facts.show_cells([(self._channel, 1), (self._received, 1), (self._author, 1)])
        due = QHBoxLayout()
        due.addWidget(self._due, 1)
        due.addWidget(self._settle)
        due.addWidget(self._request)
        parts: tuple[QWidget | QHBoxLayout, ...] = (
            self._corrected,
            self._corrects,
            facts,
            self._topic,
            due,
            self._check,
            self._alongside,
            self._asked,
            self._given,
            self._answered_by,
            self._caution,
            self._follow_up,
            self._attached,
            self._entered,
            self._thread,
            self._history,
        )
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.insertWidget(2, self._late, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self.add(self._scroll, 1)

    def _show(self, seen: Seen) -> None:
        entry = seen.contact
        if entry.id != self._wanted:
            return
        another = self._seen is None or self._seen.contact.id != entry.id
        self._seen = seen
        if entry.journalist is not None:
            self._context.looked("contact", entry.id, "opened")
        self._show_head(seen)
        self._show_text(entry)
        self._show_due(seen)
        self._thread.show_thread(seen.thread, entry)
        self._caution.set_text(" ".join(seen.cautions))
        if another:
            self._scroll.verticalScrollBar().setValue(0)
        self._inside.show()
        for button in self._buttons:
            button.setEnabled(True)
        self._correct.setEnabled(entry.corrected_by is None)
        self._follow.setEnabled(entry.corrected_by is None)
        self._minutes.set_text(_("Mở biên bản") if seen.minutes else _("Lập biên bản"))

    def _show_head(self, seen: Seen) -> None:
        entry = seen.contact
        who = entry.journalist.name if entry.journalist else ""
        outlet = entry.outlet.name if entry.outlet else ""
        times = _("{n} lần tiếp xúc").format(n=seen.times)
        below = " · ".join(part for part in (outlet if who else "", times) if part)
        self._head.set_title(who or outlet or _("Không rõ tên"), below)
        corrected = entry.corrected_by is not None
        self._corrected.set_text(seen.corrected_words if corrected else "")
        self._corrects.set_text(seen.corrects_words if entry.corrects else "")
        self._late.set(_("Ghi muộn quá 24 giờ") if entry.is_late else "", "amber")
        self._history.setVisible(entry.journalist is not None or entry.outlet is not None)
        self._history.set_title(_("Dòng thời gian: {name}").format(name=who or outlet))
        self._timeline.show_of(
            self._context.desk(),
            journalist_id=entry.journalist.id if entry.journalist else None,
            outlet_id=entry.outlet.id if entry.outlet and not entry.journalist else None,
            name=who or outlet,
        )

    def _show_text(self, entry: Contact) -> None:
        occasion = entry.occasion
        self._channel.say(" · ".join(part for part in (channel_name(entry.channel), occasion) if part))
        self._received.say(moment_text(entry.received_at))
        self._author.say(entry.author.name)
        self._topic.say(entry.topic)
        shown = " · ".join(facts_text(entry.verification.facts))
        self._papers.setText(f"{kind_name(entry.verification.kind)}: {shown}" if shown else "")
        self._papers.setVisible(bool(shown))
        self._verdict.show_verdict(entry.verification)
        self._alongside.show_companions(entry.companions)
        self._asked.show_of(entry)
        self._given.say(_given_text(entry))
        self._answered_by.say(entry.answered_by)
        self._attached.show_files(entry.attachments)
        written = _("Ghi vào sổ lúc {time} · {author}")
        said = [written.format(time=moment_text(entry.entered_at), author=entry.author.name)]
        said += [_("Có ghi âm, ghi hình; đã báo trước cho nhà báo")] if entry.recorded else []
        self._entered.setText(" · ".join(said))

    def _show_due(self, seen: Seen) -> None:
        entry, desk = seen.contact, self._context.desk()
        now = desk.now() if desk else None
        self._due.show_due(entry.due, now, settled=seen.is_settled)
        on = f"{entry.follow_up_on:%d/%m/%Y}" if entry.follow_up_on else ""
        todo = " · ".join(part for part in (entry.follow_up, on) if part)
        self._follow_up.say(_("{todo} (đã xong)").format(todo=todo) if todo and seen.is_settled else todo)
        has_clock = entry.due is not None or entry.follow_up_on is not None
        self._settle.set_text(_("Đã trả lời") if entry.due else _("Đã làm xong"))
        can_settle = has_clock and not seen.is_settled and entry.corrected_by is None
        self._settle.setVisible(can_settle and seen.request_id is None)
        self._request.setVisible(seen.request_id is not None)

    def _fail(self, error: DeskError) -> None:
        self._clear()
        self._head.set_title(_("Không mở được mục này"), word(error))

    def _clear(self) -> None:
        self._seen = None
        self._head.set_title("")
        self._inside.hide()
        for button in self._buttons:
            button.setEnabled(False)

    def _ask_print(self) -> None:
        if self._seen is not None:
            self.print_asked.emit(self._seen.contact)

    def _ask_correct(self) -> None:
        if self._seen is not None:
            self.correct_asked.emit(self._seen.contact)

    def follow_up(self, *_ignored: object) -> None:
        """Ask for the form that follows the entry up; a corrected one is followed up through its correction."""
        if self._seen is None:
            return
        if self._seen.contact.corrected_by is not None:
            self._context.status(_("Mục này đã được đính chính. Hãy mở mục đính chính rồi ghi tiếp nối."))
            return
        self.follow_asked.emit(self._seen)

    def open_minutes(self) -> None:
        """Open the minutes of the entry, or ask for them to be drafted."""
        if self._seen is not None and self._seen.minutes:
            self._context.navigate("paper", self._seen.minutes[-1])
        elif self._seen is not None:
            self.minutes_asked.emit(self._seen.contact)

    def _ask_settle(self) -> None:
        if self._seen is not None:
            self.settle_asked.emit(self._seen.contact)

    def _open_request(self) -> None:
        if self._seen is not None and self._seen.request_id is not None:
            self._context.navigate("request", self._seen.request_id)

    def _open_correction(self) -> None:
        if self._seen is not None and self._seen.contact.corrected_by is not None:
            self._context.navigate("contact", self._seen.contact.corrected_by)

    def _open_original(self) -> None:
        if self._seen is not None and self._seen.contact.corrects is not None:
            self._context.navigate("contact", self._seen.contact.corrects)


def _given_text(entry: Contact) -> str:
    """Give what was given, a line each with its form."""
    lines = [
        f"{each.text} ({given_form_name(each.form).lower()})" if each.text else given_form_name(each.form)
        for each in entry.all_givens
    ]
    return "\n".join(lines) or given_form_name(GivenForm.NONE)
