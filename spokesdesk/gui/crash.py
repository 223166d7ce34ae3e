"""When the program itself is wrong: the report is kept without names or texts, and one dialog says what is safe.

The hooks run on any thread: they only have the report written and post it; the dialog opens on the GUI thread.
"""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Logs

_SHOWN_LINES = 9


class CrashHandler(QObject):
    """Takes every error nobody else took; shows the first one and keeps them all.

    Args:
        logs: keeps the reports.

    Emits:
        happened: report text; from any thread.
    """

    happened = Signal(object)

    def __init__(self, logs: Logs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logs = logs
        self._window: QWidget | None = None
        self._keep_typing: Callable[[], object] | None = None
        self._shown = False
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hook into the interpreter."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable

    def watch(self, window: QWidget, keep_typing: Callable[[], object] | None = None) -> None:
        """Say over which window the dialog opens, and what hands over everything that was typed."""
        self._window, self._keep_typing = window, keep_typing

    def say_before(self) -> None:
        """Tell of a fall that took the whole program down the last time, if there was one."""
        if self._logs.before():
            self._open(self._logs.before(), before=True)

    @Slot(object)
    def take(self, error: BaseException) -> None:
        """Keep an error and show it."""
        self.happened.emit(self._logs.crash(error))

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
            self._logs.crash(args.exc_value)

    @Slot(object)
    def _show(self, text: str) -> None:
        if self._keep_typing is not None:
            self._keep_typing()
        self._open(text, before=False)

    def _open(self, text: str, *, before: bool) -> None:
        if self._window is None or self._shown:
            return
        self._shown = True
        sheet = CrashSheet(self._window, text, self._logs.folder, before=before)
        sheet.destroyed.connect(self._closed)
        sheet.open()

    @Slot()
    def _closed(self) -> None:
        self._shown = False


class CrashSheet(Sheet):
    """What happened, what is safe, and the report word for word: nothing leaves the machine without a click.

    Args:
        report: exactly what would be copied or saved.
        folder: where the reports are kept.
        before: it happened the last time the program ran.
    """

    def __init__(self, parent: QWidget, report: str, folder: Path, *, before: bool) -> None:
        title = _("Lần trước chương trình dừng đột ngột") if before else _("Chương trình gặp lỗi")
        super().__init__(parent, title, 640)
        self._report, self._folder = report, folder
        self.say(_safe_then() if before else _safe_now())
        self.body.addWidget(
            label(
                _(
                    "Đây là toàn bộ bản ghi lỗi: chỉ có phiên bản và vị trí trong mã, không có tên hay nội dung. "
                    "Chương trình không tự gửi đi đâu; muốn nhờ xem lỗi thì sao chép hoặc lưu ra tệp rồi gửi cho "
                    "người hỗ trợ."
                ),
                "muted",
                self,
                wrap=True,
            )
        )
        shown = QPlainTextEdit(report, self)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(_("Bản ghi lỗi"))
        shown.setFixedHeight(_SHOWN_LINES * shown.fontMetrics().lineSpacing() + 16)
        self.body.addWidget(shown)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, run in (
            (_("Sao chép bản ghi lỗi"), self._copy),
            (_("Lưu ra tệp…"), self._save),
            (_("Mở thư mục nhật ký"), self._open_folder),
        ):
            row.addWidget(Button(words, run, parent=self))
        row.addStretch(1)
        self.body.addLayout(row)
        self._said = Note("", "teal", self)
        self.body.addWidget(self._said)
        self.add_action(_("Làm tiếp"), self.close).setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._said.set_text(_("Đã sao chép."))

    def _save(self) -> None:
        name = _("loi-spokesdesk") + ".txt"
        ask_target(self, _("Lưu bản ghi lỗi"), name, self._save_to, ending="txt")

    @Slot(str)
    def _save_to(self, name: str) -> None:
        try:
            Path(name).write_text(f"{self._report}\n", encoding="utf-8")
        except OSError:
            self._said.set_text(_("Không ghi được vào chỗ đó; hãy chọn thư mục khác."))
            return
        self._said.set_text(_("Đã lưu: {name}").format(name=name))

    def _open_folder(self) -> None:
        show_folder(self._folder)


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _safe_now() -> str:
    return _(
        "Việc vừa làm chưa xong. Những gì đã lưu vẫn nguyên; nội dung đang gõ đã được giữ làm bản nháp "
        "và sẽ hiện lại. Có thể làm tiếp; nếu lỗi lặp lại, hãy đóng và mở lại chương trình."
    )


def _safe_then() -> str:
    return _(
        "Những gì đã lưu vẫn nguyên; nội dung đang gõ dở được giữ làm bản nháp đến giây cuối và hiện ở đầu trang. "
        "Có thể làm việc bình thường; nếu lại xảy ra, hãy gửi bản ghi lỗi cho người hỗ trợ."
    )
