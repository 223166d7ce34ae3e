"""Offers back what forms held when the program ended or was locked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.widgets.basic import Button, LinkButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk, SavedDraft

SHOWN = 2
# Where forms keep what they are about, the most telling first.
ABOUT = ("topic", "title", "name", "journalist", "fact", "quote", "post", "testimony", "remark", "note")
ABOUT_LIMIT = 60


def form_words() -> dict[str, str]:
    """Give the words of the forms whose drafts are offered back."""
    return {
        "contact": _("Phiếu tiếp xúc"),
        "request": _("Yêu cầu"),
        "paper": _("Văn bản"),
        "article": _("Bài báo"),
        "article:claim": _("Chỗ đánh dấu"),
        "article:round": _("Diễn biến của lần yêu cầu"),
        "article:recapture": _("Bản đọc lại"),
        "article:check": _("Đối chiếu cải chính"),
        "article:reading": _("Toàn văn dán lại"),
        "news": _("Tin"),
        "falsepost": _("Phiếu xử lý tin giả"),
        "case": _("Hồ sơ vụ việc"),
        "incident": _("Vụ việc đột xuất"),
        "outlet": _("Cơ quan báo chí"),
        "journalist": _("Nhà báo"),
        "spokesperson": _("Người được phát ngôn"),
        "office": _("Văn phòng đại diện"),
        "checklist": _("Phiếu đối chiếu"),
        "law": _("Văn bản thư viện"),
        "province": _("Thư trao đổi với tỉnh"),
    }


def form_word(form: str) -> str:
    """Give the word of the form of a draft: of its part, where that has one of its own."""
    words = form_words()
    stem = form.partition(":")[0]
    return words.get(form.rpartition(":")[0], words[stem])


class Resume(QObject):
    """Shows a calm note for every draft found at the start.

    Args:
        place: where notes go.
        take_back: gives a draft to its screen; False when no screen takes it.
    """

    def __init__(
        self, courier: Courier, place: QBoxLayout, take_back: Callable[[SavedDraft], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._courier, self._place, self._take_back = courier, place, take_back
        self._home = parent
        self._desk: Desk | None = None
        self._notes: list[Note] = []
        self._waiting: list[SavedDraft] = []

    def look(self, desk: Desk) -> None:
        """Ask for the drafts of this desk."""
        self._desk = desk
        self._courier.run(partial(_all_drafts, desk), owner=self, ok=self._offer, lane="read")

    def clear(self) -> None:
        """Take all notes away, e.g. when the desk is locked."""
        for note in self._notes:
            note.hide()
            note.deleteLater()
        self._notes, self._waiting = [], []

    def _offer(self, drafts: Sequence[SavedDraft]) -> None:
        self.clear()
        self._waiting = [draft for draft in drafts if draft.form.partition(":")[0] in form_words()]
        self._fill()

    def _fill(self) -> None:
        while self._waiting and len(self._notes) < SHOWN:
            self._notes.append(self._note(self._waiting.pop(0)))

    def _note(self, draft: SavedDraft) -> Note:
        when = to_vn(draft.saved_at)
        topic, name = about(draft), form_word(draft.form)
        text = _("{form} đang viết dở lúc {time} đã được giữ lại.").format(
            form=f"{name} “{topic}”" if topic else name,
            time=f"{when:%H:%M, %d/%m}",
        )
        note = Note(text, "teal", self._home)
        note.add_button(Button(_("Viết tiếp"), partial(self._resume, draft, note), parent=note))
        note.add_button(LinkButton(_("Bỏ bản này"), partial(self._drop, draft, note), note))
        self._place.addWidget(note)
        return note

    def _resume(self, draft: SavedDraft, note: Note) -> None:
        if self._take_back(draft):
            self._away(note)

    def _drop(self, draft: SavedDraft, note: Note) -> None:
        self._away(note)
        if self._desk is not None:
            self._courier.run(partial(_drop, self._desk, draft), owner=self, lane="write")

    def _away(self, note: Note) -> None:
        if note in self._notes:
            self._notes.remove(note)
        note.hide()
        note.deleteLater()
        self._fill()


def about(draft: SavedDraft) -> str:
    """Give what a draft is about, as its writer would know it again; "" when nothing says it."""
    for name in ABOUT:
        said = draft.values.get(name)
        if isinstance(said, str) and (line := " ".join(said.split())):
            return line if len(line) <= ABOUT_LIMIT else line[: ABOUT_LIMIT - 1].rstrip() + "…"
    return ""


def _all_drafts(desk: Desk) -> tuple[SavedDraft, ...]:
    from spokesdesk.services import drafts

    return drafts.all_drafts(desk)


def _drop(desk: Desk, draft: SavedDraft) -> None:
    from spokesdesk.services import drafts

    drafts.drop(desk, draft.id)
