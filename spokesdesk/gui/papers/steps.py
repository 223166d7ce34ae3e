"""The way of a paper as a row of steps; each says at the pointer who did it and when."""

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperState, waits_for
from spokesdesk.domain.signing import PaperSignature, SignatureKind
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
_SIGNED_AT = {SignatureKind.LEADER: 2, SignatureKind.AGENCY: 3}
_MADE_BY = (None, Move.SUBMIT, Move.APPROVE, Move.NUMBER, Move.RELEASE)


class PaperSteps(Stepper):
    """Soạn › Trình › Duyệt › Cấp số › Phát hành."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(STEPS, 0, parent)
        self._told: dict[str, str] = {}

    def show_paper(self, found: Paper | None, made: tuple[PaperSignature, ...] = ()) -> None:
        """Show how far a paper has come and who signed it; None is a paper that was never saved."""
        current = _CURRENT[found.state] if found is not None else 0
        self.set(_named(made), current)
        self._told = {}
        row = self.layout()
        if row is None:
            return
        for at in range(len(STEPS)):
            # Between two steps stands an arrow.
            item = row.itemAt(2 * at)
            widget = item.widget() if item is not None else None
            if widget is not None and found is not None:
                signed = [one for one in made if _SIGNED_AT.get(one.kind) == at]
                told = [_told(found, at, done=at < current), *map(_signed, signed)]
                self._told[STEPS[at]] = "\n".join(told)
                widget.setToolTip(self._told[STEPS[at]])

    def told(self) -> dict[str, str]:
        """Give what each step says at the pointer."""
        return dict(self._told)


def _named(made: tuple[PaperSignature, ...]) -> tuple[str, ...]:
    names = list(STEPS)
    kinds = {one.kind for one in made}
    if SignatureKind.LEADER in kinds:
        names[2] = _("Duyệt, ký")
    if SignatureKind.AGENCY in kinds:
        names[3] = _("Số, dấu")
    return tuple(names)


def _signed(one: PaperSignature) -> str:
    return _("{who} ký, {moment}").format(who=one.signer, moment=moment(one.at))


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
