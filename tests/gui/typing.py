"""Types Vietnamese the two ways it is typed, into every text field of a window.

``injected``: UniKey, EVKey and OpenKey send Backspaces and Unicode keys, without an input-method event.
``composed``: Windows' own Telex, ibus and fcitx show pre-edit text and then commit it.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

TextField = QLineEdit | QPlainTextEdit | QTextEdit


@dataclass(frozen=True)
class Keys:
    """One keystroke of a Telex typist: what the field should hold after it."""

    shown: str


def telex(*stages: str) -> tuple[Keys, ...]:
    """Give the stages a syllable goes through, e.g. ``telex("d", "đ", "đa", "đă", "đă", "đắ", "đắt")``."""
    return tuple(Keys(stage) for stage in stages)


# Syllables as they grow under the fingers: marks that come late, dd, stacked capitals, a tone taken back.
CORPUS: tuple[tuple[Keys, ...], ...] = (
    telex("t", "tu", "tuo", "tuô", "tuôi", "tuổi"),
    telex("t", "tr", "tre", "trẻ"),
    telex("d", "đ", "đa", "đă", "đăt", "đắt"),
    telex("A", "Â", "Ấ", "Ấn"),
    telex("D", "Đ", "ĐÔ", "ĐỖ"),
    telex("n", "ng", "ngu", "ngư", "ngươ", "ngườ", "người"),
    telex("h", "ho", "hoa", "hoà", "hoa", "hoạ"),
    telex("L", "LÊ", "LỄ"),
)
EXPECTED = "tuổi trẻ đắt Ấn ĐỖ người hoạ LỄ"


def inject(field: QWidget, corpus: Iterable[tuple[Keys, ...]] = CORPUS) -> None:
    """Type as an injector does: Backspace over what changes, then the new characters as plain key events."""
    for number, syllable in enumerate(corpus):
        if number:
            _press(field, Qt.Key.Key_Space, " ")
        before = ""
        for keys in syllable:
            kept = _common(before, keys.shown)
            for _back in before[kept:]:
                _press(field, Qt.Key.Key_Backspace, "\b")
            for char in keys.shown[kept:]:
                # VK_PACKET arrives without a known key code.
                _press(field, Qt.Key.Key_unknown, char)
            before = keys.shown
        QCoreApplication.processEvents()


def compose(field: QWidget, corpus: Iterable[tuple[Keys, ...]] = CORPUS) -> None:
    """Type as a composer does: pre-edit that grows, then commit."""
    for number, syllable in enumerate(corpus):
        if number:
            _press(field, Qt.Key.Key_Space, " ")
        for keys in syllable:
            _send(field, QInputMethodEvent(keys.shown, []))
        done = QInputMethodEvent()
        done.setCommitString(syllable[-1].shown)
        _send(field, done)
        QCoreApplication.processEvents()


WAYS: dict[str, Callable[[QWidget], None]] = {"injected": inject, "composed": compose}


def fields_of(root: QWidget) -> list[TextField]:
    """Give every text field a person can type words into, found by walking the widgets.

    Left out are fields that take no words: dates and numbers (spin boxes), fixed choices, what is read only.
    """
    found: list[TextField] = []
    for widget in _children(root):
        if not isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) or widget.isReadOnly():
            continue
        if isinstance(widget.parent(), QAbstractSpinBox | QComboBox):
            continue
        found.append(widget)
    return found


def text_of(field: TextField) -> str:
    """Give what a field holds, as it is."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def clear(field: TextField) -> None:
    """Empty a field."""
    field.clear()


def undo_all(field: TextField) -> None:
    """Press Ctrl+Z until nothing is left to undo."""
    for _step in range(400):
        if not text_of(field):
            return
        field.undo()


def name_of(field: QWidget) -> str:
    """Give a field's accessible name, for messages."""
    return field.accessibleName() or field.objectName() or type(field).__name__


def check_field(field: TextField, way: str) -> str:
    """Type the corpus into a field; gives "" or what went wrong."""
    clear(field)
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    before = QApplication.focusWidget()
    WAYS[way](field)
    held = text_of(field)
    fault = ""
    if held != EXPECTED:
        fault = f"{name_of(field)} ({way}): holds {held!r}"
    elif held != unicodedata.normalize("NFC", held):
        fault = f"{name_of(field)} ({way}): not NFC"
    elif before is not None and QApplication.focusWidget() is not before:
        fault = f"{name_of(field)} ({way}): the cursor went to {QApplication.focusWidget()}"
    else:
        undo_all(field)
        fault = f"{name_of(field)} ({way}): undo leaves {text_of(field)!r}" if text_of(field) else ""
    clear(field)
    return fault


def _children(root: QWidget) -> list[QWidget]:
    found: list[QWidget] = list(root.findChildren(QWidget))
    return found


def _common(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _press(field: QWidget, key: Qt.Key, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        _send(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _send(field: QWidget, event: QEvent) -> None:
    QCoreApplication.sendEvent(field, event)
