"""What ending a right to speak and publishing its holder still ask."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.people.askpanel import AskPanel
from spokesdesk.gui.widgets.fields import CheckBox, DateEdit, DateTimeEdit, Field, LineEdit


class EndPanel(AskPanel):
    """From which day, why, and whether it was taken back."""

    def __init__(
        self,
        today: date,
        done: Callable[[], object],
        closed: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        told = _("Mục đã ghi vẫn còn trong sổ; việc kết thúc được ghi thêm.")
        super().__init__(_("Kết thúc quyền phát ngôn"), told, _("Ghi kết thúc"), done, closed, parent)
        self._on = DateEdit("on", self)
        self._on.set_on(today)
        self._remark = LineEdit(parent=self)
        self._withdrawn = CheckBox(_("Bị thu hồi, không phải hết việc"), self)

    def begin(self) -> None:
        """Show the inputs."""
        self.ask(
            (
                Field(_("Không còn hiệu lực từ ngày"), self._on, "on", parent=self),
                Field(_("Lý do"), self._remark, "remark", parent=self),
                self._withdrawn,
            )
        )

    def on(self) -> date:
        """Give the day; raises UserError naming it."""
        found = self._on.on()
        if found is None:
            raise UserError("field_required", field="on")
        return found

    def remark(self) -> str:
        """Give the reason."""
        return self._remark.text()

    def withdrawn(self) -> bool:
        """Tell whether it was taken back."""
        return self._withdrawn.isChecked()


class PublishPanel(AskPanel):
    """When, and where it can be read."""

    def __init__(
        self,
        now: datetime,
        done: Callable[[], object],
        closed: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        told = _("Ghi lại lúc đã công bố họ tên, chức vụ, số điện thoại, thư điện tử công vụ.")
        super().__init__(_("Đã công bố người phát ngôn"), told, _("Ghi đã công bố"), done, closed, parent)
        self._at = DateTimeEdit(self)
        self._at.set_at(to_vn(now))
        self._url = LineEdit("https://", self)

    def begin(self) -> None:
        """Show the inputs."""
        self.ask(
            (
                Field(_("Công bố lúc"), self._at, "published_at", parent=self),
                Field(_("Địa chỉ trang"), self._url, "remark", parent=self),
            )
        )

    def at(self) -> datetime:
        """Give the moment, UTC."""
        return self._at.at()

    def url(self) -> str:
        """Give the page's address."""
        return self._url.text()
