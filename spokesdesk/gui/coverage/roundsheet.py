"""What happened in a round, written down: which, when, why, and the day we look again."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rebuttals import Round, RoundMove, move_words
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import ComboBox, DateEdit, DateTimeEdit, Field, LineEdit, TextEdit
from spokesdesk.gui.writingsheet import Values, WritingSheet
from spokesdesk.services import journal, rebuttals
from spokesdesk.services.ports import Desk

FORM = "article:round"
_PUBLISHED = (RoundMove.CORRECT, RoundMove.PART, RoundMove.PUBLISH)


class RoundSheet(WritingSheet):
    """Writes down one step of a round; ``kept`` gives the ``Round`` after it."""

    def __init__(self, context: Context, each: Round, likely: RoundMove | None, parent: QWidget) -> None:
        super().__init__(context, _("Ghi diễn biến, lần {n}").format(n=each.number), 520, parent)
        self._round = each
        moves = [move for move in each.moves if move is not RoundMove.UNDO]
        words = move_words()
        self.move_box: ComboBox[RoundMove] = ComboBox([(move, words[move]) for move in moves], self)
        self.done_at, self.look_on = DateTimeEdit(self), DateEdit("look_on", self)
        self.remark, self.url = TextEdit("", 2, self), LineEdit("https://", self)
        self.file = DropArea(context.courier, context.theme, self)
        self._build()
        desk = context.desk()
        if desk is not None:
            self.done_at.set_at(desk.now())
            self.file.keep_with(partial(journal.keep_file, desk))
        if likely in moves:
            self.move_box.set_value(likely)
        self.move_box.currentIndexChanged.connect(self._chosen)
        self._chosen()
        self.move_box.setFocus()
        self.keep(f"{FORM}:{each.article_id}", {"round": str(each.id), "steps": len(each.steps)})

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "move": self.move_box.value().value,
            "done_at": self.done_at.at().isoformat(),
            "look_on": self.look_on.text(),
            "url": self.url.text(),
            "remark": self.remark.text(),
            "file": self.file.values(),
        }

    def fill(self, values: Values) -> None:
        """Show what was typed before."""
        self.move_box.set_value(RoundMove(str(values["move"])))
        self.done_at.set_at(datetime.fromisoformat(str(values["done_at"])))
        self.look_on.setText(str(values.get("look_on", "")))
        self.url.setText(str(values.get("url", "")))
        self.remark.set_text(str(values.get("remark", "")))
        files = values.get("file")
        self.file.restore(files if isinstance(files, list) else [])

    def writing(self, desk: Desk) -> Callable[[], tuple[Round, Changes]] | None:
        """Give what writes the step; None while a file is on its way."""
        if self.file.is_waiting:
            self._said.setText(self.file.waiting_words)
            return None
        move, files, look_on = self.move_box.value(), self.file.attachments(), self.look_on.on()
        return partial(
            rebuttals.note,
            desk,
            self._round.id,
            move,
            done_at=self.done_at.at(),
            remark=self.remark.text(),
            look_on=look_on if move is RoundMove.DELIVER else None,
            file=files[0] if files else None,
            url=self.url.text() if move in _PUBLISHED else "",
            draft_id=self.auto.draft_id,
        )

    def _build(self) -> None:
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
        self.body.addWidget(self._said)
        self.add_actions(_("Ghi lại"), self.save)

    @Slot()
    def _chosen(self) -> None:
        move = self.move_box.value()
        self.fields[2].setVisible(move is RoundMove.DELIVER)
        self.fields[3].setVisible(move in _PUBLISHED)
