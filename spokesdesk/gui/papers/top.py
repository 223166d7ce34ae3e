"""Head of a paper's page: what it is, where it stands, and the moves this member may make now."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import MOVES as MOVE_RULES
from spokesdesk.domain.papers import REASONED, Move, Paper, moves_for
from spokesdesk.domain.people import Member
from spokesdesk.domain.signing import PaperSignature, SignatureKind, turn_of, waits_for_seal
from spokesdesk.gui.papers.signways import KINDS as SIGNS
from spokesdesk.gui.papers.steps import whose_turn
from spokesdesk.gui.papers.words import MOVES, SYNC, standing, titled
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import (
    Button,
    Chip,
    ElidedLabel,
    LinkButton,
    PrimaryButton,
    clear_layout,
    label,
    restyle,
)


class PaperTop(QWidget):
    """Title, state and moves.

    Emits:
        back_asked: to the list.
        move_asked: ``Move`` a button stands for.
        save_asked: save the text as a version.
        sign_asked: ``SignatureKind`` that the member may put on the paper now.
    """

    back_asked = Signal()
    move_asked = Signal(object)
    save_asked = Signal()
    sign_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._back = LinkButton(_("‹ Văn bản"), self._go_back, self)
        row.addWidget(self._back)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = ElidedLabel("", "page", self)
        self._standing = ElidedLabel("", "muted", self)
        words.addWidget(self._title)
        words.addWidget(self._standing)
        row.addLayout(words, 1)
        self._flag = Chip("", "amber", parent=self)
        self._flag.setToolTip(
            _("Người soạn và người duyệt là một; cơ quan nhỏ được phép, việc này được ghi lại.")
        )
        self._sync = Chip("", "teal", parent=self)
        row.addWidget(self._flag)
        row.addWidget(self._sync)
        self._turn = label("", "muted", self)
        row.addWidget(self._turn)
        self._save = Button(_("Lưu"), self._ask_save, "Ctrl+S", self, bind=False)
        row.addWidget(self._save)
        self._kind: SignatureKind | None = None
        self.sign_button = Button("", self._ask_sign, parent=self)
        row.addWidget(self.sign_button)
        self._moves = QHBoxLayout()
        self._moves.setSpacing(8)
        row.addLayout(self._moves)
        self.buttons: dict[Move, Button] = {}

    def show_paper(
        self,
        found: Paper | None,
        member: Member | None,
        kind: str,
        signed: tuple[PaperSignature, ...] = (),
    ) -> None:
        """Show a paper's title, state and moves; a paper never saved offers to be submitted."""
        self._title.set_text(title_of(found, kind))
        self._standing.set_text(standing(found) if found else _("{kind} · chưa lưu").format(kind=kind))
        flagged = found is not None and any(step.is_flagged for step in found.moves)
        self._flag.set(_("Tự duyệt") if flagged else "", "amber")
        moves = self._moves_of(found, member)
        if found is not None and waits_for_seal(found, signed):
            moves = tuple(move for move in moves if move is not Move.RELEASE)
        self._show_sign(found, member, signed)
        self._turn.setText(whose_turn(found) if found is not None and not moves else "")
        self._turn.setVisible(bool(self._turn.text()))
        self._save.setVisible(found is None or not found.is_frozen)
        self._show_moves(moves)

    def set_sync(self, state: str) -> None:
        """Show how far a released paper has come to the portal."""
        words, tone = SYNC.get(state, ("", "neutral"))
        self._sync.set(words, tone)

    def turn(self) -> str:
        """Give the words that say whose turn it is, "" when it is this member's."""
        return self._turn.text()

    def flag(self) -> str:
        """Give the words of the amber chip, "" for none."""
        return self._flag.text()

    def sync_said(self) -> str:
        """Give the words of the chip of the portal, "" for none."""
        return self._sync.text()

    def rest(self) -> None:
        """Put the focus on what comes next here; it would fall out of the page with the panel that closed."""
        move = self.primary()
        if move is not None:
            self.buttons[move].setFocus()
        elif self._kind is not None:
            self.sign_button.setFocus()
        else:
            self._back.setFocus()

    def primary(self) -> Move | None:
        """Give the move of the primary button."""
        moves = [move for move in self.buttons if move not in REASONED]
        return moves[-1] if moves else None

    def _moves_of(self, found: Paper | None, member: Member | None) -> tuple[Move, ...]:
        if member is None:
            return ()
        if found is None:
            return (Move.SUBMIT,) if member.roles & set(MOVE_RULES[Move.SUBMIT].roles) else ()
        return moves_for(found, member)

    def _show_moves(self, moves: tuple[Move, ...]) -> None:
        if tuple(self.buttons) == moves:
            return
        clear_layout(self._moves)
        self.buttons = {}
        for move in moves:
            make = Button if move in REASONED else PrimaryButton
            keys = _("Ctrl+Enter") if move is Move.APPROVE else ""
            button = make(MOVES[move][0], partial(self.move_asked.emit, move), keys, self, bind=False)
            self.buttons[move] = button
            self._moves.addWidget(button)

    def _show_sign(
        self, found: Paper | None, member: Member | None, signed: tuple[PaperSignature, ...]
    ) -> None:
        may = found is not None and member is not None
        self._kind = turn_of(found, signed, member) if may and found and member else None
        self.sign_button.setVisible(self._kind is not None)
        self.sign_button.set_text(f"{SIGNS[self._kind]}…" if self._kind is not None else "")
        is_first = found is not None and waits_for_seal(found, signed)
        self.sign_button.setProperty("primary", is_first)
        restyle(self.sign_button)

    @Slot()
    def _ask_sign(self) -> None:
        if self._kind is not None:
            self.sign_asked.emit(self._kind)

    @Slot()
    def _ask_save(self) -> None:
        self.save_asked.emit()

    @Slot()
    def _go_back(self) -> None:
        self.back_asked.emit()


def title_of(found: Paper | None, kind: str) -> str:
    """Give the title of a paper's page."""
    if found is None:
        return _("{kind} mới").format(kind=kind)
    return titled(found.letter.kind, found.letter.subject) or _("{kind} chưa có trích yếu").format(kind=kind)
