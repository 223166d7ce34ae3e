"""One more journalist in the contact form, with an outlet and a check of papers of its own."""

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.journal.foldrows import FoldRow, Json
from spokesdesk.gui.journal.known import KnownReporter
from spokesdesk.gui.journal.verification import VerificationPanel
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.nameedit import NameEdit
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import LinkButton, label, line
from spokesdesk.gui.widgets.fields import Field
from spokesdesk.services.ports import Desk


class CompanionRow(FoldRow):
    """A journalist who came along."""

    def __init__(self, context: Context, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        courier, theme = context.courier, context.theme
        self.journalist = NameEdit(courier, theme, None, _("Gõ một phần tên, không cần dấu"), self)
        self.outlet = NameEdit(courier, theme, None, _("Gõ một phần tên, không cần dấu"), self)
        self.setFocusProxy(self.journalist)
        self.panel = VerificationPanel(self, is_further=True)
        self.known = KnownReporter(courier, self.journalist, self.outlet, self.panel, self)
        who = Field(_("Nhà báo thứ {n}").format(n=number), self.journalist, "companions", parent=self)
        outlet = Field(_("Cơ quan báo chí"), self.outlet, "companions", parent=self)
        grid = FieldGrid(2, 150, self)
        grid.show_cells([(who, 1), (outlet, 1)])
        head = QHBoxLayout()
        head.addWidget(label(_("Nhà báo cùng đến"), "strong", self), 1)
        head.addWidget(LinkButton(_("Bỏ nhà báo này"), self._take_out, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(line(self))
        column.addLayout(head)
        column.addWidget(grid)
        column.addWidget(self.panel)
        for field in (who, outlet):
            LengthWatch(field, NAME_LIMIT)
        for edit in (self.journalist, self.outlet):
            edit.textChanged.connect(self._pass_on)
        self.panel.edited.connect(self._pass_on)
        self.known.journalist_taken.connect(self._on_to_papers)
        self.known.outlet_taken.connect(self._on_to_papers)

    def use(self, desk: Desk | None, on: date | None) -> None:
        """Offer the names this desk knows, and judge by the law of a day."""
        self.known.use(desk)
        self.panel.use(desk, on)

    def tab_chain(self) -> tuple[QWidget, ...]:
        """Give the inputs in the order of Tab."""
        return (self.journalist, self.outlet, *self.panel.tab_chain())

    def fill(self, value: Json) -> None:
        """Show what a draft held."""
        said = {key: item for key, item in value.items() if isinstance(item, str)}
        journalist = (said.get("journalist", ""), _known(said.get("journalist_id", "")))
        self.known.fill(journalist, (said.get("outlet", ""), _known(said.get("outlet_id", ""))))
        kind, typed = said.get("kind", ""), value.get("typed")
        shown = VerificationKind(kind) if kind in list(VerificationKind) else VerificationKind.NONE
        self.panel.fill(shown, typed if isinstance(typed, dict) else {})

    def value(self) -> dict[str, object]:
        """Give the journalist as typed."""
        journalist, outlet = self.journalist.suggestion(), self.outlet.suggestion()
        return {
            "journalist": self.journalist.text(),
            "journalist_id": str(journalist.id) if journalist else "",
            "outlet": self.outlet.text(),
            "outlet_id": str(outlet.id) if outlet else "",
            "kind": self.panel.kind().value,
            "typed": self.panel.typed(),
        }

    def _on_to_papers(self, _nothing: object) -> None:
        self.panel.fields()[0].focus()


def _known(text: str) -> str:
    """Give the id, "" when a draft of another version holds none that can be read."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""
