"""Files on their way into a case: how far each is, and a way to stop it."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import ElidedLabel, LinkButton, label
from spokesdesk.gui.widgets.drop import Progress

_LOOK_MS = 200


class Coming(QWidget):
    """A row for each file; hidden when none is on its way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Progress, QWidget, QLabel]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    def add(self, name: str, progress: Progress) -> None:
        """Show a file that is being kept."""
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(name, "", box), 1)
        said = label(progress.words(), "small", box)
        row.addWidget(said)
        stop = LinkButton(_("Dừng"), partial(self.stop, progress), box)
        stop.setAccessibleName(_("Dừng cất {name}").format(name=name))
        row.addWidget(stop)
        self._column.addWidget(box)
        self._rows.append((progress, box, said))
        self._timer.start()
        self.show()

    def stop(self, progress: Progress) -> None:
        """Stop a file; nothing of it is kept."""
        progress.is_stopped = True

    def forget(self, progress: Progress) -> None:
        """A file is kept, or will not be."""
        for held, box, _said in self._rows:
            if held is progress:
                self._column.removeWidget(box)
                box.hide()
                box.deleteLater()
        self._rows = [row for row in self._rows if row[0] is not progress]
        if not self._rows:
            self._timer.stop()
            self.hide()

    @Slot()
    def _look(self) -> None:
        for progress, _box, said in self._rows:
            said.setText(progress.words())
