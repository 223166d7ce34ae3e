"""When the program itself is wrong: the trace is kept without names or texts, and one dialog says what is safe.

The hooks run on any thread: they only write the report and post it; the dialog opens on the GUI thread.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from spokesdesk import __version__, assets
from spokesdesk.domain.language import gettext as _

log = logging.getLogger(__name__)


def report(error: BaseException) -> str:
    """Give versions and trace of an error; never its message, which may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    head = (
        f"SpokesDesk {__version__}, Python {platform.python_version()}, Qt {qt_version}, {platform.system()}"
    )
    return "\n".join([head, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC", type(error).__name__, *where])


class CrashHandler(QObject):
    """Takes every error nobody else took; shows the first one and keeps them all.

    Emits:
        happened: report text; from any thread.
    """

    happened = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._window: QWidget | None = None
        self._shown = False
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hook into the interpreter."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable

    def watch(self, window: QWidget) -> None:
        """Say over which window the dialog opens."""
        self._window = window

    @Slot(object)
    def take(self, error: BaseException) -> None:
        """Keep an error and show it."""
        text = report(error)
        log.error("crash: %s", text)
        self._keep(text)
        self.happened.emit(text)

    def _uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        self.take(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.take(args.exc_value)

    def _unraisable(self, args: Any) -> None:
        if isinstance(args.exc_value, BaseException):
            text = report(args.exc_value)
            log.error("unraisable: %s", text)
            self._keep(text)

    def _keep(self, text: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / "crash.log").open("a", encoding="utf-8") as file:
                file.write(f"{text}\n\n")
        except OSError:
            log.exception("the crash report could not be kept")

    @Slot(object)
    def _show(self, text: str) -> None:
        if self._window is None or self._shown:
            return
        from spokesdesk.gui.widgets.basic import Button
        from spokesdesk.gui.widgets.sheet import Sheet

        self._shown = True
        self._text = text
        sheet = Sheet(self._window, _("Chương trình gặp lỗi"), 560)
        sheet.say(
            _(
                "Việc vừa làm chưa xong. Những gì đã lưu vẫn nguyên; nội dung đang gõ đã được giữ làm bản nháp "
                "và sẽ hiện lại. Có thể làm tiếp; nếu lỗi lặp lại, hãy đóng và mở lại chương trình."
            )
        )
        sheet.say(
            _(
                "Bản ghi lỗi chỉ có phiên bản và vị trí trong mã, không có tên hay nội dung, không tự gửi đi đâu."
            )
        )
        for words, run in (
            (_("Sao chép bản ghi lỗi"), self._copy),
            (_("Mở thư mục nhật ký"), self._open_folder),
        ):
            sheet.body.addWidget(Button(words, run, parent=sheet), 0, Qt.AlignmentFlag.AlignLeft)
        sheet.add_action(_("Làm tiếp"), sheet.close)
        sheet.destroyed.connect(self._closed)
        sheet.open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _closed(self) -> None:
        self._shown = False


def log_folder() -> Path:
    """Give the folder of this machine's crash reports."""
    own = assets.home()
    if own is not None:
        return own / "logs"
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "spokesdesk" / "logs"


def watch_for_faults() -> None:
    """Let the interpreter leave a trace even when Qt itself falls; a disk that does not take it is no harm."""
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        faulthandler.enable((log_folder() / "faults.log").open("w", encoding="utf-8"))
    except OSError:
        return
