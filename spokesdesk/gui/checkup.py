"""The checkup from the help: with progress and a stop, its findings in words, what to do, a report to keep or print."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.pace import Pace, PaceBar
from spokesdesk.gui.salvaging import SalvageSheet
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.checkup import Checkup
from spokesdesk.services.ports import Desk

_WIDTH, _LINES = 700, 14


class CheckupSheet(Sheet):
    """Reads everything when it opens.

    Emits:
        examined: ``Checkup``, what was found.
    """

    examined = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Kiểm tra toàn vẹn"), _WIDTH)
        self._context = context
        self._found: Checkup | None = None
        self.say(_("Đọc lại toàn bộ cơ sở dữ liệu, tệp kèm theo và chuỗi của sổ; không thay đổi gì."))
        self.pace = PaceBar(self)
        self.verdict, self.wrong = Note("", "green", self), Note("", "red", self)
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(_("Báo cáo kiểm tra"))
        self.report.setFixedHeight(_LINES * self.report.fontMetrics().lineSpacing() + 16)
        self.report.hide()
        for part in (self.pace, self.verdict, self.wrong, self.report):
            self.body.addWidget(part)
        self._keep = self._row(
            (_("Lưu báo cáo…"), self._ask_where),
            (_("In báo cáo"), self.print),
            (_("Kiểm tra lại"), self.begin),
        )
        self._mend = self._row(
            (_("Lấy lại tệp từ bản sao lưu"), self.fetch_back),
            (_("Cứu dữ liệu sang thư mục mới…"), self._salvage),
        )
        self.add_action(_("Đóng"), self.close)

    def begin(self) -> None:
        """Read everything."""
        for part in (*self._keep, *self._mend, self.report):
            part.hide()
        self.wrong.set_text("")
        self.verdict.set_text("")
        self._run(_examine, _("Đang đọc lại toàn bộ…"), self._examined)

    def fetch_back(self) -> None:
        """Bring lost attachments back from the copies."""
        if self._found is not None:
            self._run(partial(_fetch, self._found), _("Đang lấy lại tệp…"), self._fetched)

    def print(self) -> None:
        """Send the report to the printer."""
        if self._found is not None:
            self._run(partial(_print, self._found), _("Đang in…"), self._printed)

    def reject(self) -> None:
        """Esc stops the reading first."""
        if self.pace.is_running():
            self.pace.stop()
        else:
            super().reject()

    def _row(self, *buttons: tuple[str, object]) -> list[Button]:
        row = QHBoxLayout()
        row.setSpacing(8)
        made = []
        for text, run in buttons:
            assert callable(run)
            made.append(Button(text, run, parent=self))
            made[-1].hide()
            row.addWidget(made[-1])
        row.addStretch(1)
        self.body.addLayout(row)
        return made

    def _run(self, work: object, text: str, ok: object) -> None:
        desk = self._context.desk()
        if desk is None or self.pace.is_running():
            return
        assert callable(work)
        assert callable(ok)
        pace = self.pace.begin(text)
        self._context.courier.run(
            partial(work, desk, pace),
            owner=self,
            ok=ok,
            fail=self._refused,
            always=self.pace.end,
            lane="long",
            end=pace.stop,
        )

    def _examined(self, given: tuple[Checkup, tuple[str, ...]]) -> None:
        found, lines = given
        self._found = found
        self.report.setPlainText("\n".join(lines))
        self.report.show()
        for button in self._keep:
            button.show()
        self._mend[0].setVisible(bool(found.lost))
        self._mend[1].setVisible(found.is_database_hurt)
        if found.ok:
            text = _("Nguyên vẹn: {n} mắt xích của chuỗi sổ, mọi tệp kèm theo và cơ sở dữ liệu đều đúng.")
            self.verdict.set_text(text.format(n=found.links))
        else:
            text = _("Có {n} chỗ không khớp. Đọc báo cáo dưới đây và làm theo thứ tự.")
            self.wrong.set_text(text.format(n=len(found.findings)))
        self.examined.emit(found)

    def _fetched(self, back: tuple[int, Changes]) -> None:
        self._context.toast(_("Đã lấy lại {n} tệp từ bản sao lưu.").format(n=back[0]))
        self.begin()

    def _salvage(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            SalvageSheet(self._context, desk, self.window()).open()

    def _ask_where(self) -> None:
        kinds = _("Tệp PDF (*.pdf);;Tệp chữ (*.txt)")
        ask_target(
            self,
            _("Lưu báo cáo"),
            _("kiem-tra-ban-lam-viec") + ".pdf",
            self.save_to,
            kinds=kinds,
            ending="pdf",
        )

    @Slot(str)
    def save_to(self, name: str) -> None:
        """Write the report as a PDF or a text, by its name."""
        if self._found is not None:
            self._run(partial(_save, self._found, Path(name)), _("Đang lưu…"), self._saved)

    def _saved(self, path: Path) -> None:
        self._context.toast(_("Đã lưu báo cáo: {name}").format(name=path.name))

    def _printed(self, _job: object) -> None:
        self._context.toast(_("Đã gửi báo cáo tới máy in."))

    def _refused(self, error: DeskError) -> None:
        stopped = error.code == "stopped"
        self.wrong.set_text(_("Đã dừng trước khi đọc hết.") if stopped else word(error))
        self._keep[2].show()


def _examine(desk: Desk, pace: Pace) -> tuple[Checkup, tuple[str, ...]]:
    from spokesdesk.services import checkup

    found = checkup.examine(desk, progress=pace.tell, is_cancelled=pace.is_stopped)
    return found, checkup.lines(found)


def _fetch(found: Checkup, desk: Desk, _pace: Pace) -> tuple[int, Changes]:
    from spokesdesk.services import checkup

    return checkup.fetch_back(desk, found)


def _print(found: Checkup, desk: Desk, _pace: Pace) -> str:
    from spokesdesk.services import checkup

    return checkup.print_report(desk, found)


def _save(found: Checkup, path: Path, _desk: Desk, _pace: Pace) -> Path:
    from spokesdesk.services import checkup

    return checkup.save(found, path)
