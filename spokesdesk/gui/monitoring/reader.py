"""One item to be read and judged: what it says, what it is, who sees to it, what was done, what is kept of it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import Capture, Triage
from spokesdesk.domain.words import word
from spokesdesk.gui.monitoring.words import KEYS, chip, short
from spokesdesk.gui.screen import Context
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import Tokens
from spokesdesk.gui.widgets.basic import Button, Card, Chip, LinkButton, label
from spokesdesk.gui.widgets.fields import Field, LineEdit, TextEdit
from spokesdesk.services import monitoring as service
from spokesdesk.services.monitoring import ItemView
from spokesdesk.services.ports import Desk

Act = Callable[[Desk, UUID], tuple[Any, Changes]]


class Asked(LineEdit):
    """One line that is asked for: Enter takes it, Esc leaves it.

    Emits:
        taken: the text.
        left: nothing was wanted after all.
    """

    taken = Signal(object)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what stands in the line, Esc leaves it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ItemText(TextEdit):
    """What an item says: read only, in the colour of text that is read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("", 8, parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(_("Nội dung tin"))
        self.setFont(theme.paper_font(16))
        theme.changed.connect(self._dress)
        self._dress(theme.tokens)

    @Slot(object)
    def _dress(self, tokens: Tokens) -> None:
        self.setStyleSheet(
            f"QPlainTextEdit:read-only {{ color: {tokens.text}; background: {tokens.card};"
            f" border: 1px solid {tokens.line}; border-radius: 8px; }}"
            f"QPlainTextEdit:read-only:focus {{ border: 1px solid {tokens.accent}; }}"
        )


class Reader(Card):
    """The item that is read.

    Emits:
        stepped: the item on which a step begins.
        sheet_wanted: the item whose sheet of a false post is wanted.
        incident_wanted: the view of the item an incident is to be opened from.
    """

    stepped = Signal(object)
    sheet_wanted = Signal(object)
    incident_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._context = context
        self.view: ItemView | None = None
        self._asked = 0
        self._judged: list[UUID] = []
        self._title, self._about = label("", "card", self, wrap=True), label("", "small", self, wrap=True)
        self._stand, self._subjects = Chip("", "neutral", parent=self), label("", "small", self, wrap=True)
        self.text = ItemText(context.theme, self)
        self._history = label("", "small", self, wrap=True)
        self.line = Asked(parent=self)
        self._field = Field(_("Giao cho ai"), self.line, "assignee", parent=self)
        self._run: Callable[[Desk, UUID, str], tuple[Any, Changes]] = service.assign
        self._build()
        self.clear()

    @property
    def item_id(self) -> UUID | None:
        """The item shown, None while there is none."""
        return self.view.item.id if self.view is not None else None

    def keys(self) -> dict[str, Callable[[], object]]:
        """Give what is done by a key on the list as in the text: a button's own key waits for its click to be drawn."""
        return {key: partial(self.judge, verdict) for key, verdict in KEYS.items()} | {
            "Ctrl+Z": self.undo,
            "Ctrl+G": self.ask_assignee,
            "Ctrl+D": self.ask_done,
            "Ctrl+L": self.capture,
            "Ctrl+B": self.open_article,
            "Ctrl+I": self.want_incident,
            "Ctrl+E": self.want_sheet,
        }

    def open(self, item_id: UUID) -> None:
        """Show an item; an answer that a later one overtook is dropped."""
        desk = self._context.desk()
        if desk is None:
            return
        self._asked += 1
        take = partial(self._take, self._asked)
        self._context.courier.run(partial(service.view, desk, item_id), owner=self, ok=take, lane="read")

    def refresh(self) -> None:
        """The item may have been written to."""
        if self.item_id is not None:
            self.open(self.item_id)

    def clear(self) -> None:
        """Show nothing."""
        self._asked += 1
        self.view = None
        self._page.hide()
        self._none.show()

    def judge(self, verdict: Triage) -> None:
        """Say what the item is; the next one follows."""
        self._step(partial(_judged, verdict), _("Đã phân loại: {what}.").format(what=verdict.wording))

    @Slot()
    def undo(self) -> None:
        """Take back the last step made here."""
        if self._judged:
            self._take_back(self._judged[-1])

    @Slot()
    def ask_assignee(self) -> None:
        """Ask who sees to the item."""
        self._ask(_("Giao cho ai (Enter để giao)"), "assignee", service.assign)

    @Slot()
    def ask_done(self) -> None:
        """Ask what was done."""
        self._ask(_("Đã làm gì (Enter để khép lại)"), "done", service.close)

    @Slot()
    def capture(self) -> None:
        """Keep the page of the item."""
        self._do(service.capture, self._captured, lane="net", said=_("Đang lưu nguyên trang"))

    @Slot()
    def open_article(self) -> None:
        """Make the item an article, to mark what is not so."""
        self._do(service.open_article, self._opened)

    def _step(self, act: Act, said: str) -> None:
        item_id = self.item_id
        if item_id is None:
            return
        self.stepped.emit(item_id)
        self._judged.append(item_id)
        self._field.hide()
        self._do(act, partial(self._done, item_id, said))

    def _do(self, act: Act, ok: Callable[[Any], object], *, lane: Any = "write", said: str = "") -> None:
        desk, item_id = self._context.desk(), self.item_id
        if desk is not None and item_id is not None:
            run = partial(act, desk, item_id)
            self._context.courier.run(run, owner=self, ok=ok, fail=self._failed, lane=lane, label=said)

    def _done(self, item_id: UUID, said: str, _answer: object) -> None:
        self._context.toast(said, partial(self._take_back, item_id))

    def _take_back(self, item_id: UUID) -> None:
        desk = self._context.desk()
        if desk is None:
            return
        if item_id in self._judged:
            self._judged.reverse()
            self._judged.remove(item_id)
            self._judged.reverse()
        run = partial(service.undo, desk, item_id)
        self._context.courier.run(run, owner=self, ok=self._undone, fail=self._failed)

    def _undone(self, answer: tuple[Any, Changes]) -> None:
        self._context.status(_("Đã hoàn tác."))
        self.open(answer[0].id)

    def _captured(self, answer: tuple[Capture, Changes]) -> None:
        cut = _("Đã lưu phần trang nhận được; trang không kết thúc trong giới hạn.")
        self._context.toast(cut if answer[0].cut else _("Đã lưu nguyên trang, kèm phần chữ đọc được."))

    def _opened(self, answer: tuple[Any, Changes]) -> None:
        self._context.navigate("article", answer[0].id)

    def _failed(self, error: DeskError) -> None:
        if isinstance(error, UserError) and error.field == self._field.name and not self._field.isHidden():
            self._field.set_error(word(error))
        else:
            self._context.status(word(error))

    def _ask(self, text: str, name: str, run: Callable[[Desk, UUID, str], tuple[Any, Changes]]) -> None:
        if self.view is None:
            return
        self._run = run
        self._field.name = name
        self._field.label.setText(text)
        self.line.setAccessibleName(text)
        self._field.set_error("")
        self.line.setText(self.view.item.now.assignee if name == "assignee" else self.view.item.now.done)
        self._field.show()
        self.line.setFocus()
        self.line.selectAll()

    @Slot(object)
    def _taken(self, text: str) -> None:
        item_id = self.item_id
        if item_id is None:
            return
        self.stepped.emit(item_id)
        self._judged.append(item_id)
        said = _("Đã giao.") if self._field.name == "assignee" else _("Đã khép lại.")
        run = self._run
        self._do(lambda desk, one: run(desk, one, text), partial(self._answered, item_id, said))

    def _answered(self, item_id: UUID, said: str, answer: object) -> None:
        self._leave()
        self._done(item_id, said, answer)

    @Slot()
    def _leave(self) -> None:
        self._field.hide()
        self.text.setFocus()

    def _take(self, asked: int, found: ItemView) -> None:
        if asked != self._asked:
            return
        other = self.item_id != found.item.id
        self.view = found
        if other:
            self._field.hide()
        self._show(found)
        self._none.hide()
        self._page.show()

    def _show(self, found: ItemView) -> None:
        item = found.item
        self._title.setText(item.title)
        parts = (item.where, item.byline, f"{to_vn(item.published_at):%H:%M %d/%m/%Y}")
        self._about.setText(" · ".join(part for part in parts if part))
        verdict = item.now.verdict
        text, tone = chip(item.now)
        self._stand.set(text, tone)
        self._subjects.setText(", ".join(each.name for each in item.subjects))
        shown = found.captures[-1].text if found.captures and found.captures[-1].text else item.text
        if self.text.toPlainText() != shown:
            self.text.setPlainText(shown)
        self._history.setText("\n".join(_history(found)))
        self._history.setVisible(bool(self._history.text()))
        self._page_button.setEnabled(bool(item.url))
        self._link.setVisible(bool(item.url))
        self._sheet.setVisible(verdict in (Triage.FALSE_POST, Triage.FALSE))

    @Slot()
    def _open_url(self) -> None:
        if self.view is not None and self.view.item.url:
            QDesktopServices.openUrl(QUrl(self.view.item.url))

    @Slot()
    def want_sheet(self) -> None:
        """Ask for the sheet of a false post."""
        if self.item_id is not None:
            self.sheet_wanted.emit(self.item_id)

    @Slot()
    def want_incident(self) -> None:
        """Ask for an incident to be opened from the item."""
        if self.view is not None:
            self.incident_wanted.emit(self.view)

    def _build(self) -> None:
        self.setMinimumWidth(492)
        self._none = label(
            _("Chọn một tin ở bên trái để đọc và phân loại bằng một phím."), "muted", self, wrap=True
        )
        self.add(self._none)
        self._page = QWidget(self)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._stand)
        row.addWidget(self._about, 1)
        self._link = LinkButton(_("Mở tin gốc"), self._open_url, self)
        row.addWidget(self._link)
        column.addLayout(row)
        column.addWidget(self._subjects)
        column.addLayout(self._verdicts())
        column.addLayout(self._acts())
        self._field.hide()
        column.addWidget(self._field)
        column.addWidget(self.text, 1)
        column.addWidget(self._history)
        self.add(self._page, 1)
        self.line.taken.connect(self._taken)
        self.line.left.connect(self._leave)

    def _verdicts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, (key, verdict) in enumerate(KEYS.items()):
            button = Button(f"{key} · {short(verdict)}", partial(self.judge, verdict), parent=self)
            button.setToolTip(verdict.wording)
            grid.addWidget(button, at // 3, at % 3)
        undo = Button(_("Hoàn tác"), self.undo, "Ctrl+Z", self, bind=False)
        grid.addWidget(undo, len(KEYS) // 3, 2)
        return grid

    def _acts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        self._page_button = Button(_("Lưu trang"), self.capture, "Ctrl+L", self, bind=False)
        self._sheet = Button(_("Tin giả"), self.want_sheet, "Ctrl+E", self, bind=False)
        buttons = (
            Button(_("Giao"), self.ask_assignee, "Ctrl+G", self, bind=False),
            Button(_("Khép lại"), self.ask_done, "Ctrl+D", self, bind=False),
            self._page_button,
            Button(_("Thành bài"), self.open_article, "Ctrl+B", self, bind=False),
            Button(_("Đột xuất"), self.want_incident, "Ctrl+I", self, bind=False),
            self._sheet,
        )
        told = (
            _("Giao cho ai xử lý"),
            _("Khép lại, ghi đã làm gì"),
            _("Lưu nguyên trang làm chứng cứ"),
            _("Mở thành bài báo để đánh dấu chỗ chưa đúng"),
            _("Mở vụ đột xuất từ tin này"),
            _("Phiếu xử lý tin giả"),
        )
        for at, button in enumerate(buttons):
            button.setToolTip(told[at])
            grid.addWidget(button, at // 3, at % 3)
        return grid


def _judged(verdict: Triage, desk: Desk, item_id: UUID) -> tuple[Any, Changes]:
    return service.judge(desk, item_id, verdict)


def _history(found: ItemView) -> list[str]:
    """Say what repeats the item, what is kept of it and what was done."""
    lines = []
    if found.copies:
        names = ", ".join(dict.fromkeys(one.where for one in found.copies))
        lines.append(_("Đăng lại: {names}").format(names=names))
    for one in found.captures:
        said = _("Bản lưu trang {at}: {sha}…")
        lines.append(said.format(at=f"{to_vn(one.at):%H:%M %d/%m/%Y}", sha=one.file.sha256[:12]))
    for step in found.steps[-4:]:
        what = [step.now.verdict.wording if step.now.verdict else "", step.now.assignee, step.now.done]
        told = "; ".join(part for part in what if part)
        at = f"{to_vn(step.at):%H:%M %d/%m}"
        lines.append(f"{at}  {step.move.wording}{f': {told}' if told else ''} – {step.by.name}")
    return lines
