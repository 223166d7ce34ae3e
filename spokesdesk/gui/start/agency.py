"""The agency: asked in the first run and changed in the settings."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency, checked_agency
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.widgets.fields import Field, LineEdit


class AgencyForm(QWidget):
    """Name, parent body, place and symbols as they are printed; ``full`` adds addresses and the signer."""

    def __init__(self, parent: QWidget, *, full: bool = False) -> None:
        super().__init__(parent)
        self._agency = Agency("")
        self._edits: dict[str, LineEdit] = {}
        self.fields: list[Field] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._line(grid, (0, 0, 2), "name", _("Tên cơ quan"), _("như in ở đầu văn bản"))
        self._line(grid, (1, 0, 2), "parent", _("Cơ quan chủ quản"), _("để trống nếu không có"))
        self._line(grid, (2, 0, 1), "place", _("Địa danh"), _("in trước ngày tháng, ví dụ: Hà Nội"))
        self._line(grid, (2, 1, 1), "symbol", _("Ký hiệu cơ quan"), _("ví dụ: SNNMT"))
        if full:
            self._add_rest(grid)
        grid.setRowStretch(grid.rowCount(), 1)

    def agency(self) -> Agency:
        """Give the agency as typed."""
        typed = {name: edit.text() for name, edit in self._edits.items()}
        given: dict[str, Any] = dict(typed)
        if "signer_authority" in typed:
            lines = typed["signer_authority"].split("/")
            given["signer_authority"] = tuple(part.strip() for part in lines if part.strip())
        return replace(self._agency, **given)

    def set_agency(self, agency: Agency) -> None:
        """Show an agency."""
        self._agency = agency
        for name, edit in self._edits.items():
            value = getattr(agency, name)
            edit.setText(" / ".join(value) if isinstance(value, tuple) else value)

    def check(self) -> bool:
        """Say what is wrong at its field; True when nothing is."""
        try:
            checked_agency(self.agency())
        except UserError as error:
            return not show_error(self.fields, error)
        for field in self.fields:
            field.set_error("")
        return True

    def _add_rest(self, grid: QGridLayout) -> None:
        self._line(grid, (3, 0, 1), "unit", _("Ký hiệu đơn vị soạn thảo"), _("ví dụ: VP"))
        self._line(grid, (3, 1, 1), "signer_name", _("Người ký thường lệ"), "")
        grid_hint = _("các dòng trên chữ ký, cách nhau bằng dấu /, ví dụ: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")
        self._line(grid, (4, 0, 2), "signer_authority", _("Quyền hạn, chức vụ người ký"), grid_hint)
        self._line(grid, (5, 0, 2), "address", _("Địa chỉ"), "")
        self._line(grid, (6, 0, 1), "phone", _("Điện thoại"), "")
        self._line(grid, (6, 1, 1), "email", _("Thư điện tử"), "")
        self._line(grid, (7, 0, 2), "website", _("Trang thông tin"), "")

    def _line(self, grid: QGridLayout, at: tuple[int, int, int], name: str, text: str, hint: str) -> None:
        edit = LineEdit(hint, self)
        field = Field(text, edit, name, parent=self)
        self._edits[name] = edit
        self.fields.append(field)
        row, column, span = at
        grid.addWidget(field, row, column, 1, span)
