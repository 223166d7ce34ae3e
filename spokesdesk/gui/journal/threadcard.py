"""The thread of an entry: everything that follows or corrects it, in order of time, each a way to that entry."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.journal.values import moment_text
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, Chip, ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.services import journal


class ThreadCard(Card):
    """The entries of a thread; hidden when an entry stands alone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Chuỗi tiếp nối"), parent=parent)
        self._context = context
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(self._rows)

    def show_thread(self, entries: tuple[Contact, ...], shown: Contact) -> None:
        """Show a thread, with the entry that stands on the page marked."""
        clear_layout(self._rows)
        still = len(journal.open_questions(entries))
        self.set_note(_("còn {n} câu chưa trả lời").format(n=still) if still else "")
        for entry in entries:
            self._rows.addWidget(self._row(entry, is_shown=entry.id == shown.id))
        self.setVisible(len(entries) > 1)

    def _row(self, entry: Contact, *, is_shown: bool) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        text, tone = _mark(entry)
        row.addWidget(label(moment_text(entry.received_at), "small", box))
        row.addWidget(ElidedLabel(entry.topic, "strong" if is_shown else "", box), 1)
        if text:
            row.addWidget(Chip(text, tone, parent=box))
        opened = LinkButton(_("Xem"), partial(self._open, entry), box)
        opened.setAccessibleName(_("Xem: {topic}").format(topic=entry.topic))
        opened.setEnabled(not is_shown)
        row.addWidget(opened)
        return box

    def _open(self, entry: Contact) -> None:
        self._context.navigate("contact", entry.id)


def _mark(entry: Contact) -> tuple[str, str]:
    if entry.corrected_by is not None:
        return _("Đã đính chính"), "neutral"
    if entry.corrects is not None:
        return _("Đính chính"), "teal"
    return (_("Tiếp nối"), "neutral") if entry.follows else ("", "")
