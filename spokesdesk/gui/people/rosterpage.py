"""Lists ready to publish: look, copy, save as PDF, draft the notice, post on the portal."""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.sheets import Sheet, as_html, as_text
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.people.rostertable import RosterTable
from spokesdesk.gui.people.savefile import SaveFile
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import rosters
from spokesdesk.services.ports import Desk
from spokesdesk.services.rosters import Roster

Changed = tuple[datetime, str] | None


def _sheets(desk: Desk) -> tuple[dict[Roster, Sheet], Changed]:
    return {which: rosters.sheet(desk, which) for which in Roster}, rosters.changed_since(desk)


class RosterPage(SidePage):
    """The three lists.

    Emits:
        left: the page was put away.
    """

    left = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._sheets: dict[Roster, Sheet] = {}
        self._files = SaveFile(context, self)
        self.top.set_title(_("Danh sách để công bố"))
        self.top.add_button(Button(_("Đóng"), self._leave, parent=self))
        told = _(
            "Danh sách không có số điện thoại, thư điện tử, Zalo, số thẻ của nhà báo: luật không cho công bố "
            "khi chưa có sự đồng ý."
        )
        self.column.addWidget(Note(told, "teal", self.inside))
        self._cards: dict[Roster, tuple[Card, RosterTable]] = {}
        self._buttons: dict[Roster, list[Button]] = {}
        for which in Roster:
            self.column.addWidget(self._card(which))
        self.column.addStretch(1)

    def load(self) -> None:
        """Read the lists as they stand today."""
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(partial(_sheets, desk), owner=self, ok=self._show, lane="read")

    def copy(self, which: Roster) -> None:
        """Put a list on the clipboard: as a table where tables can be pasted, else as plain text."""
        if (sheet := self._sheets.get(which)) is not None:
            data = QMimeData()
            data.setHtml(as_html(sheet))
            data.setText(as_text(sheet))
            QGuiApplication.clipboard().setMimeData(data)
            self.context.toast(_("Đã chép bảng; dán được vào cổng, vào Word hay vào thư."))

    def copy_source(self, which: Roster) -> None:
        """Put a list on the clipboard as HTML source."""
        if (sheet := self._sheets.get(which)) is not None:
            QGuiApplication.clipboard().setText(as_html(sheet))
            self.context.toast(_("Đã chép mã HTML."))

    def draft(self, which: Roster) -> None:
        """Draft the notice with a list and open it."""
        desk = self.context.desk()
        if desk is not None:
            work = partial(rosters.draft_notice, desk, which)
            self.context.courier.run(work, owner=self, ok=self._drafted, fail=self._failed, lane="write")

    def post(self, which: Roster) -> None:
        """Post a list: the portal shows it after the next round."""
        desk = self.context.desk()
        if desk is not None:
            work = partial(rosters.post, desk, which)
            self.context.courier.run(work, owner=self, ok=self._posted, fail=self._failed, lane="write")

    def _card(self, which: Roster) -> Card:
        card = Card(parent=self.inside)
        table = RosterTable(card)
        card.add(table)
        row = QHBoxLayout()
        actions = (
            (_("Chép bảng"), self.copy),
            (_("Chép mã HTML"), self.copy_source),
            (_("Lưu PDF…"), self._save),
            (_("Soạn thông báo"), self.draft),
            (_("Đăng lên cổng"), self.post),
        )
        self._buttons[which] = [
            Button(word_shown, partial(act, which), parent=card) for word_shown, act in actions
        ]
        for button in self._buttons[which]:
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        self._cards[which] = (card, table)
        return card

    def _show(self, found: tuple[dict[Roster, Sheet], Changed]) -> None:
        sheets, changed = found
        self._sheets = sheets
        self.notice.set_text(_changed_said(changed))
        for which, sheet in sheets.items():
            card, table = self._cards[which]
            rows = [row for row in sheet.rows if len(row) > 1]
            card.set_title(sheet.title)
            card.set_note(_("{n} dòng").format(n=len(rows)) if rows else "")
            for button in self._buttons[which]:
                # Of an empty list there is nothing to copy or to publish.
                button.setEnabled(bool(rows))
            table.show_sheet(sheet)

    def _save(self, which: Roster) -> None:
        desk = self.context.desk()
        if desk is not None and which in self._sheets:
            self._files.ask(self._sheets[which].title, partial(rosters.pdf, desk, which))

    def _drafted(self, result: tuple[Any, Changes]) -> None:
        self.context.navigate("paper", result[0].id)

    def _posted(self, _changes: Changes) -> None:
        self.context.toast(_("Danh sách sẽ hiện trên cổng sau lần đồng bộ tới."))

    def _failed(self, error: DeskError) -> None:
        self.context.status(word(error))

    def _leave(self) -> None:
        self.left.emit(None)


def _changed_said(changed: Changed) -> str:
    if changed is None:
        return ""
    at, law = changed
    told = _(
        "Người phát ngôn có thay đổi lúc {moment}, sau lần ghi công bố gần nhất. Hãy công bố danh sách mới"
    )
    said = told.format(moment=f"{to_vn(at):%H:%M} {short_date(vn_day(at))}")
    return f"{said} ({law})." if law else f"{said}."
