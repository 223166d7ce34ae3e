"""Files that could not be taken into a case: why, and what can be done about it."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.fields import Field


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be taken; ``path`` is given where it can be taken all the same, a card only for a reason."""

    name: str
    said: str
    path: Path | None = None
    is_card: bool = False


class RefusedFiles(QWidget):
    """A row for each file, and the field for the reason where one is needed.

    Args:
        reason: asked for when a file that looks like an identity card is to be kept.

    Emits:
        kept_anyway: the ``Refused`` that is to be taken all the same.
    """

    kept_anyway = Signal(object)

    def __init__(self, reason: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[Refused] = []
        self._reason = reason
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        column.addWidget(reason)
        self._show()

    def files(self) -> tuple[Refused, ...]:
        """Give the files that wait for a decision."""
        return tuple(self._files)

    def add(self, one: Refused) -> None:
        """Say that a file could not be taken."""
        self._files.append(one)
        self._show()

    def forget(self, one: Refused) -> None:
        """Say no more of a file."""
        self._files = [other for other in self._files if other is not one]
        self._show()

    def clear(self) -> None:
        """Say nothing more."""
        self._files = []
        self._show()

    def _show(self) -> None:
        clear_layout(self._rows)
        for one in self._files:
            self._rows.addWidget(self._row(one))
        self._reason.setVisible(any(one.is_card for one in self._files))
        self.setVisible(bool(self._files))

    def _row(self, one: Refused) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(one.name, "strong", box), 1)
        row.addWidget(label(one.said, "error", box, wrap=True), 3)
        if one.path is not None:
            row.addWidget(
                LinkButton(
                    _("Vẫn lưu") if one.is_card else _("Đã xem, giữ tệp"),
                    partial(self.kept_anyway.emit, one),
                    box,
                )
            )
        row.addWidget(LinkButton(_("Bỏ"), partial(self.forget, one), box))
        return box
