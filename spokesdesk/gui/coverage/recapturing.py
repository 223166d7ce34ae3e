"""What was read again of an article, on its page: when, where, and what a person found in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.recaptures import Check, Judged, Recapture
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label, line

Seen = tuple[Recapture, Check | None]


class RecapturesCard(Card):
    """What was read again of an article.

    Emits:
        new_wanted: None, a page is to be read again.
        check_wanted: ``UUID`` of a recapture to be compared and judged.
    """

    new_wanted = Signal()
    check_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Họ đã cải chính chưa?"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        button = LinkButton(_("Đọc lại để đối chiếu…"), self.new_wanted.emit, self)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_recaptures(self, seen: Sequence[Seen]) -> None:
        """Show what was read again, the latest first."""
        clear_layout(self._rows)
        if not seen:
            words = _(
                "Đến hạn, đọc lại bài và trang cải chính; bản đọc lại được giữ theo mã băm để đối chiếu."
            )
            self._rows.addWidget(label(words, "muted", self, wrap=True))
        for at, each in enumerate(reversed(seen)):
            if at:
                self._rows.addWidget(line(self))
            self._rows.addWidget(self._row(*each))

    def _row(self, recapture: Recapture, check: Check | None) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        day = f"{to_vn(recapture.taken_at):%H:%M %d/%m/%Y}"
        head.addWidget(label(_("Đọc lại {day}").format(day=day), "strong", box), 1)
        head.addWidget(Chip(*check_words(check), width=140, parent=box))
        column.addLayout(head)
        said = _("Trang không còn.") if recapture.gone else recapture.url
        column.addWidget(label(said, "small", box, wrap=True))
        for answer in check.missing if check else ():
            column.addWidget(label(_("Chưa đạt: {text}").format(text=answer.text), "small", box, wrap=True))
        words = _("Xem lại đối chiếu…") if check else _("Đối chiếu…")
        button = LinkButton(words, partial(self.check_wanted.emit, recapture.id), box)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box


def check_words(check: Check | None) -> tuple[str, str]:
    """Give what a check comes to in a few words, and the tone of them; the points themselves are the verdict."""
    if check is None:
        return _("Chưa đối chiếu"), "amber"
    looked = [answer for answer in check.answers if answer.judged is not Judged.UNCHECKED]
    good = sum(answer.judged is Judged.YES for answer in looked)
    tone = "green" if good == len(check.answers) else "red" if check.missing else "amber"
    return _("đạt {good} / {all} điểm").format(good=good, all=len(check.answers)), tone
