"""From a căn cứ to its instrument in the library."""

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.window import Window


class LawLink(LinkButton):
    """Opens the instrument that a citation names; hidden while there is no citation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Xem văn bản"), self.ask, parent)
        self._citation = ""
        self.hide()

    def set_citation(self, citation: str) -> None:
        """Lead to this citation's instrument; "" leads nowhere."""
        self._citation = citation
        self.setVisible(bool(citation))
        self.setAccessibleName(_("Xem văn bản: {law}").format(law=citation))

    def ask(self) -> None:
        """Ask the window for the instrument."""
        window = self.window()
        if self._citation and isinstance(window, Window):
            window.ask(f"law:{self._citation}")
