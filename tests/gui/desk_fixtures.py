"""What the tests of journal, address book and today page start from, and a typist who counts keys."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from spokesdesk.domain.journal import Channel, Contact, ContactDraft
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.gui.journal.form import ContactForm
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.services import journal, people
from spokesdesk.services.ports import Desk
from tests.gui.stage import Stage

PRINTED_END = date(2030, 12, 31)


class Typist:
    """Presses keys on whatever has the cursor, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys = 0
        self.fields: list[str] = []

    def shortcut(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.keys += 2
        QTest.keyClick(self._focus(), key, Qt.KeyboardModifier.ControlModifier)

    def press(self, key: Qt.Key) -> None:
        """Press one key without text."""
        self.keys += 1
        QTest.keyClick(self._focus(), key)

    def type(self, shown: str, telex: str = "") -> None:
        """Type a text; ``telex`` is what the fingers press for it, when it has accents."""
        self.keys += len(telex or shown)
        focus = self._focus()
        self.fields.append(focus.accessibleName())
        for char in shown:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, char)
                QCoreApplication.sendEvent(focus, event)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window


@dataclass(frozen=True)
class Known:
    """A reporter who came before."""

    outlet: Outlet
    journalist: Journalist


def known_reporter(desk: Desk) -> Known:
    """Write down Đặng Thị Đình Khuê of Báo Đại Đoàn Kết, with her card, and an outlet beside hers."""
    outlet = Outlet(desk.new_id(), "Báo Đại Đoàn Kết", OutletKind.DAILY)
    other = Outlet(desk.new_id(), "Báo Tuổi Trẻ", OutletKind.DAILY)
    who = Journalist(
        desk.new_id(),
        "Đặng Thị Đình Khuê",
        outlet.ref,
        card_number="IBT00123",
        card_issued_on=date(2026, 1, 5),
        card_expires_on=PRINTED_END,
    )
    people.save_outlet(desk, outlet)
    people.save_outlet(desk, other)
    people.save_journalist(desk, who)
    return Known(outlet, who)


def said(widget: QWidget) -> str:
    """Give everything that can be read on a widget."""
    labels: list[QLabel] = list(widget.findChildren(QLabel))
    return "\n".join(label.text() for label in labels if label.isVisible())


def logged(desk: Desk, topic: str, **changes: object) -> Contact:
    """Write a contact of an hour ago into the journal."""
    draft = ContactDraft(
        channel=Channel.VISIT,
        received_at=datetime.now(UTC) - timedelta(hours=1),
        outlet="Báo Đại Đoàn Kết",
        journalist="Vũ Quốc Huy",
        topic=topic,
    )
    entry, _changes = journal.log_contact(desk, replace(draft, **changes))  # type: ignore[arg-type]
    return entry


def journal_of(stage: Stage) -> JournalScreen:
    """Give the journal, shown."""
    screen = stage.show("journal")
    assert isinstance(screen, JournalScreen)
    return screen


def open_form(stage: Stage) -> ContactForm:
    """Give an empty contact form, shown."""
    stage.window.activateWindow()
    stage.control.create("contact")
    screen = stage.control.pages.current()
    assert isinstance(screen, JournalScreen)
    return screen.form


def entries(desk: Desk) -> list[Contact]:
    """Give everything that is in the journal, the latest first."""
    return [
        journal.contact(desk, row.id) for row in journal.contact_rows(desk, journal.contact_numbers(desk))
    ]
