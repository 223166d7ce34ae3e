"""Last page of the first run: the desk is ready; a short guide, old lists, or straight to work."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, Card, label


class ReadyPage(QWidget):
    """Two ways to begin beside plain work; neither is lost, both are reached later from the help.

    Emits:
        chosen: "guide" or "imports".
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        said = _("Bàn làm việc đã sẵn sàng. Bắt đầu từ đâu cũng được, sau này mở lại ở Trợ giúp (F1).")
        column.addWidget(label(said, "", self, wrap=True))
        self._buttons: list[Button] = []
        for name, title, text, action in (
            (
                "guide",
                _("Hướng dẫn năm bước"),
                _(
                    "Làm thử trên chính các màn hình: ghi một lần tiếp xúc, tìm, soạn văn bản, xem hạn, sao lưu."
                ),
                _("Làm thử năm bước"),
            ),
            (
                "imports",
                _("Có sổ hoặc danh bạ cũ trong Excel?"),
                _("Xem trước từng dòng, chỉ ghi khi đồng ý, hoàn tác được cả lần nhập."),
                _("Nhập từ Excel, CSV…"),
            ),
        ):
            card = Card(title, parent=self)
            card.add(label(text, "muted", card, wrap=True))
            button = Button(action, partial(self.chosen.emit, name), parent=card)
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._buttons.append(button)
            column.addWidget(card)
        column.addStretch(1)

    def check(self) -> bool:
        """Nothing is asked here."""
        return True

    def focus_first(self) -> None:
        """Put the cursor on the guide."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
