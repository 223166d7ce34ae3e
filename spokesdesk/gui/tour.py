"""Goes through every screen by itself and keeps a picture of each: the window's part of ``spokesdesk self-test``."""

import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QImage

from spokesdesk.domain.errors import DeskError
from spokesdesk.gui import places
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.crash import CrashHandler
from spokesdesk.gui.opening import Opening
from spokesdesk.gui.session import Found
from spokesdesk.gui.window import Window

REPORT = "window.json"
LETTER = "letter.pdf"
PRINTED = "printed.pdf"
_TICK_MS = 60
_QUIET_TICKS = 4
_PRINT_DPI = 150
# A screen that did not come to rest by then never will.
_PATIENCE_TICKS = 500


class Tour(QObject):
    """Waits for the desk, shows the screens one by one, prints ``letter.pdf`` of the folder, closes the window.

    What it found goes to ``window.json`` in the same folder: screens with the number of colours in their picture,
    faults by name, and the printed file.
    """

    def __init__(
        self, window: Window, opening: Opening, courier: Courier, crash: CrashHandler, folder: Path
    ) -> None:
        super().__init__(window)
        self._window, self._opening, self._courier, self._folder = window, opening, courier, folder
        shown = (*places.rail(), places.settings(), *places.beside())
        self._left = [place.name for place in shown]
        self._seen: dict[str, int] = {}
        self._faults: list[str] = []
        self._now, self._quiet, self._waited = "", 0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._look)
        crash.happened.connect(self._crashed)
        opening.session.opened.connect(self._opened)
        opening.session.refused.connect(self._refused)
        opening.session.found.connect(self._found)

    @Slot(object)
    def _opened(self, _desk: object) -> None:
        self._timer.start()

    @Slot(object)
    def _crashed(self, report: str) -> None:
        self._faults.append(f"{self._now}: {report}")

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._faults.append(error.code)
        self._end()

    @Slot(object)
    def _found(self, found: Found) -> None:
        if found.desk is None:
            self._faults.append(found.error.code if found.error else "workspace_missing")
            self._end()

    @Slot()
    def _look(self) -> None:
        """Take the picture once nothing is under way, and go on."""
        self._waited += 1
        self._quiet = self._quiet + 1 if self._courier.is_at_rest else 0
        if self._quiet < _QUIET_TICKS and self._waited < _PATIENCE_TICKS:
            return
        if self._now:
            self._keep()
        self._quiet = self._waited = 0
        if not self._left:
            self._timer.stop()
            self._print()
            return
        self._now = self._left.pop(0)
        self._opening.control.navigate(self._now)

    def _keep(self) -> None:
        image = self._window.grab().toImage()
        shown = self._opening.control.pages.current()
        if shown is None or shown.name != self._now or self._waited >= _PATIENCE_TICKS:
            self._faults.append(self._now)
        if not image.save(str(self._folder / f"{self._now}.png")):
            self._faults.append(f"{self._now}.png")
        self._seen[self._now] = _colours(image)

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrinter

        from spokesdesk.gui.printing import PdfPrinting

        letter = self._folder / LETTER
        if not letter.is_file():
            self._end()
            return
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._folder / PRINTED))
        printer.setResolution(_PRINT_DPI)
        job = PdfPrinting(self._courier, self)
        job.done.connect(self._printed)
        job.failed.connect(self._not_printed)
        job.start(letter.read_bytes(), printer, "SpokesDesk")

    @Slot(object)
    def _printed(self, _title: object) -> None:
        self._end()

    @Slot(object)
    def _not_printed(self, error: DeskError) -> None:
        self._faults.append(error.code)
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        told = {"screens": self._seen, "faults": self._faults, "left": self._left}
        (self._folder / REPORT).write_text(json.dumps(told), encoding="utf-8")
        QTimer.singleShot(0, self._window, partial(self._window.closing.emit, None))


def _colours(image: QImage) -> int:
    """Count the colours of a coarse grid: a window that was not painted has one."""
    columns, rows = range(0, image.width(), 7), range(0, image.height(), 7)
    return len({image.pixel(x, y) for x in columns for y in rows})
