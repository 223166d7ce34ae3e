"""Old and new text side by side, and the points a person decides: did they correct it?"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.compare import Run, RunKind, changes
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.recaptures import Check, Judged, judged_words
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Chip, label
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit
from spokesdesk.gui.writingsheet import Values, WritingSheet
from spokesdesk.services import recaptures
from spokesdesk.services.ports import Desk
from spokesdesk.services.recaptures import Asked, RecaptureView

FORM = "article:check"
MARGIN = 72
TONES = {Judged.YES: "green", Judged.NO: "red"}


class PointRow(QWidget):
    """One point: what the law asks, what the program noticed, what the person decides."""

    def __init__(self, asked: Asked, view: RecaptureView, parent: QWidget) -> None:
        super().__init__(parent)
        self.point = asked.point.id
        answered = (
            next((each for each in view.check.answers if each.point == self.point), None)
            if view.check
            else None
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        self.judged: ComboBox[Judged] = ComboBox(list(judged_words().items()), self)
        self.judged.setAccessibleName(asked.point.text)
        self.note = LineEdit(_("ghi điều nhìn thấy"), self)
        self.note.setAccessibleName(_("Ghi chú: {text}").format(text=asked.point.text))
        grid.addWidget(label(asked.point.text, "strong", self, wrap=True), 0, 0, 1, 2)
        doubt = _("chưa xác minh: ") if asked.doubt != "verified" else ""
        grid.addWidget(label(f"{doubt}{asked.citation}", "cite", self, wrap=True), 1, 0, 1, 2)
        hint = view.hint(self.point)
        if hint is not None:
            seen = QHBoxLayout()
            seen.setSpacing(6)
            chip = Chip(_("máy thấy"), TONES.get(hint.hint, "neutral"), parent=self)
            seen.addWidget(chip)
            seen.addWidget(label(hint.words, "small", self, wrap=True), 1)
            grid.addLayout(seen, 2, 0, 1, 2)
        grid.addWidget(self.judged, 3, 0)
        grid.addWidget(self.note, 3, 1)
        grid.setColumnStretch(1, 1)
        if answered is not None:
            self.judged.set_value(answered.judged)
            self.note.setText(answered.note)


class CheckSheet(WritingSheet):
    """Compares a page read again with the stored article; F7 and Shift+F7 go from change to change.

    ``kept`` gives the ``Check`` that was written down.
    """

    def __init__(self, context: Context, article: Article, recapture_id: UUID, parent: QWidget) -> None:
        super().__init__(context, _("Họ đã cải chính chưa?"), 980, parent)
        self._article, self._recapture_id = article, recapture_id
        self._places: list[tuple[int, int]] = []
        self.rows: list[PointRow] = []
        self.body.addWidget(self._said)
        self.before, self.after = self._pane(_("Bản đã lưu")), self._pane(_("Bản đọc lại"))
        texts = QHBoxLayout()
        texts.setSpacing(12)
        self._heads = []
        for pane in (self.before, self.after):
            column = QVBoxLayout()
            column.setSpacing(4)
            head = label(pane.accessibleName(), "small", self)
            self._heads.append(head)
            column.addWidget(head)
            column.addWidget(pane, 1)
            texts.addLayout(column, 1)
        self.body.addLayout(texts, 3)
        self.body.addLayout(self._tools())
        self._points = QVBoxLayout()
        self._points.setSpacing(12)
        inner = QWidget(self)
        inner.setLayout(self._points)
        self.body.addWidget(scrolled([inner], self), 4)
        self.remark = LineEdit("", self)
        self.fields = [Field(_("Nhận xét chung"), self.remark, "remark", parent=self)]
        self.body.addWidget(self.fields[0])
        self.add_actions(_("Ghi kết quả đối chiếu"), self.save)
        # Two texts and eight points: as high as the window has room for.
        self.resize(980, max(self.sizeHint().height(), parent.window().height() - MARGIN))
        self._load()

    def go(self, step: int) -> None:
        """Show the next change (1) or the one before (-1) in both texts."""
        at = (self.before.textCursor().position(), self.after.textCursor().position())
        beyond = [place for place in self._places if (place > at if step > 0 else place < at)]
        if self._places:
            self._put(beyond[0 if step > 0 else -1] if beyond else self._places[0 if step > 0 else -1])

    def values(self) -> dict[str, object]:
        """Give what was decided so far, as typed."""
        points = {row.point: [row.judged.value().value, row.note.text()] for row in self.rows}
        return {"points": points, "remark": self.remark.text()}

    def fill(self, values: Values) -> None:
        """Show what was decided before."""
        points = values.get("points")
        for row in self.rows:
            if isinstance(points, dict) and row.point in points:
                judged, note = points[row.point]
                row.judged.set_value(Judged(str(judged)))
                row.note.setText(str(note))
        self.remark.setText(str(values.get("remark", "")))

    def writing(self, desk: Desk) -> Callable[[], tuple[Check, Changes]]:
        """Give what writes down what was decided."""
        given = {row.point: (row.judged.value(), row.note.text()) for row in self.rows}
        remark, draft_id = self.remark.text(), self.auto.draft_id
        return partial(recaptures.check, desk, self._recapture_id, given, remark, draft_id)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Button(_("Chỗ trước"), partial(self.go, -1), "Shift+F7", self))
        row.addWidget(Button(_("Chỗ sau"), partial(self.go, 1), "F7", self))
        row.addStretch(1)
        return row

    def _pane(self, name: str) -> QTextEdit:
        pane = QTextEdit(self)
        pane.setReadOnly(True)
        pane.setAccessibleName(name)
        pane.setFont(self._context.theme.paper_font(15))
        pane.setMinimumHeight(150)
        return pane

    def _load(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(recaptures.view, desk, self._recapture_id)
            self._context.courier.run(work, owner=self, ok=self._show, fail=self._failed, lane="read")

    def _show(self, view: RecaptureView) -> None:
        at = to_vn(view.recapture.taken_at)
        self._heads[1].setText(_("Bản đọc lại {day}").format(day=f"{at:%H:%M %d/%m/%Y}"))
        self._write(view.runs)
        count = changes(view.runs)
        said = _("{n} chỗ khác. Máy chỉ gợi ý; người xem quyết định từng điểm.").format(n=count)
        if not view.recapture.text:
            said = _("Bản đọc lại không có chữ. Xem tệp chụp rồi trả lời từng điểm.")
        self._said.setText(said)
        for asked in view.asked:
            row = PointRow(asked, view, self)
            self.rows.append(row)
            self._points.addWidget(row)
        if view.check is not None:
            self.remark.setText(view.check.remark)
        if self._places:
            self._put(self._places[0])
        if self.rows:
            self.rows[0].judged.setFocus()
        about = {"recapture": str(self._recapture_id), "title": self._article.title}
        self.keep(f"{FORM}:{self._article.id}", about, *self.rows)

    def _write(self, runs: tuple[Run, ...]) -> None:
        old, new = self.before.textCursor(), self.after.textCursor()
        inside = False
        for run in runs:
            if run.kind is not RunKind.SAME and not inside:
                self._places.append((old.position(), new.position()))
            inside = run.kind is not RunKind.SAME
            look = self._look(run.kind)
            if run.kind is not RunKind.ADDED:
                old.insertText(run.text, look)
            if run.kind is not RunKind.REMOVED:
                new.insertText(run.text, look)

    def _look(self, kind: RunKind) -> QTextCharFormat:
        look = QTextCharFormat()
        tone = {RunKind.ADDED: "green", RunKind.REMOVED: "red"}.get(kind)
        if tone is not None:
            look.setForeground(QColor(self._context.theme.color(tone)))
            look.setBackground(QColor(self._context.theme.color(f"{tone}_tint")))
        look.setFontUnderline(kind is RunKind.ADDED)
        look.setFontStrikeOut(kind is RunKind.REMOVED)
        return look

    def _put(self, place: tuple[int, int]) -> None:
        for pane, at in zip((self.before, self.after), place, strict=True):
            cursor = pane.textCursor()
            cursor.setPosition(at)
            pane.setTextCursor(cursor)
            pane.ensureCursorVisible()
