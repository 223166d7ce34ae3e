"""What is new in each version, and the parts of the program with their licences."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QTextBrowser, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.parts import ProgramPart
from spokesdesk.gui.dressing import dress
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.sheet import Sheet

WIDTH = 760
HEIGHT = 420
LIST_WIDTH = 280


class ChangesSheet(Sheet):
    """The versions, the newest first."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Có gì mới"), WIDTH)
        self._context = context
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(_("Có gì mới"))
        self.text.setMinimumHeight(HEIGHT)
        self.body.addWidget(self.text)
        self.add_action(_("Đóng"), self.close)
        context.courier.run(_changes, owner=self, ok=self._show, lane="work")

    def _show(self, markdown: str) -> None:
        document = self.text.document()
        document.setDefaultFont(self._context.theme.font(13))
        document.setMarkdown(markdown.partition("\n")[2])
        dress(document, self._context.theme)


class LicencesSheet(Sheet):
    """A list of parts, and the licence of the one that is chosen."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Giấy phép các phần"), WIDTH)
        self._context = context
        self.said = label("", "muted", self, wrap=True)
        self.body.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.list = QListWidget(self)
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setMinimumHeight(HEIGHT)
        self.list.setAccessibleName(_("Các phần của chương trình"))
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Giấy phép"))
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.body.addLayout(row)
        self.add_action(_("Đóng"), self.close)
        self.list.currentItemChanged.connect(self._chosen)
        context.courier.run(_parts, owner=self, ok=self._show, lane="work")

    def _show(self, parts: tuple[ProgramPart, ...]) -> None:
        self.said.setText(
            _("Chương trình gồm {n} phần của nhiều nhà phát triển, mỗi phần có giấy phép riêng.").format(
                n=len(parts)
            )
        )
        for part in parts:
            item = QListWidgetItem(f"{part.name} {part.version}".strip(), self.list)
            item.setData(Qt.ItemDataRole.UserRole, part)
            item.setToolTip(part.licence)
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _chosen(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None:
            part = now.data(Qt.ItemDataRole.UserRole)
            self.text.setPlainText(part.licence)
            self._context.courier.run(partial(_text, part), owner=self, ok=self._show_text, lane="work")

    def _show_text(self, found: tuple[ProgramPart, str]) -> None:
        part, text = found
        now = self.list.currentItem()
        if now is not None and now.data(Qt.ItemDataRole.UserRole) == part:
            self.text.setPlainText("\n\n".join(filter(None, (part.licence, text))))


def _changes() -> str:
    from spokesdesk.services import parts

    return parts.changes()


def _parts() -> tuple[ProgramPart, ...]:
    from spokesdesk.services import parts

    return parts.parts()


def _text(part: ProgramPart) -> tuple[ProgramPart, str]:
    from spokesdesk.services import parts

    return part, parts.licence_text(part)
