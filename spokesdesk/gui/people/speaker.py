"""The page of somebody who may speak: what it rests on, until when, what became of it, and the next step."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.spokespeople import BY_LETTER, Authorisation, AuthorisationStep, SpeakerKind, StepKind
from spokesdesk.domain.standing import sentence, standing_of
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.people.facts import Facts
from spokesdesk.gui.people.kinds import speaker_kinds
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.people.speakersteps import EndPanel, PublishPanel
from spokesdesk.gui.remaining import left
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, PrimaryButton, clear_layout, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import authorisation_letter, spokespeople, spokespeople_due
from spokesdesk.services.ports import Desk

Shown = tuple[Authorisation, Due | None]


def look(desk: Desk, authorisation_id: UUID) -> Shown:
    """Give an authorisation and until when its holder is to be published (blocking)."""
    held = spokespeople.get(desk, authorisation_id)
    return held, spokespeople_due.publication_due(desk, held)


class SpeakerPage(SidePage):
    """The page.

    Emits:
        correct_asked: ``Authorisation`` to be put right by a new entry.
    """

    correct_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.held: Authorisation | None = None
        self._panel: EndPanel | PublishPanel | None = None
        self._correct = Button(_("Đính chính"), self._ask_correction, parent=self)
        self._end = Button(_("Kết thúc…"), self.ask_end, parent=self)
        self._publish = PrimaryButton(_("Ghi đã công bố…"), self.ask_publish, parent=self)
        self._letter = PrimaryButton(_("Soạn giấy ủy quyền"), self.draft_letter, "Ctrl+G", self)
        self._open_letter = Button(_("Mở giấy ủy quyền"), self._show_letter, parent=self)
        for button in (self._correct, self._end, self._open_letter, self._publish, self._letter):
            self.top.add_button(button)
        self._state = {tone: Note("", tone, self.inside) for tone in ("green", "teal", "amber", "red")}
        for note in self._state.values():
            self.column.addWidget(note)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.facts = Facts(self.inside)
        self.column.addWidget(self.facts)
        self._history = Card(_("Quá trình"), parent=self.inside)
        self._steps = QVBoxLayout()
        self._history.body.addLayout(self._steps)
        self.column.addWidget(self._history)
        self.column.addStretch(1)

    def show_held(self, shown: Shown) -> None:
        """Show an authorisation."""
        held, due = shown
        if self.held is None or self.held.id != held.id:
            self.to_top()
            self._close_panel()
        self.held = held
        self.top.set_title(held.name, held.post)
        self.notice.set_text(_corrected(held))
        self._say_state(held, due)
        self.facts.show_facts(_facts(held))
        self._show_steps(held)
        is_open = held.corrected_by is None and held.ending is None
        self._correct.setVisible(held.corrected_by is None)
        self._end.setVisible(is_open)
        self._publish.setVisible(is_open and held.kind is SpeakerKind.REGULAR and held.published_at is None)
        by_letter = is_open and held.kind in BY_LETTER
        self._letter.setVisible(by_letter and held.letter_id is None and not held.decision_number)
        self._open_letter.setVisible(held.letter_id is not None)

    def ask_end(self) -> None:
        """Ask from which day the right holds no more."""
        desk = self.context.desk()
        if desk is not None and self.held is not None:
            self._open(EndPanel(vn_day(desk.now()), self._do_end, self._close_panel, self.inside))

    def ask_publish(self) -> None:
        """Ask when and where the holder was published."""
        desk = self.context.desk()
        if desk is not None and self.held is not None:
            self._open(PublishPanel(desk.now(), self._do_publish, self._close_panel, self.inside))

    def draft_letter(self) -> None:
        """Draft the letter of authorisation and open it."""
        desk = self.context.desk()
        if desk is not None and self.held is not None:
            work = partial(authorisation_letter.draft_letter, desk, self.held.id)
            self._run(work, self._drafted)

    def _do_end(self) -> None:
        desk, panel = self.context.desk(), self._panel
        if desk is None or self.held is None or not isinstance(panel, EndPanel):
            return
        work = partial(
            spokespeople.end,
            desk,
            self.held.id,
            panel.on(),
            remark=panel.remark(),
            withdrawn=panel.withdrawn(),
        )
        self._run(work, self._ended)

    def _do_publish(self) -> None:
        desk, panel = self.context.desk(), self._panel
        if desk is None or self.held is None or not isinstance(panel, PublishPanel):
            return
        self._run(
            partial(spokespeople.publish, desk, self.held.id, panel.at(), url=panel.url()), self._published
        )

    def _ended(self, _result: tuple[Authorisation, Changes]) -> None:
        self._close_panel()
        self.context.toast(_("Đã ghi kết thúc quyền phát ngôn."), self._resume)

    def _published(self, _result: tuple[Authorisation, Changes]) -> None:
        self._close_panel()
        self.context.toast(_("Đã ghi việc công bố."), self._unpublish)

    def _drafted(self, result: tuple[Any, Changes]) -> None:
        self.context.navigate("paper", result[0].id)

    def _resume(self) -> None:
        self._take_back(spokespeople.resume)

    def _unpublish(self) -> None:
        self._take_back(spokespeople.unpublish)

    def _take_back(self, work: Any) -> None:
        desk = self.context.desk()
        if desk is not None and self.held is not None:
            self._run(partial(work, desk, self.held.id), self._taken_back)

    def _taken_back(self, _result: object) -> None:
        self.context.toast(_("Đã hoàn tác."))

    def _run(self, work: Any, ok: Any) -> None:
        self.context.courier.run(work, owner=self, ok=ok, fail=self._failed, lane="write")

    def _failed(self, error: DeskError) -> None:
        if self._panel is not None:
            self._panel.say(error)
        else:
            self.context.status(word(error))

    def _open(self, panel: EndPanel | PublishPanel) -> None:
        self._close_panel()
        self._panel = panel
        self._place.addWidget(panel)
        panel.show()
        panel.begin()
        self.to_top()

    def _close_panel(self) -> None:
        self._panel = None
        clear_layout(self._place)

    def _ask_correction(self) -> None:
        self.correct_asked.emit(self.held)

    def _show_letter(self) -> None:
        if self.held is not None and self.held.letter_id is not None:
            self.context.navigate("paper", self.held.letter_id)

    def _say_state(self, held: Authorisation, due: Due | None) -> None:
        desk = self.context.desk()
        if desk is None:
            return
        today = vn_day(desk.now())
        standing = standing_of(held.name, today, (held,))
        tones = {"valid": "green", "not_yet": "teal", "lapsed": "neutral", "unknown": "amber"}
        tone = "amber" if standing.code == "not_written" else tones[standing.state]
        said = {"green": "", "teal": "", "amber": "", "red": ""}
        said[tone if tone in said else "teal"] = sentence(standing)
        if due is not None:
            late, urgency = left(due.due_at, desk.now()) if due.due_at else ("", "amber")
            words = _("Công bố người phát ngôn: {wording} ({citation}){late}.")
            told = words.format(wording=due.wording, citation=due.cited, late=f" – {late}" if late else "")
            said["red" if urgency == "red" else "amber"] = told
        for name, note in self._state.items():
            note.set_text(said[name])

    def _show_steps(self, held: Authorisation) -> None:
        clear_layout(self._steps)
        written = _("{moment} · {who} ghi vào sổ").format(moment=_moment(held.at), who=held.author.name)
        self._steps.addWidget(label(written, "muted", self._history, wrap=True))
        for step in held.steps:
            self._steps.addWidget(label(_step_said(step), "", self._history, wrap=True))
            if step.paper_id is not None:
                link = LinkButton(_("Mở giấy ủy quyền đã soạn"), self._show_letter, self._history)
                self._steps.addWidget(link)


def _facts(held: Authorisation) -> tuple[tuple[str, str], ...]:
    signed = (
        f"{to_vn(held.decided_at):%H:%M} {short_date(vn_day(held.decided_at))}" if held.decided_at else ""
    )
    given = ", ".join(part for part in (held.authorised_by, held.authorised_by_post) if part)
    last = short_date(held.until_on) if held.until_on else _("không ghi hạn")
    published = _moment(held.published_at) if held.published_at else ""
    return (
        (_("Tư cách"), dict(speaker_kinds())[held.kind]),
        (_("Vụ việc, phạm vi"), held.scope),
        (_("Thời gian"), f"{short_date(held.from_on)} – {last}"),
        (_("Văn bản"), held.number),
        (_("Lúc ký"), signed),
        (_("Cơ quan ban hành"), held.issuing_body),
        (_("Người giao, ủy quyền"), given),
        (_("Số điện thoại"), held.phone),
        (_("Thư điện tử công vụ"), held.email),
        (_("Đã công bố lúc"), published),
        (_("Người làm việc tại bàn"), held.member.name if held.member else ""),
        (_("Ghi chú"), held.note),
    )


def _step_said(step: AuthorisationStep) -> str:
    words = {
        StepKind.ENDED: _("kết thúc, không còn hiệu lực từ {day}"),
        StepKind.WITHDRAWN: _("thu hồi, không còn hiệu lực từ {day}"),
        StepKind.RESUMED: _("bỏ lần ghi kết thúc"),
        StepKind.PUBLISHED: _("công bố lúc {moment}"),
        StepKind.UNPUBLISHED: _("bỏ lần ghi công bố"),
        StepKind.LETTER: _("soạn giấy ủy quyền"),
    }
    told = words[step.step].format(
        day=short_date(step.on) if step.on else "",
        moment=_moment(step.happened_at) if step.happened_at else "",
    )
    remark = f": {step.remark}" if step.remark else ""
    return f"{_moment(step.at)} · {step.by.name} – {told}{remark}"


def _corrected(held: Authorisation) -> str:
    if held.corrected_by is None:
        return ""
    return _("Mục này đã được đính chính bằng mục khác, không còn dùng.")


def _moment(at: Any) -> str:
    return f"{to_vn(at):%H:%M} {short_date(vn_day(at))}"
