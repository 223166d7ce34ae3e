"""Keys and integrity of the workspace."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.checkup import CheckupSheet
from spokesdesk.gui.prefs.heads import HeadsCard
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.gui.start.keys import PassphraseForm
from spokesdesk.gui.start.recovery import RecoveryForm
from spokesdesk.gui.widgets.basic import Button, Card, label
from spokesdesk.gui.widgets.sheet import AskSheet, Sheet
from spokesdesk.services.ports import Desk


class SafetySection(Section):
    """Where the data is, how it opens, and whether it is whole."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._folder: Path | None = None
        self._where = label("", "muted", self, wrap=True)
        self._ways = label("", "muted", self, wrap=True)
        self._card(_("Dữ liệu trên máy"), (self._where,), ((_("Mở thư mục"), self._show_folder),))
        keys = ((_("Đổi cụm mật khẩu…"), self._passphrase), (_("Mã khôi phục mới…"), self._ask_recovery))
        self._card(_("Khóa"), (self._ways,), keys)
        check = label(
            _("Đọc lại toàn bộ cơ sở dữ liệu, tệp kèm theo và chuỗi sổ; không thay đổi gì."),
            "muted",
            self,
            wrap=True,
        )
        self._card(_("Kiểm tra toàn vẹn"), (check,), ((_("Kiểm tra"), self._check),))
        self.heads = HeadsCard(context, self)
        self.column.addWidget(self.heads)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Show folder and ways to open."""
        self._folder = desk.keeper.folder
        self.heads.use(desk)
        self._where.setText(str(self._folder))
        self.context.courier.run(partial(_ways, desk), owner=self, ok=self._show_ways, lane="read")

    def desk_closed(self) -> None:
        """Forget results."""
        self.heads.clear()

    def _card(
        self, title: str, parts: tuple[QWidget, ...], actions: tuple[tuple[str, Callable[[], object]], ...]
    ) -> None:
        card = Card(title, parent=self)
        for part in parts:
            card.add(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, run in actions:
            row.addWidget(Button(text, run, parent=card))
        row.addStretch(1)
        card.body.addLayout(row)
        self.column.addWidget(card)

    def _show_ways(self, ways: tuple[str, ...]) -> None:
        names = {
            "keyring": _("kho khóa của máy"),
            "passphrase": _("cụm mật khẩu"),
            "recovery": _("mã khôi phục"),
        }
        listed = ", ".join(names.get(way, way) for way in ways)
        self._ways.setText(_("Đang mở được bằng: {ways}.").format(ways=listed))

    def _show_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _passphrase(self) -> None:
        PassphraseSheet(self.context, self).open()

    def _ask_recovery(self) -> None:
        sentence = _("Mã cũ sẽ không mở được nữa. Mã mới chỉ hiện một lần, ngay sau đây.")
        AskSheet(self.window(), _("Tạo mã khôi phục mới?"), sentence, _("Tạo mã mới"), self._recovery).open()

    def _recovery(self) -> None:
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(partial(_new_key, desk), owner=self, ok=self._show_key)

    def _show_key(self, key: str) -> None:
        sheet = Sheet(self.window(), _("Mã khôi phục mới"), 620)
        form = RecoveryForm(sheet)
        form.set_key(key)
        sheet.body.addWidget(form)
        sheet.add_action(_("Xong"), sheet.close)
        sheet.open()

    def _check(self) -> None:
        if self.context.desk() is not None:
            sheet = CheckupSheet(self.context, self.window())
            sheet.open()
            sheet.begin()


class PassphraseSheet(Sheet):
    """Another passphrase; the data is not encrypted anew."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Đổi cụm mật khẩu"), 560)
        self._context = context
        self._form = PassphraseForm(self, new=True)
        self.body.addWidget(self._form)
        self._button = self.add_actions(_("Đổi"), self._change)

    def _change(self) -> None:
        desk = self._context.desk()
        if desk is None or not self._form.check():
            return
        self._button.setEnabled(False)
        work = partial(_change, desk, self._form.text())
        self._context.courier.run(work, owner=self, ok=self._changed, fail=self._refused, always=self._ready)

    def _ready(self) -> None:
        self._button.setEnabled(True)

    def _changed(self, _nothing: object) -> None:
        self._context.toast(_("Đã đổi cụm mật khẩu."))
        self.close()

    def _refused(self, error: DeskError) -> None:
        self._form.set_error(words.word(error))


def _ways(desk: Desk) -> tuple[str, ...]:
    from spokesdesk.services import workspace

    return workspace.unlock_ways(desk)


def _new_key(desk: Desk) -> str:
    from spokesdesk.services import workspace

    return workspace.new_recovery_key(desk)


def _change(desk: Desk, passphrase: str) -> None:
    from spokesdesk.services import workspace

    workspace.change_passphrase(desk, passphrase)
