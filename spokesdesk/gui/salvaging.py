"""Saving what can still be read of a damaged workspace into a new folder."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.salvage import Salvage, sentences
from spokesdesk.gui.newplace import NewPlaceSheet
from spokesdesk.gui.pace import Pace
from spokesdesk.gui.screen import Context
from spokesdesk.services.ports import Desk

_SHOWN = 8


class SalvageSheet(NewPlaceSheet):
    """Asks for a new folder; the damaged workspace is not touched."""

    def __init__(self, context: Context, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            context.courier,
            _("Cứu dữ liệu sang thư mục mới"),
            _("Cứu dữ liệu"),
            partial(_salvage, desk),
            _salvaged_words,
            parent,
        )
        self.say(
            _(
                "Mọi dòng còn đọc được và mọi tệp kèm theo được chép sang một bàn làm việc mới, mở bằng cùng "
                "cụm mật khẩu. Thư mục đang dùng giữ nguyên."
            )
        )
        self.finish()
        self.fields[0].focus()
        self.made.connect(context.open_other)


def _salvaged_words(found: Salvage) -> str:
    said = sentences(found)
    if not said:
        return _("Đã lấy ra được tất cả.")
    rest = _("… và {n} chỗ nữa; kiểm tra toàn vẹn bàn mới để đọc hết.").format(n=len(said) - _SHOWN)
    head = _("Đã lấy ra mọi dòng còn đọc được; không lấy được:")
    return "\n".join([head, *said[:_SHOWN], *([rest] if len(said) > _SHOWN else [])])


def _salvage(desk: Desk, folder: Path, pace: Pace) -> Salvage:
    from spokesdesk.services import salvage

    return salvage.salvage(desk, folder, progress=pace.tell, is_cancelled=pace.is_stopped)
