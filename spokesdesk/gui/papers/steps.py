"""The way of a paper as a row of steps; each says at the pointer who did it and when."""

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperState, waits_for
from spokesdesk.gui.papers.words import moment, who_waits
from spokesdesk.gui.widgets.stepper import Stepper

STEPS = (_("Soạn"), _("Trình"), _("Duyệt"), _("Cấp số"), _("Phát hành"))
_CURRENT = {
    PaperState.DRAFT: 0,
    PaperState.RETURNED: 0,
    PaperState.SUBMITTED: 2,
    PaperState.APPROVED: 3,
    PaperState.NUMBERED: 4,
    PaperState.RELEASED: 5,
    PaperState.CORRECTED: 5,
    PaperState.WITHDRAWN: 5,
}
_MADE_BY = (None, Move.SUBMIT, Move.APPROVE, Move.NUMBER, Move.RELEASE)


class PaperSteps(Stepper):
    """Soạn › Trình › Duyệt › Cấp số › Phát hành."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(STEPS, 0, parent)
        self._told: dict[str, str] = {}

    def show_paper(self, found: Paper | None) -> None:
        """Show how far a paper has come; None is a paper that was never saved."""
        current = _CURRENT[found.state] if found is not None else 0
        self.set(STEPS, current)
        self._told = {}
        row = self.layout()
        if row is None:
            return
        for at in range(len(STEPS)):
            # Between two steps stands an arrow.
            item = row.itemAt(2 * at)
            widget = item.widget() if item is not None else None
            if widget is not None and found is not None:
                self._told[STEPS[at]] = _told(found, at, done=at < current)
                widget.setToolTip(self._told[STEPS[at]])

    def told(self) -> dict[str, str]:
        """Give what each step says at the pointer."""
        return dict(self._told)


def _told(found: Paper, at: int, *, done: bool) -> str:
    if at == 0:
        who, when = found.author.name, found.created_at
        return _("{who} soạn, {moment}").format(who=who, moment=moment(when))
    made = [step for step in found.moves if step.move is _MADE_BY[at]]
    if not done or not made:
        return _("Chưa làm")
    return _("{who}, {moment}").format(who=made[-1].by.name, moment=moment(made[-1].at))


def whose_turn(found: Paper) -> str:
    """Say whose turn it is, "" when it is nobody's."""
    waiting = waits_for(found.state)
    return _("Chờ {who}").format(who=who_waits(waiting)) if waiting else ""
