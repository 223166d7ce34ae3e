"""The daily report from the journal: which day, printed or kept as a PDF."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError, OutsideError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.fields import DateEdit, Field
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk


class DayReportSheet(Sheet):
    """Print a day's report, or write it as a PDF."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Báo cáo ngày"), 520)
        self._context = context
        self.say(
            _(
                "Các lần tiếp xúc trong ngày, việc còn mở và đầu chuỗi của sổ. Ký và cất bản in ngoài máy này: sau này "
                "đối chiếu được là sổ không bị sửa."
            )
        )
        self.day = DateEdit("date", self)
        self._field = Field(_("Ngày"), self.day, "date", parent=self)
        self.body.addWidget(self._field)
        self._said = Note("", "red", self)
        self.body.addWidget(self._said)
        desk = context.desk()
        if desk is not None:
            self.day.set_on(vn_day(desk.now()))
        self._actions.addWidget(Button(_("In"), self.print, parent=self))
        self.add_action(_("Lưu PDF…"), self._ask_where)
        self._field.focus()

    def print(self) -> None:
        """Send the report to the printer."""
        asked = self._asked()
        if asked is not None:
            self._run(partial(_print, *asked), self._printed)

    def save_to(self, name: str) -> None:
        """Write the report as a PDF."""
        asked = self._asked()
        if asked is not None:
            self._run(partial(_write, *asked, Path(name)), self._written)

    def _asked(self) -> tuple[Desk, date] | None:
        commit_typing()
        self._said.set_text("")
        desk = self._context.desk()
        try:
            day = self.day.on()
        except UserError as error:
            show_error([self._field], error)
            return None
        return (desk, day or vn_day(desk.now())) if desk is not None else None

    def _ask_where(self) -> None:
        asked = self._asked()
        if asked is None:
            return
        name = f"bao-cao-ngay-{asked[1]:%Y-%m-%d}.pdf"
        ask_pdf(self, _("Lưu báo cáo ngày"), name, self.save_to)

    def _run(self, work: object, ok: object) -> None:
        assert callable(work)
        assert callable(ok)
        self._context.courier.run(
            work, owner=self, ok=ok, fail=self._refused, lane="work", label=_("Đang lập báo cáo…")
        )

    def _printed(self, _job: object) -> None:
        self._context.toast(_("Đã gửi báo cáo ngày tới máy in."))
        self.close()

    def _written(self, path: Path) -> None:
        self._context.toast(_("Đã lưu báo cáo: {name}").format(name=path.name))
        self.close()

    def _refused(self, error: DeskError) -> None:
        if not show_error([self._field], error):
            self._said.set_text(word(error))


def _print(desk: Desk, day: date) -> str:
    from spokesdesk.services import dayreport

    return dayreport.print_report(desk, day)


def _write(desk: Desk, day: date, path: Path) -> Path:
    from spokesdesk.services import dayreport

    pdf = dayreport.report_pdf(desk, day)
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise OutsideError("file_unwritable", path=path) from error
    return path
