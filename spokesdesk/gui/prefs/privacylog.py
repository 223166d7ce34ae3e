"""Who opened whose personal data; for an admin."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import Access
from spokesdesk.domain.privacy_words import act_word, table_word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, ElidedLabel, clear_layout, label
from spokesdesk.services.ports import Desk

_SHOWN = 40


class LogCard(Card):
    """The latest looks, newest first."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Nhật ký truy cập"), parent=parent)
        self._context = context
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(self._rows)
        row = QHBoxLayout()
        self._again = Button(_("Xem mới nhất"), self._ask, parent=self)
        row.addWidget(self._again)
        row.addStretch(1)
        self.body.addLayout(row)
        self.clear()

    def use(self, desk: Desk, *, is_admin: bool) -> None:
        """Show the log to an admin."""
        self.clear()
        self._again.setEnabled(is_admin)
        if is_admin:
            self._ask()
        else:
            self._say(_("Chỉ quản trị viên xem được nhật ký này."))

    def clear(self) -> None:
        """Show nothing."""
        clear_layout(self._rows)
        self._again.setEnabled(False)

    def lines(self) -> list[str]:
        """Give what is shown."""
        shown = (self._rows.itemAt(at).widget() for at in range(self._rows.count()))
        return [widget.accessibleName() for widget in shown if isinstance(widget, ElidedLabel)]

    def _ask(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(_log, desk), owner=self, ok=self._show, lane="read")

    def _show(self, lines: Sequence[str]) -> None:
        clear_layout(self._rows)
        for line in lines:
            self._rows.addWidget(ElidedLabel(line, "", self))
        if not lines:
            self._say(_("Chưa ai mở dữ liệu của ai."))

    def _say(self, text: str) -> None:
        self._rows.addWidget(label(text, "muted", self, wrap=True))


def _log(desk: Desk) -> list[str]:
    from spokesdesk.services import privacy

    found = privacy.access_log(desk, limit=_SHOWN)
    known = privacy.names(desk, [one.subject for one in found])
    return [_line(one, known.get(one.subject, "") if one.subject else "") for one in found]


def _line(one: Access, name: str) -> str:
    who = name or (_("(đã xóa)") if one.subject else "")
    parts = (
        f"{to_vn(one.at):%H:%M, %d/%m/%Y}",
        one.member.name,
        act_word(one),
        table_word(one.subject_kind),
        who,
    )
    return " · ".join(part for part in parts if part)
