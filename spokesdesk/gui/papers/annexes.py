"""Phụ lục: each with its title, its own text and the way its pages lie; added, moved and taken away here."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LIMITS, Annex
from spokesdesk.domain.text import nfc
from spokesdesk.gui.editor.box import EditorBox
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, Card, label, line
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit

_TEXT_PX = 260
Values = Mapping[str, object]


class AnnexBox(QWidget):
    """One annex.

    Emits:
        edited: something of it was changed.
    """

    edited = Signal()

    def __init__(self, theme: Theme, card: "AnnexesCard") -> None:
        super().__init__(card)
        self.title = LineEdit(parent=self)
        self.landscape = CheckBox(_("Khổ ngang"), self)
        self.body = EditorBox(theme, _("Nội dung phụ lục"), self)
        self.body.edit.show_rows(_TEXT_PX)
        self._name = label("", "strong", self)
        self.title_field = Field(_("Tên phụ lục"), self.title, parent=self)
        self.body_field = Field(_("Nội dung phụ lục"), self.body, parent=self)
        self._up = Button(_("Lên"), partial(card.move_box, self, -1), parent=self)
        self._down = Button(_("Xuống"), partial(card.move_box, self, 1), parent=self)
        self._remove = Button(_("Bỏ phụ lục"), partial(card.remove, self), parent=self)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        for part in (self.landscape, self._up, self._down, self._remove):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (line(self), self.title_field, self.body_field):
            column.addWidget(widget)
        column.insertLayout(1, head)
        self.title.textChanged.connect(self.edited)
        self.landscape.toggled.connect(self.edited)
        self.body.edit.textChanged.connect(self.edited)
        self.body.edit.refused.connect(self.body_field.set_error)

    def place(self, at: int, count: int, *, frozen: bool) -> None:
        """Know which of the annexes this is, from 1."""
        name = _("Phụ lục {n}").format(n=at) if count > 1 else _("Phụ lục")
        self._name.setText(name)
        self.title_field.name, self.body_field.name = f"annexes.{at}.title", f"annexes.{at}.body"
        for part, wording in (
            (self.title, _("Tên")),
            (self.body, _("Nội dung")),
            (self.landscape, _("Khổ ngang")),
        ):
            part.setAccessibleName(f"{name}: {wording}")
        self._up.setEnabled(at > 1)
        self._down.setEnabled(at < count)
        for button in (self._up, self._down, self._remove):
            button.setVisible(not frozen)
        self._up.setVisible(not frozen and count > 1)
        self._down.setVisible(not frozen and count > 1)
        self.title.setReadOnly(frozen)
        self.landscape.setEnabled(not frozen)
        self.body.set_frozen(frozen)

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            "title": self.title.text(),
            "body": self.body.edit.text(),
            "landscape": self.landscape.isChecked(),
        }

    def set_values(self, values: Values) -> None:
        """Fill the annex."""
        title, body = str(values.get("title", "")), str(values.get("body", ""))
        if title != self.title.text():
            self.title.setText(title)
            self.title.setCursorPosition(0)
        if body != self.body.edit.text():
            self.body.edit.set_text(body)
        self.landscape.setChecked(bool(values.get("landscape", False)))


class AnnexesCard(Card):
    """The annexes in order.

    Emits:
        edited: an annex was changed, added, moved or taken away.
        removed: the title of one that was taken away; ``restore`` brings it back.
        made: ``EditorBox`` of a new annex.
    """

    edited = Signal()
    removed = Signal(object)
    made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Phụ lục"), parent=parent)
        self._theme, self._frozen = theme, False
        self.boxes: list[AnnexBox] = []
        self._gone: tuple[int, dict[str, object]] | None = None
        self._add = Button(_("Thêm phụ lục"), self.add_annex, parent=self)
        self.head.addWidget(self._add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.body.addLayout(self._rows)
        self._placed()

    @property
    def fields(self) -> list[Field]:
        """The labelled inputs of all annexes."""
        return [field for box in self.boxes for field in (box.title_field, box.body_field)]

    @Slot()
    def add_annex(self) -> None:
        """Add an empty annex at the end and go into it."""
        if self._frozen or len(self.boxes) >= LIMITS["annexes"].items:
            return
        self._insert(len(self.boxes), {})
        self.edited.emit()
        self.boxes[-1].title.setFocus()

    def remove(self, box: AnnexBox) -> None:
        """Take an annex away."""
        self._gone = (self.boxes.index(box), box.values())
        self._drop(box)
        self._placed()
        self.edited.emit()
        self.removed.emit(str(self._gone[1]["title"]))

    @Slot()
    def restore(self) -> None:
        """Bring back the annex that was taken away last."""
        if self._gone is not None and not self._frozen:
            (at, values), self._gone = self._gone, None
            self._insert(min(at, len(self.boxes)), values)
            self.edited.emit()

    def move_box(self, box: AnnexBox, step: int) -> None:
        """Move an annex up (-1) or down (1)."""
        at = self.boxes.index(box)
        if not 0 <= at + step < len(self.boxes):
            return
        self.boxes.insert(at + step, self.boxes.pop(at))
        self._rows.insertWidget(at + step, box)
        self._placed()
        self.edited.emit()

    def annexes(self) -> tuple[Annex, ...]:
        """Give the annexes as typed."""
        return tuple(
            Annex(nfc(box.title.text()).strip(), box.body.edit.text(), box.landscape.isChecked())
            for box in self.boxes
        )

    def values(self) -> list[dict[str, object]]:
        """Give what was typed, as typed."""
        return [box.values() for box in self.boxes]

    def set_values(self, values: Sequence[Values]) -> None:
        """Show these annexes."""
        self._gone = None
        for box in self.boxes[len(values) :]:
            self._drop(box)
        for at, held in enumerate(values):
            if at < len(self.boxes):
                self.boxes[at].set_values(held)
            else:
                self._insert(at, held)
        self._placed()

    def set_frozen(self, frozen: bool) -> None:
        """Let everything be read and nothing be changed."""
        self._frozen = frozen
        self._placed()

    def _insert(self, at: int, values: Values) -> None:
        box = AnnexBox(self._theme, self)
        box.set_values(values)
        box.edited.connect(self.edited)
        self.boxes.insert(at, box)
        self._rows.insertWidget(at, box)
        self.made.emit(box.body)
        self._placed()

    def _drop(self, box: AnnexBox) -> None:
        self.boxes.remove(box)
        self._rows.removeWidget(box)
        box.hide()
        box.deleteLater()

    def _placed(self) -> None:
        for at, box in enumerate(self.boxes, 1):
            box.place(at, len(self.boxes), frozen=self._frozen)
        self._add.setVisible(not self._frozen)
        self.set_note("" if self.boxes else _("chưa có"))


def values_of(annexes: Sequence[Annex]) -> list[dict[str, object]]:
    """Give annexes as values of a draft."""
    return [
        {"title": annex.title, "body": annex.body.strip("\n"), "landscape": annex.landscape}
        for annex in annexes
    ]
