"""Keys of the province: a new one is confirmed only after two people have compared its mark."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import NewSender
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.sheet import Sheet


class NewKeySheet(Sheet):
    """Asks whether a key is the province's; ``run`` gets the key when it is."""

    def __init__(self, parent: QWidget, sender: NewSender, run: Callable[[NewSender], object]) -> None:
        super().__init__(parent, _("Khóa ký mới của tỉnh"), 560)
        self._sender, self._run = sender, run
        self.say(
            _(
                "{n} thư ghi tên {agency}, từ {since}, ký bằng một khóa mà cơ quan chưa xác nhận. Thư được giữ lại, "
                "chưa hiện ở đâu và chưa tính thời hạn."
            ).format(n=sender.notes, agency=sender.agency, since=f"{to_vn(sender.since):%H:%M, %d/%m/%Y}")
        )
        self.body.addWidget(label(sender.mark, "page", self))
        self.say(
            _(
                "Gọi điện cho tỉnh theo số đã biết từ trước, đọc mã trên: máy của tỉnh hiện mã của mình ở trang Tỉnh. "
                "Hai mã giống nhau thì xác nhận; khác nhau thì đừng xác nhận và báo người quản trị cổng."
            )
        )
        confirm = self.add_actions(_("Mã đúng, xác nhận"), self._done, _("Để sau"))
        # A key is not confirmed by an Enter that was meant for something else.
        confirm.setDefault(False)
        confirm.setAutoDefault(False)

    def _done(self) -> None:
        run, sender = self._run, self._sender
        self.close()
        run(sender)


class OwnKeySheet(Sheet):
    """The mark of this desk's key, to be read out over the telephone."""

    def __init__(self, parent: QWidget, mark: str) -> None:
        super().__init__(parent, _("Mã khóa của máy này"), 480)
        self.body.addWidget(label(mark, "page", self))
        self.say(
            _(
                "Khi một cơ quan gọi hỏi vì thấy khóa ký mới của tỉnh, đọc mã này cho họ so với mã họ đang thấy."
            )
        )
        self.add_action(_("Đóng"), self.close)
