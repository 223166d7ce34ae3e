"""Every picture of the gallery: nothing cut, everything named, the same in both palettes and at both small sizes."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
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
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.gui.sync import SyncScreen
from spokesdesk.gui.theme import FIELD_ROOM, Theme
from spokesdesk.gui.widgets.labels import ElidedLabel
from spokesdesk.services import people
from spokesdesk.services.ports import Desk
from tests.gui.gallery.pictures import all_pictures, shown, tidy
from tests.gui.stage import Stage, settle

Inputs = QLineEdit | QPlainTextEdit | QTextEdit | QComboBox | QAbstractSpinBox | QAbstractButton | QListView


@pytest.fixture
def demo(theme: Theme) -> Iterator[Desk]:
    """The workspace of sample data, with the member of most roles at work."""
    opened = bootstrap.open_demo()
    yield opened.working_as(max(people.members(opened), key=lambda member: len(member.roles)))
    opened.close()


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


def test_the_checks_see_what_is_cut_and_what_has_no_name(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    low, narrow, nameless = QLabel("Ấ Ỗ Ễ", page), QLabel("Giấy giới thiệu hợp lệ", page), QLineEdit(page)
    low.setFixedHeight(12)
    narrow.setFixedWidth(40)
    nameless.setFixedHeight(16)
    page.show()
    assert len(cut(page)) == 3
    assert unnamed(page) == ["QLineEdit in QWidget"]
    press, again = QPushButton("Ghi", page), QShortcut(QKeySequence("Ctrl+3"), page)
    press.setShortcut(QKeySequence("Ctrl+3"))
    press.show()
    assert doubled(page) == ["two things: Ctrl+3"]
    again.setEnabled(False)
    assert doubled(page) == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)], ids=["1366", "1024"])
def test_nothing_is_cut_and_everything_has_a_name(
    stage: Callable[..., Stage], demo: Desk, size: tuple[int, int]
) -> None:
    opened = stage(demo, size=size)
    faults: dict[str, list[str]] = {}
    for picture in all_pictures():
        tidy(opened)
        picture.prepare(opened)
        settle(opened.courier)
        page = shown(opened)
        found = [*cut(page), *unnamed(page), *doubled(page.window())]
        if found:
            faults[picture.name] = found
    assert faults == {}


def test_every_screen_is_drawn_in_both_palettes(
    stage: Callable[..., Stage], demo: Desk, theme: Theme
) -> None:
    opened = stage(demo)
    for picture in all_pictures():
        if "-" in picture.name:
            continue
        tidy(opened)
        picture.prepare(opened)
        settle(opened.courier)
        grounds = []
        for palette in ("dark", "light"):
            theme.use(palette)
            settle(opened.courier)
            image = shown(opened).grab().toImage()
            spots = product(range(0, image.width(), 7), range(0, image.height(), 11))
            colours = {image.pixelColor(x, y).rgb() for x, y in spots}
            assert len(colours) > 8, f"{picture.name} is empty in the {palette} palette"
            grounds.append(image.pixelColor(image.width() - 3, image.height() - 40).lightness())
        assert grounds[0] < 64, f"{picture.name} keeps a light ground"
        assert grounds[1] > 192, f"{picture.name} keeps a dark ground"


def test_a_conflict_leaves_its_buttons_room_beside_a_note(stage: Callable[..., Stage], demo: Desk) -> None:
    opened = stage(demo, size=(1366, 700))
    next(picture for picture in all_pictures() if picture.name == "sync-conflict").prepare(opened)
    screen = opened.control.pages.screen("sync")
    assert isinstance(screen, SyncScreen)
    screen._note.set_text("Đang ngoại tuyến. 12 mục chờ gửi được giữ an toàn tại đây và tự gửi khi có mạng.")
    settle(opened.courier)
    card = screen.conflicts
    assert card.isVisible()
    for pane in card.panes:
        assert pane.geometry().bottom() < card.take.geometry().top()
        assert pane.viewport().height() >= 4 * pane.fontMetrics().lineSpacing()
