"""Two versions of a paper word by word: what was removed is struck through, what was added is underlined."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QWidget

from spokesdesk.domain.compare import PartChange, RunKind
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper, PaperVersion
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.words import MOVES, moment
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import ComboBox, Field
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import papers as service


class CompareSheet(Sheet):
    """Compares two versions; F7 and Shift+F7 go from change to change, Esc closes.

    Emits:
        restored: ``Paper`` whose latest version is an old text again.
    """

    restored = Signal(object)

    def __init__(self, context: Context, paper: Paper, pair: tuple[int, int] | None, parent: QWidget) -> None:
        super().__init__(parent, _("So sánh bản"), 940)
        self._context, self._paper, self._pair = context, paper, pair
        self._places: list[int] = []
        self._asked = 0
        self.before: ComboBox[int] = ComboBox(parent=self)
        self.after: ComboBox[int] = ComboBox(parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Bản cũ"), self.before, "before", parent=self), 1)
        row.addWidget(Field(_("Bản mới"), self.after, "after", parent=self), 1)
        self.body.addLayout(row)
        self.count = label("", "muted", self)
        self.body.addWidget(self.count)
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFont(context.theme.paper_font(16))
        self.text.setAccessibleName(_("Chỗ khác nhau"))
        self.text.setMinimumHeight(320)
        self.body.addWidget(self.text, 1)
        self._add_buttons()
        self.text.setFocus()
        self._load()

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Button(_("Chỗ trước"), partial(self.go, -1), "Shift+F7", self))
        row.addWidget(Button(_("Chỗ sau"), partial(self.go, 1), "F7", self))
        row.addStretch(1)
        self.restore_button = Button(_("Lấy lại bản cũ"), self.restore, parent=self)
        self.restore_button.setVisible(not self._paper.is_frozen)
        row.addWidget(self.restore_button)
        self.body.addLayout(row)
        self.add_action(_("Đóng"), self.close)

    def go(self, step: int) -> None:
        """Put the cursor on the next change (1) or the one before (-1)."""
        at = self.text.textCursor().position()
        later = [place for place in self._places if place > at]
        earlier = [place for place in self._places if place < at]
        if step > 0 and self._places:
            self._put(later[0] if later else self._places[0])
        elif self._places:
            self._put(earlier[-1] if earlier else self._places[-1])

    @Slot()
    def restore(self) -> None:
        """Make the version at the left the newest one."""
        desk = self._context.desk()
        if desk is not None:
            work = partial(service.restore, desk, self._paper.id, self.before.value())
            self._context.courier.run(work, owner=self, ok=self._restored, fail=self._failed)

    def _restored(self, answer: tuple[Paper, object]) -> None:
        self.restored.emit(answer[0])
        self._context.toast(_("Đã lấy lại bản {n} thành bản mới.").format(n=self.before.value()))
        self.close()

    def _load(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(service.versions, desk, self._paper.id)
            self._context.courier.run(work, owner=self, ok=self._offer, fail=self._failed, lane="read")

    def _offer(self, found: Sequence[PaperVersion]) -> None:
        if len(found) < 2:
            self.count.setText(
                _("Văn bản mới có một bản, chưa có gì để so sánh. Mỗi lần lưu sau khi sửa là một bản.")
            )
            return
        choices = [(each.version, _named(each)) for each in reversed(found)]
        self.before.set_choices(choices)
        self.after.set_choices(choices)
        last = found[-1].version
        before, after = self._pair or (max(last - 1, 1), last)
        self.before.set_value(before)
        self.after.set_value(after)
        self.before.currentIndexChanged.connect(self._compare)
        self.after.currentIndexChanged.connect(self._compare)
        self._compare()

    @Slot()
    def _compare(self) -> None:
        desk = self._context.desk()
        if desk is None:
            return
        self._asked += 1
        work = partial(service.compare, desk, self._paper.id, self.before.value(), self.after.value())
        show = partial(self._show, self._asked)
        self._context.courier.run(work, owner=self, ok=show, fail=self._failed, lane="read")

    def _show(self, asked: int, parts: Sequence[PartChange]) -> None:
        if asked != self._asked:
            return
        self.text.clear()
        self._places = []
        cursor = self.text.textCursor()
        for part in parts:
            self._write(cursor, part)
        found = _("{n} chỗ khác nhau").format(n=len(self._places)) if parts else _("Hai bản giống nhau.")
        self.count.setText(found)
        if self._places:
            self._put(self._places[0])

    def _write(self, cursor: QTextCursor, part: PartChange) -> None:
        head = QTextCharFormat()
        head.setForeground(self._context.theme.color("muted"))
        cursor.insertText(f"{part.label}\n", head)
        inside = False
        for run in part.runs:
            if run.kind is not RunKind.SAME and not inside:
                self._places.append(cursor.position())
            inside = run.kind is not RunKind.SAME
            cursor.insertText(run.text, self._look(run.kind))
        cursor.insertText("\n\n", self._look(RunKind.SAME))

    def _look(self, kind: RunKind) -> QTextCharFormat:
        look = QTextCharFormat()
        tone = {RunKind.ADDED: "green", RunKind.REMOVED: "red"}.get(kind)
        if tone is not None:
            look.setForeground(QColor(self._context.theme.color(tone)))
            look.setBackground(QColor(self._context.theme.color(f"{tone}_tint")))
        look.setFontUnderline(kind is RunKind.ADDED)
        look.setFontStrikeOut(kind is RunKind.REMOVED)
        return look

    def _put(self, at: int) -> None:
        cursor = self.text.textCursor()
        cursor.setPosition(at)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _failed(self, error: DeskError) -> None:
        self.count.setText(word(error))


def _named(each: PaperVersion) -> str:
    done = ", ".join(MOVES[move][1].lower() for move in each.moves)
    same = _("như bản {n}").format(n=each.same_as) if each.same_as else ""
    said = _("Bản {n} · {who} · {moment}").format(n=each.version, who=each.by.name, moment=moment(each.at))
    return " · ".join(part for part in (said, same, done) if part)
