"""What is looked at in every picture of the gallery, and the pictures in parts, so that workers can share them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from spokesdesk.gui.theme import FIELD_ROOM
from spokesdesk.gui.widgets.labels import ElidedLabel
from tests.gui.gallery.pictures import Picture, all_pictures, shown, tidy
from tests.gui.stage import Stage, settle

PARTS = range(4)
"""A test of one part takes a fourth of the pictures; files of tests, not tests, are what workers share."""
Inputs = QLineEdit | QPlainTextEdit | QTextEdit | QComboBox | QAbstractSpinBox | QAbstractButton | QListView


def part_of(part: int) -> list[Picture]:
    """Give the pictures of a part: all parts together are all pictures."""
    return list(all_pictures())[part :: len(PARTS)]


def faults_of(opened: Stage, part: int) -> dict[str, list[str]]:
    """Prepare the pictures of a part and give what is wrong: cut, without a name, a key of two meanings."""
    faults: dict[str, list[str]] = {}
    for picture in part_of(part):
        tidy(opened)
        picture.prepare(opened)
        settle(opened.courier)
        page = shown(opened)
        found = [*cut(page), *unnamed(page), *doubled(page.window())]
        if found:
            faults[picture.name] = found
    return faults


def cut(root: QWidget) -> list[str]:
    """Give what does not fit its place."""
    widgets: list[QWidget] = list(root.findChildren(QWidget))
    return [fault for widget in widgets if widget.isVisible() and (fault := _fault(widget))]


def _fault(widget: QWidget) -> str:
    if isinstance(widget, ElidedLabel):
        return "" if widget.height() >= widget.sizeHint().height() else f"too low: {widget.text()!r}"
    if isinstance(widget, QLabel) and widget.text():
        return _label_fault(widget)
    if (
        isinstance(widget, QPushButton)
        and widget.text()
        and widget.width() < widget.minimumSizeHint().width()
    ):
        return f"button cut: {widget.text()!r}"
    if isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox):
        if isinstance(widget.parent(), QAbstractSpinBox | QComboBox):
            return ""
        low = widget.height() < FIELD_ROOM * widget.fontMetrics().height()
        return f"field too low: {widget.accessibleName()!r}" if low else ""
    return ""


def _label_fault(label: QLabel) -> str:
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        return (
            f"lines cut: {label.text()[:40]!r} {label.height()} < {wanted}" if label.height() < wanted else ""
        )
    hint = label.sizeHint()
    fits = label.width() >= hint.width() and label.height() >= hint.height()
    return "" if fits else f"cut: {label.text()[:40]!r} {label.size().toTuple()} < {hint.toTuple()}"


def unnamed(root: QWidget) -> list[str]:
    """Give inputs that a screen reader could not name."""
    widgets: list[QWidget] = list(root.findChildren(QWidget))
    inputs = (widget for widget in widgets if isinstance(widget, Inputs) and widget.isVisible())
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in inputs
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
    ]


def doubled(window: QWidget) -> list[str]:
    """Give the keys that mean two things at once: Qt then does neither."""
    buttons: list[QAbstractButton] = list(window.findChildren(QAbstractButton))
    bound: list[QShortcut] = list(window.findChildren(QShortcut))
    keys = [one.shortcut().toString() for one in buttons if one.isVisible() and one.isEnabled()]
    for made in bound:
        owner = made.parent()
        is_near = made.context() in (
            Qt.ShortcutContext.WidgetShortcut,
            Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        if made.isEnabled() and not is_near and isinstance(owner, QWidget) and owner.isVisible():
            keys.extend(key.toString() for key in made.keys())  # noqa: SIM118 – a QShortcut, no mapping
    return sorted({f"two things: {key}" for key in keys if key and keys.count(key) > 1})
