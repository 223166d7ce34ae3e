"""Which column of the table is what: a choice beside each heading, with the first cells under it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.imports import FIELDS, Noun
from spokesdesk.domain.imports.fields import noun_titles
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Card, ElidedLabel
from spokesdesk.gui.widgets.fields import ComboBox, Field
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.imports import Plan, Preview
from spokesdesk.services.imports.look import with_mapping

_SAMPLES = 3


class ColumnsCard(Card):
    """The columns of a table and what they hold.

    Emits:
        asked: ``(sheet, Noun)``, the table is to be looked at anew with these.
        changed: the ``Plan`` with another mapping.
    """

    asked = Signal(object)
    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Cột nào là gì"), parent=parent)
        self._preview: Preview | None = None
        self._plan: Plan | None = None
        self._choices: list[ComboBox[str]] = []
        self.noun: ComboBox[Noun] = ComboBox(
            tuple((noun, text) for noun, text in noun_titles().items()), self
        )
        self.sheet: ComboBox[str] = ComboBox(parent=self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Mỗi dòng là"), self.noun, "noun", parent=self), 1)
        self._sheet_field = Field(_("Trang tính"), self.sheet, "sheet", parent=self)
        row.addWidget(self._sheet_field, 1)
        self.body.addLayout(row)
        self._told = Note("", "teal", self)
        self.add(self._told)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(self._area, 1)
        self.noun.activated.connect(self._ask)
        self.sheet.activated.connect(self._ask)

    def show_preview(self, preview: Preview) -> None:
        """Show the columns of a table."""
        self._preview, self._plan = preview, preview.plan
        self.noun.set_value(preview.plan.noun)
        self.sheet.set_choices([(name, name) for name in preview.sheets])
        self.sheet.set_value(preview.plan.sheet)
        self._sheet_field.setVisible(len(preview.sheets) > 1)
        self._told.set_text(_told(preview))
        self._fill(preview)

    def choices(self) -> tuple[ComboBox[str], ...]:
        """Give the choice beside each column."""
        return tuple(self._choices)

    def _fill(self, preview: Preview) -> None:
        inner = QWidget(self._area)
        inner.setProperty("plain", True)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._choices = []
        offered = [("", _("– không lấy –"))]
        offered += [(field.name, _(field.title)) for field in FIELDS[preview.plan.noun]]
        for at, heading in enumerate(preview.headings):
            grid.addLayout(_column(heading, preview, at, inner), at, 0)
            choice: ComboBox[str] = ComboBox(offered, inner)
            choice.setAccessibleName(_("Cột {heading} là").format(heading=heading))
            choice.set_value(preview.plan.mapping[at])
            choice.activated.connect(self._chosen)
            self._choices.append(choice)
            grid.addWidget(choice, at, 1)
        grid.setRowStretch(len(preview.headings), 1)
        self._area.setWidget(inner)

    @Slot()
    def _ask(self) -> None:
        if self._preview is not None:
            sheet = self.sheet.value() if self.sheet.count() else ""
            self.asked.emit((sheet, self.noun.value()))

    @Slot()
    def _chosen(self) -> None:
        choice = self.sender()
        if self._plan is None or choice not in self._choices:
            return
        at = self._choices.index(choice)
        name = self._choices[at].value()
        self._plan = with_mapping(self._plan, at, name)
        self.changed.emit(self._plan)


def _column(heading: str, preview: Preview, at: int, parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(ElidedLabel(heading, "strong", parent))
    cells = [cells[at] for _line, cells in preview.rows if at < len(cells) and cells[at].strip()]
    sample = " · ".join(" ".join(cell.split()) for cell in cells[:_SAMPLES])
    column.addWidget(ElidedLabel(sample or _("(trống)"), "muted", parent))
    return column


def _told(preview: Preview) -> str:
    told = []
    if preview.old_script:
        told.append(
            _("Chữ trong tệp theo bảng mã cũ {name}; bàn làm việc đã chuyển sang Unicode.").format(
                name=preview.old_script
            )
        )
    if preview.encoding in ("cp1258", "utf-16", "utf-16-le", "utf-16-be"):
        told.append(_("Tệp được ghi theo {encoding}, đã đọc đúng dấu.").format(encoding=preview.encoding))
    if preview.remembered:
        told.append(_("Các cột được chọn như lần nhập trước của bảng cùng mẫu."))
    return " ".join(told)
