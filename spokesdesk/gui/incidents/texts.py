"""The text that the agencies are to agree on: its latest version, its hash, and what each agency answered to it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.incidents import IncidentState, Stance
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.incidents import IncidentView

_SHOWN = 600
_TONES = {Stance.AGREED: "green", Stance.OBJECTED: "red"}


class TextsCard(Card):
    """The latest text and the answers to it; answers to earlier versions are in the history.

    Emits:
        word_wanted: a version of the text is to be put up.
        answer_wanted: the name of the agency whose answer is to be noted, "" for any.
    """

    word_wanted = Signal()
    answer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Thống nhất nội dung"), parent=parent)
        self._word = LinkButton(_("Đưa ra bản nội dung…"), self.word_wanted.emit, self)
        self._answer = LinkButton(_("Ghi ý kiến…"), partial(self.answer_wanted.emit, ""), self)
        self.head.addWidget(self._word)
        self.head.addWidget(self._answer)
        self._altered = Note("", "amber", self)
        self.add(self._altered)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_texts(self, seen: IncidentView) -> None:
        """Show the latest text of an incident and who answered what."""
        clear_layout(self._rows)
        found = seen.incident
        is_open = found.state is not IncidentState.CLOSED
        self._word.setVisible(is_open)
        self._answer.setVisible(is_open and bool(found.wordings))
        changed = bool(found.wordings) and found.wordings[-1].paper_id in seen.altered
        words = _(
            "Văn bản đã sửa sau khi đưa ra lấy ý kiến. Các ý kiến dưới đây là về bản cũ: hãy đưa ra bản mới."
        )
        self._altered.set_text(words if changed else "")
        self.set_note(_("bản {n}").format(n=found.wordings[-1].version) if found.wordings else "")
        if not found.wordings:
            words = _(
                "Chưa có bản nội dung nào. Đưa ra một bản rồi ghi từng cơ quan đồng ý với đúng bản nào."
            )
            self._rows.addWidget(label(words, "muted", self, wrap=True))
        else:
            self._show_latest(seen)
        for name, stance in found.stances().items():
            self._rows.addWidget(self._agency(name, stance, can_answer=is_open and bool(found.wordings)))

    def _show_latest(self, seen: IncidentView) -> None:
        latest = seen.incident.wordings[-1]
        shown = latest.text if len(latest.text) <= _SHOWN else f"{latest.text[:_SHOWN]}…"
        text = label(shown, "", self, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows.addWidget(text)
        step = next(step for step in reversed(seen.incident.steps) if step.wording is latest)
        said = _("SHA-256 {hash}… · {at} · {who}").format(
            hash=latest.sha256[:16], at=f"{to_vn(step.at):%H:%M %d/%m/%Y}", who=step.by.name
        )
        line = label(said, "small", self, wrap=True)
        line.setToolTip(latest.sha256)
        self._rows.addWidget(line)

    def _agency(self, name: str, stance: Stance | None, *, can_answer: bool) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(name, "", box, wrap=True), 1)
        if can_answer:
            row.addWidget(LinkButton(_("Ghi ý kiến"), partial(self.answer_wanted.emit, name), box))
        chip = Chip(parent=box)
        chip.set(stance.wording if stance else _("chưa có ý kiến"), _TONES[stance] if stance else "amber")
        row.addWidget(chip)
        return box
