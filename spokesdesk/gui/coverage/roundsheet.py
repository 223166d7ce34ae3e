"""What happened in a round, written down: which, when, why, and the day we look again."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rebuttals import Round, RoundMove, move_words
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import ComboBox, DateEdit, DateTimeEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import journal, rebuttals

_PUBLISHED = (RoundMove.CORRECT, RoundMove.PART, RoundMove.PUBLISH)


class RoundSheet(Sheet):
    """Writes down one step of a round.

    Emits:
        noted: ``Round`` after it.
    """

    noted = Signal(object)

    def __init__(self, context: Context, each: Round, likely: RoundMove | None, parent: QWidget) -> None:
        super().__init__(parent, _("Ghi diễn biến, lần {n}").format(n=each.number), 520)
        self._context, self._round, self._busy = context, each, False
        moves = [move for move in each.moves if move is not RoundMove.UNDO]
        words = move_words()
        self.move_box: ComboBox[RoundMove] = ComboBox([(move, words[move]) for move in moves], self)
        self.done_at, self.look_on = DateTimeEdit(self), DateEdit("look_on", self)
        self.remark, self.url = TextEdit("", 2, self), LineEdit("https://", self)
        self.file = DropArea(context.courier, context.theme, self)
        self.fields = [
            Field(_("Việc đã xảy ra"), self.move_box, "move", parent=self),
            Field(_("Lúc"), self.done_at, "done_at", parent=self),
            Field(_("Ngày tự đặt để xem lại"), self.look_on, "look_on", parent=self),
            Field(_("Địa chỉ đã đăng"), self.url, "url", parent=self),
            Field(_("Lý do, ghi chú"), self.remark, "remark", parent=self),
            Field(_("Văn bản trả lời, ảnh chụp"), self.file, "file", parent=self),
        ]
        hint = _("Để trống: nơi luật không ấn định ngày, bàn làm việc tự đề nghị một ngày.")
        self.fields[2].set_hint(hint)
        for field in self.fields:
            self.body.addWidget(field)
        self._said = label("", "muted", self, wrap=True)
        self.body.addWidget(self._said)
        self.add_actions(_("Ghi lại"), self.save)
        desk = context.desk()
        if desk is not None:
            self.done_at.set_at(desk.now())
            self.file.keep_with(partial(journal.keep_file, desk))
        if likely in moves:
            self.move_box.set_value(likely)
        self.move_box.currentIndexChanged.connect(self._chosen)
        self._chosen()
        self.move_box.setFocus()

    @Slot()
    def save(self) -> None:
        """Write it down."""
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        if self.file.is_waiting:
            self._said.setText(self.file.waiting_words)
            return
        files = self.file.attachments()
        try:
            look_on = self.look_on.on()
        except UserError as error:
            show_error(self.fields, error)
            return
        work = partial(
            rebuttals.note,
            desk,
            self._round.id,
            self.move_box.value(),
            done_at=self.done_at.at(),
            remark=self.remark.toPlainText(),
            look_on=look_on if self.move_box.value() is RoundMove.DELIVER else None,
            file=files[0] if files else None,
            url=self.url.text() if self.move_box.value() in _PUBLISHED else "",
        )
        self._busy = True
        self._context.courier.run(work, owner=self, ok=self._kept, fail=self._failed, always=self._ready)

    def _ready(self) -> None:
        self._busy = False

    def _kept(self, answer: tuple[Round, Changes]) -> None:
        self.noted.emit(answer[0])
        self.close()

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._said.setText(word(error))

    @Slot()
    def _chosen(self) -> None:
        move = self.move_box.value()
        self.fields[2].setVisible(move is RoundMove.DELIVER)
        self.fields[3].setVisible(move in _PUBLISHED)
