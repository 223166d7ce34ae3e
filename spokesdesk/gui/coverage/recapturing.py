"""The page read again at the deadline: pasted, scanned or said to be gone; kept by hash."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.recaptures import Check, Judged, Recapture, RecaptureDraft
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Card, Chip, LinkButton, clear_layout, label, line
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import CheckBox, DateTimeEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import journal, recaptures

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


class RecaptureSheet(Sheet):
    """Takes a page read again.

    Emits:
        kept: ``Recapture``.
    """

    kept = Signal(object)

    def __init__(self, context: Context, article: Article, parent: QWidget) -> None:
        super().__init__(parent, _("Đọc lại để đối chiếu"), 640)
        self._context, self._article, self._busy = context, article, False
        self.url, self.taken_at = LineEdit("https://", self), DateTimeEdit(self)
        self.text = TextEdit(_("Dán toàn văn bài hoặc trang cải chính như đang thấy"), 8, self)
        self.file = DropArea(context.courier, context.theme, self)
        self.gone = CheckBox(_("Trang không còn (bài đã bị gỡ hoặc đổi địa chỉ)"), self)
        self.fields = [
            Field(_("Địa chỉ"), self.url, "url", parent=self),
            Field(_("Đọc lại lúc"), self.taken_at, "taken_at", parent=self),
            Field(_("Nội dung đọc lại"), self.text, "text", parent=self),
            Field(_("Bản chụp, ảnh, bản quét"), self.file, "file", parent=self),
        ]
        for field in self.fields:
            self.body.addWidget(field)
        self.fetching = LinkButton(_("Đọc trang từ mạng bây giờ"), self.fetch, self)
        self.body.insertWidget(1, self.fetching, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.gone)
        self._said = label("", "muted", self, wrap=True)
        self.body.addWidget(self._said)
        self.add_actions(_("Lưu bản đọc lại"), self.save)
        desk = context.desk()
        if desk is not None:
            self.taken_at.set_at(desk.now())
            self.file.keep_with(partial(journal.keep_file, desk))
        self.url.setText(article.url)
        self.text.setFocus()

    @Slot()
    def fetch(self) -> None:
        """Read the page as it is served now; what comes can still be changed before it is kept."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        self._busy = True
        self._said.setText(_("Đang đọc trang…"))
        work = partial(recaptures.capture, desk, self._article.id, self.url.text())
        self._context.courier.run(
            work,
            owner=self,
            ok=self._fetched,
            fail=self._failed,
            always=self._ready,
            lane="net",
            label=_("Đang đọc trang để đối chiếu"),
        )

    def _fetched(self, draft: RecaptureDraft) -> None:
        self.url.setText(draft.url)
        self.text.set_text(draft.text)
        self.file.set_attachments((draft.file,) if draft.file else ())
        self.gone.setChecked(draft.gone)
        if draft.taken_at is not None:
            self.taken_at.set_at(draft.taken_at)
        self._said.setText(_("Trang không còn.") if draft.gone else _("Đã đọc trang; xem lại rồi lưu."))

    @Slot()
    def save(self) -> None:
        """Keep it."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        if self.file.is_waiting:
            self._said.setText(self.file.waiting_words)
            return
        files = self.file.attachments()
        draft = RecaptureDraft(
            self.url.text(),
            self.text.toPlainText(),
            files[0] if files else None,
            self.gone.isChecked(),
            self.taken_at.at(),
        )
        self._busy = True
        work = partial(recaptures.add, desk, self._article.id, draft)
        self._context.courier.run(work, owner=self, ok=self._done, fail=self._failed, always=self._ready)

    def _ready(self) -> None:
        self._busy = False

    def _done(self, answer: tuple[Recapture, Changes]) -> None:
        self.kept.emit(answer[0])
        self.close()

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._said.setText(word(error))
