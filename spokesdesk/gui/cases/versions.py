"""The facts of a case as they were saved one after the other; nothing that was written is lost."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from spokesdesk.domain.cases import CaseVersion
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.cases.history import said_of
from spokesdesk.gui.widgets.sheet import Sheet


class VersionsSheet(Sheet):
    """Every version, the latest first."""

    def __init__(self, versions: Sequence[CaseVersion], parent: QWidget) -> None:
        super().__init__(parent, _("Các bản đã lưu của nội dung vụ việc"), 640)
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setAccessibleName(_("Các bản đã lưu"))
        text.setPlainText("\n\n".join(_words(one) for one in reversed(versions)))
        self.body.addWidget(text, 1)
        self.add_action(_("Đóng"), self.close)
        self.resize(QSize(min(parent.width() - 120, 720), min(parent.height() - 80, 560)))


def _words(one: CaseVersion) -> str:
    head = _("BẢN {n}, lưu lúc {at} bởi {who}").format(
        n=one.version, at=f"{to_vn(one.at):%H:%M:%S %d/%m/%Y}", who=one.by.name
    )
    lines = [head, f"{one.facts.kind.wording}: {one.facts.title}"]
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in said_of(one.facts))])
