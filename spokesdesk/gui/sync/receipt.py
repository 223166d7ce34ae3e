"""The receipt of one record: what is known of its way, to be read, copied, sent again."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.sheet import Sheet


class ReceiptSheet(Sheet):
    """Biên nhận.

    Args:
        text: of the receipt.
        again: sends the record once more; None where there is nothing to be sent again.
    """

    def __init__(self, parent: QWidget, text: str, again: Callable[[], object] | None) -> None:
        super().__init__(parent, _("Biên nhận"), 560)
        self._again = again
        self.text = QPlainTextEdit(text, self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Biên nhận"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(240)
        self.body.addWidget(self.text)
        self._actions.addWidget(Button(_("Đóng"), self.close, parent=self))
        if again is not None:
            self._actions.addWidget(Button(_("Gửi lại"), self._send, parent=self))
        self.add_action(_("Chép biên nhận"), self.copy)

    @Slot()
    def copy(self) -> None:
        """Put the whole receipt on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.text.selectAll()

    def _send(self) -> None:
        again = self._again
        self.close()
        if again is not None:
            again()
