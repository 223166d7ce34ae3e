"""Calm notes above the form: why the text cannot be changed, a draft to take back, a text changed elsewhere."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.errors import ConflictError, DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.importing import ImportNotes
from spokesdesk.gui.papers.words import moment
from spokesdesk.gui.widgets.basic import Button, LinkButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.paper_import import ImportNote
from spokesdesk.services.ports import SavedDraft

# Where the text on screen and the one that was saved are in question, and either may be taken.
_OF_TEXT = frozenset({"paper_changed_meanwhile", "paper_frozen"})


class PaperNotes(QWidget):
    """The notes of one paper.

    Emits:
        keep_mine: save the text on screen as the next version.
        take_theirs: show the text that was saved elsewhere.
        sharing_wanted: the page where two people's changes are settled.
        draft_wanted, draft_dropped: ``SavedDraft``.
    """

    keep_mine = Signal()
    take_theirs = Signal()
    sharing_wanted = Signal()
    draft_wanted = Signal(object)
    draft_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._draft: SavedDraft | None = None
        self._state = Note("", "teal", self)
        self._returned = Note("", "amber", self)
        self._conflict = Note("", "amber", self)
        self._conflict.add_button(LinkButton(_("Xem bản đã lưu"), self._theirs, self._conflict))
        self._conflict.add_button(Button(_("Lưu bản của tôi"), self._mine, parent=self._conflict))
        self._refused = Note("", "amber", self)
        self._settle = Button(_("Mở trang Đồng bộ"), self._sharing, parent=self._refused)
        self._refused.add_button(self._settle)
        self._kept = Note("", "teal", self)
        self._kept.add_button(LinkButton(_("Bỏ"), self._drop, self._kept))
        self._kept.add_button(Button(_("Lấy lại"), self.take_draft, parent=self._kept))
        self.imported = ImportNotes(self)
        self._all = (self._state, self._returned, self._conflict, self._refused, self._kept)
        for note in self._all:
            column.addWidget(note)
        column.addWidget(self.imported)
        self._fit()

    def clear(self) -> None:
        """Say nothing."""
        for note in self._all:
            note.set_text("")
        self.imported.forget()
        self._draft = None
        self._fit()

    def texts(self) -> tuple[str, ...]:
        """Give what is said now."""
        return tuple(note.accessibleName() for note in self._all if not note.isHidden())

    def show_state(self, found: Paper | None) -> None:
        """Say why the text is frozen, or what a returned paper was returned for."""
        self._state.set_text(_frozen(found) if found is not None and found.is_frozen else "")
        self._returned.set_text(_why_returned(found) if found is not None else "")
        self._fit()

    def conflict(self, error: DeskError | None) -> bool:
        """Say that somebody else did something meanwhile, and what can be done; False for another kind of error."""
        if error is not None and not isinstance(error, ConflictError):
            return False
        said = word(error) if error is not None else ""
        if error is not None and error.code == "paper_changed_meanwhile":
            said = _("{why} Nội dung anh/chị đang gõ vẫn còn trên màn hình.").format(why=said)
        is_of_text = error is not None and error.code in _OF_TEXT
        self._conflict.set_text(said if is_of_text else "")
        self._refused.set_text("" if is_of_text else said)
        self._settle.setVisible(error is not None and error.code == "conflict_open")
        self._fit()
        return True

    def changed_elsewhere(self, found: Paper) -> None:
        """Say that somebody saved another text while this one was being typed."""
        said = _(
            "Văn bản đã có bản {version}, lưu lúc {moment}. Nội dung anh/chị đang gõ vẫn còn trên màn hình."
        )
        self._conflict.set_text(said.format(version=found.version, moment=moment(found.saved_at)))
        self._fit()

    def show_import(self, name: str, notes: tuple[ImportNote, ...]) -> None:
        """Say what was guessed, converted and left out of an imported file."""
        self.imported.say(name, notes)
        self._fit()

    def offer_draft(self, draft: SavedDraft | None) -> None:
        """Offer what had been typed and never saved as a version."""
        self._draft = draft
        said = _("Còn nội dung gõ dở lúc {moment} chưa lưu thành bản mới.")
        self._kept.set_text(said.format(moment=moment(draft.saved_at)) if draft is not None else "")
        self._fit()

    def _fit(self) -> None:
        self.setVisible(any(not note.isHidden() for note in (*self._all, self.imported)))

    @Slot()
    def _sharing(self) -> None:
        self.sharing_wanted.emit()

    @Slot()
    def _mine(self) -> None:
        self.keep_mine.emit()

    @Slot()
    def _theirs(self) -> None:
        self.take_theirs.emit()

    @Slot()
    def take_draft(self) -> None:
        """The person wants what was typed back."""
        draft = self._draft
        self.offer_draft(None)
        if draft is not None:
            self.draft_wanted.emit(draft)

    @Slot()
    def _drop(self) -> None:
        draft = self._draft
        self.offer_draft(None)
        if draft is not None:
            self.draft_dropped.emit(draft)


def _frozen(found: Paper) -> str:
    approved = [step for step in found.moves if step.move is Move.APPROVE]
    if not approved:
        return _("Nội dung đã được duyệt nên không sửa được nữa.")
    last = approved[-1]
    said = _("{who} đã duyệt lúc {moment}; nội dung giữ nguyên từ đó. Muốn sửa, hãy soạn văn bản mới.")
    return said.format(who=last.by.name, moment=moment(last.at))


def _why_returned(found: Paper) -> str:
    returned = [step for step in found.moves if step.move is Move.RETURN]
    if found.state is not PaperState.RETURNED or not returned:
        return ""
    last = returned[-1]
    return _("{who} trả lại lúc {moment}: “{remark}”").format(
        who=last.by.name, moment=moment(last.at), remark=last.remark
    )
