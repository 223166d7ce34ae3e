"""The files of an entry: looked at in the window, or written out as they were when somebody asks for it."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.journal_words import file_kind_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import safe_file_name
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Context
from spokesdesk.gui.viewer import Viewer
from spokesdesk.gui.widgets.basic import ElidedLabel, IconLabel, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.drop import shown_name, size_text
from spokesdesk.services import journal, looking


class Attached(QWidget):
    """Kept files, each with what can be done with it; hidden when there are none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_files(self, files: tuple[Attachment, ...]) -> None:
        """Show these files."""
        clear_layout(self._column)
        for file in files:
            self._column.addWidget(_Row(self._context, self, file))
        self.setVisible(bool(files))

    def look_at(self, file: Attachment) -> None:
        """Show a picture or a PDF from memory: no copy in the clear reaches the disk."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(looking.picture, desk, file),
                owner=self,
                ok=partial(self._show, file),
                lane="work",
                label=_("Đang mở tệp {name}").format(name=file.name),
            )

    def _show(self, file: Attachment, shown: tuple[looking.PageImage, ...]) -> None:
        Viewer(shown_name(file.name), shown, self).open()

    def ask_where(self, file: Attachment) -> None:
        """Ask where the file is to be written."""
        then = partial(self.write_out, file)
        ask_target(self, _("Lưu tệp ra ngoài"), safe_file_name(file.name), then)

    def write_out(self, file: Attachment, target: str) -> None:
        """Write the file to the disk, as it was."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(_write_out, partial(journal.export_file, desk, file.sha256), Path(target)),
                owner=self,
                ok=self._written,
                lane="work",
                label=_("Đang lấy tệp {name}").format(name=file.name),
            )

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã lưu {name}.").format(name=target.name))


class _Row(QWidget):
    def __init__(self, context: Context, owner: Attached, file: Attachment) -> None:
        super().__init__(owner)
        self._owner, self._file = owner, file
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(context.theme, "paperclip", parent=self))
        row.addWidget(ElidedLabel(shown_name(file.name), "", self), 1)
        said = [file_kind_name(file.kind).lower()] if file.kind else []
        row.addWidget(label(" · ".join([*said, size_text(file.size)]), "small", self))
        if looking.can_look(file):
            row.addWidget(LinkButton(_("Xem"), self._look, self))
        row.addWidget(LinkButton(_("Lưu ra tệp…"), self._save, self))

    def _look(self) -> None:
        self._owner.look_at(self._file)

    def _save(self) -> None:
        self._owner.ask_where(self._file)


def _write_out(export: "partial[None]", target: Path) -> Path:
    export(target)
    return target
