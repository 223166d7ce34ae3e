"""The files of a contact being written: what each is, and a notice that identity papers are not kept."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.evidence import looks_like_identity_card
from spokesdesk.domain.journal import Attachment, FileKind
from spokesdesk.domain.journal_words import file_kinds
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import ComboBox
from spokesdesk.gui.widgets.states import Note

_KIND_WIDTH = 160


class ContactFiles(DropArea):
    """Files with their kinds; among the kinds there is none for identity papers."""

    def _add_parts(self, row: QHBoxLayout, kept: Attachment, box: QWidget) -> None:
        kind: ComboBox[FileKind] = ComboBox(file_kinds(), box)
        kind.set_value(kept.kind)
        kind.setAccessibleName(_("Loại tệp {name}").format(name=kept.name))
        kind.currentIndexChanged.connect(partial(self._kind_chosen, kept, kind))
        kind.setFixedWidth(_KIND_WIDTH)
        row.addWidget(kind)

    def _kind_chosen(self, kept: Attachment, kind: "ComboBox[FileKind]", _index: int) -> None:
        shown = next((each for each in self.attachments() if _same(each, kept)), kept)
        self._change(shown, replace(shown, kind=kind.value()))


class FilesPart(QWidget):
    """The area for files with the notice below it.

    Args:
        courier: keeps files on the work lane.
        theme: icons.
    """

    def __init__(self, courier: Courier, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = ContactFiles(courier, theme, self)
        self.setFocusProxy(self.area)
        self._notice = label("", "small", self, wrap=True)
        self._warning = Note("", "amber", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.area, self._warning, self._notice):
            column.addWidget(part)
        self.area.changed.connect(self._look)

    def setAccessibleName(self, name: str) -> None:
        """Give the area the label's name."""
        super().setAccessibleName(name)
        self.area.setAccessibleName(name)

    def say(self, notice: Sequence[str]) -> None:
        """Say what may not be kept, each sentence with its citation, and what the program cannot see."""
        unseen = _("Chữ trong ảnh, ghi âm, ghi hình không đọc được: tự xem có dấu mật không.")
        self._notice.setText("\n".join(f"⊘ {sentence}" for sentence in (*notice, unseen)))
        self._notice.setVisible(bool(notice))

    def notice(self) -> str:
        """Give what is said below the area."""
        return self._notice.text()

    def warning(self) -> str:
        """Give what is said of a file whose name tells of an identity paper, "" for nothing."""
        return "" if self._warning.isHidden() else self._warning.accessibleName()

    def _look(self, _nothing: object) -> None:
        names = [kept.name for kept in self.area.attachments() if looks_like_identity_card(kept.name)]
        sentence = _("“{name}” có tên giống ảnh giấy tờ tùy thân. Hãy bỏ tệp này nếu đúng như vậy.")
        self._warning.set_text(sentence.format(name=names[0]) if names else "")


def _same(one: Attachment, other: Attachment) -> bool:
    return (one.sha256, one.name) == (other.sha256, other.name)
