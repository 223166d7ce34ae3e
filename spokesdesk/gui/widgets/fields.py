"""Input fields (line, text, choice, day, moment) and Field, which labels one and says its error.

Nothing is rewritten while typing and Backspace is left alone: Vietnamese typing tools depend on both. Text is
brought to NFC when the field is left.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QDate, QDateTime, QMimeData, QSize, Qt, QTime, Signal, Slot
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from spokesdesk.domain.clock import VN, parse_date, to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import nfc
from spokesdesk.gui.theme import field_height
from spokesdesk.gui.widgets.basic import label, restyle

T = TypeVar("T")

# Laying out much more than this in one field would stop the window; no field of the program takes as much.
PASTE_LIMIT = 200_000


def refusal(count: int) -> str:
    """Say that a paste of so many letters is too long for any field."""
    sentence = _("Đoạn dán có {count} ký tự, ô này nhận nhiều nhất {limit}; nội dung đang có giữ nguyên.")
    numbers = {"count": f"{count:,}".replace(",", "."), "limit": f"{PASTE_LIMIT:,}".replace(",", ".")}
    return sentence.format(**numbers)


class LineEdit(QLineEdit):
    """One line of text; ``text()`` is what was typed, NFC once the field is left."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.editingFinished.connect(self._normalise)

    def sizeHint(self) -> QSize:
        """High enough for stacked capitals."""
        return QSize(super().sizeHint().width(), field_height(self.fontMetrics()))

    def minimumSizeHint(self) -> QSize:
        """High enough for stacked capitals."""
        return QSize(64, field_height(self.fontMetrics()))

    @Slot()
    def _normalise(self) -> None:
        text = nfc(self.text())
        if text != self.text():
            self.setText(text)


class SecretEdit(LineEdit):
    """A passphrase or PIN, shown as dots."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)


class TextEdit(QPlainTextEdit):
    """Several lines of plain text; Tab goes to the next field.

    Emits:
        refused: a sentence, when pasted text is far over any limit; what was typed stays.
    """

    refused = Signal(object)

    def __init__(self, placeholder: str = "", rows: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._rows = rows
        self.document().setDocumentMargin(6)
        self.setMinimumHeight(self._height(min(rows, 2)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """Give the text, in NFC."""
        return nfc(self.toPlainText())

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        """Room for ``rows`` lines."""
        return QSize(super().sizeHint().width(), self._height(self._rows))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take pasted text as plain text; refuse what no field can take."""
        text = source.text()
        if len(text) > PASTE_LIMIT:
            self.refused.emit(refusal(len(text)))
            return
        self.insertPlainText(nfc(text))

    def _height(self, rows: int) -> int:
        return self.fontMetrics().lineSpacing() * rows + 22


class ComboBox(QComboBox, Generic[T]):
    """A choice of one of a few values."""

    def __init__(self, choices: Sequence[tuple[T, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[T] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer these values with their words; the first is chosen."""
        self.clear()
        self._values = [value for value, _text in choices]
        self.addItems([text for _value, text in choices])

    def value(self) -> T:
        """Give the chosen value."""
        return self._values[max(self.currentIndex(), 0)]

    def set_value(self, value: T) -> None:
        """Choose a value; one that is not offered changes nothing."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def sizeHint(self) -> QSize:
        """High enough for stacked capitals."""
        return QSize(super().sizeHint().width(), field_height(self.fontMetrics()))

    def minimumSizeHint(self) -> QSize:
        """High enough for stacked capitals."""
        return QSize(96, field_height(self.fontMetrics()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling a form must not change an answer."""
        event.ignore()


class DateTimeEdit(QDateTimeEdit):
    """A moment in Vietnamese time, to the minute; the arrow keys change the part the cursor is in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("dd/MM/yyyy HH:mm")
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def at(self) -> datetime:
        """Give the moment, UTC."""
        shown = self.dateTime()
        day, hour = shown.date(), shown.time()
        local = datetime(day.year(), day.month(), day.day(), hour.hour(), hour.minute(), tzinfo=VN)
        return local.astimezone(UTC)

    def set_at(self, at: datetime) -> None:
        """Show a moment (aware)."""
        local = to_vn(at)
        self.setDateTime(
            QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
        )

    def sizeHint(self) -> QSize:
        """High enough for stacked capitals."""
        return QSize(super().sizeHint().width(), field_height(self.fontMetrics()))

    def minimumSizeHint(self) -> QSize:
        """High enough for stacked capitals."""
        return QSize(140, field_height(self.fontMetrics()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class DateEdit(LineEdit):
    """A day that may be left empty, typed as 20/11/2026 (also 20-11-2026, 2026-11-20)."""

    def __init__(self, field: str = "date", parent: QWidget | None = None) -> None:
        super().__init__(_("ngày/tháng/năm"), parent)
        self._field = field

    def on(self) -> date | None:
        """Give the day, None when empty; raises UserError naming the field when it cannot be read."""
        text = self.text().strip()
        return parse_date(text, field=self._field) if text else None

    def set_on(self, on: date | None) -> None:
        """Show a day."""
        self.setText(f"{on:%d/%m/%Y}" if on else "")


class CheckBox(QCheckBox):
    """A yes or no with its words."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)


class Field(QWidget):
    """A labelled input; its error is said in words below it and stays until the next check, so nothing jumps.

    Args:
        text: label above the input.
        edit: the input; its accessible name becomes the label.
        name: name of the form field in UserError.field.
        hint: muted help below the input, "" for none.
    """

    def __init__(
        self, text: str, edit: QWidget, name: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.edit = edit
        self.name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._label = label(text, "small", self)
        self._label.setBuddy(edit)
        self._hint = label(hint, "small", self, wrap=True)
        self._error = label("", "error", self, wrap=True)
        for part in (self._label, edit, self._hint, self._error):
            column.addWidget(part, 1 if part is edit else 0)
        self._hint.setVisible(bool(hint))
        self._error.hide()
        edit.setAccessibleName(text)
        if isinstance(edit, TextEdit):
            edit.refused.connect(self._refused)

    @property
    def label(self) -> QLabel:
        """The label above the input."""
        return self._label

    def set_error(self, text: str) -> None:
        """Say what is wrong with the input; "" takes it back."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)
        if bool(self.edit.property("wrong")) != bool(text):
            self.edit.setProperty("wrong", bool(text))
            restyle(self.edit)

    def set_hint(self, text: str) -> None:
        """Change the muted help below the input."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def error(self) -> str:
        """Give the error shown, "" for none."""
        return self._error.text() if not self._error.isHidden() else ""

    def focus(self) -> None:
        """Put the cursor into the input."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on to the input."""
        self.edit.setFocus(event.reason())

    @Slot(object)
    def _refused(self, sentence: str) -> None:
        self.set_error(sentence)


def show_field_error(fields: Sequence[Field], name: str | None, sentence: str) -> bool:
    """Say an error at the field it names and put the cursor there; False when no field has that name."""
    for field in fields:
        field.set_error("")
    for field in fields:
        if name and field.name == name:
            field.set_error(sentence)
            field.focus()
            return True
    return False
