"""Thể thức: kind, agency, symbol, place, size and urgency; folded away because it seldom changes."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import MOST_COPIES, SIZES, Letter, LetterKind, Urgency
from spokesdesk.domain.text import nfc
from spokesdesk.gui.papers.words import KINDS, URGENCIES
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Card, LinkButton
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit

_LINES = {
    "parent_agency": _("Cơ quan chủ quản"),
    "agency": _("Cơ quan ban hành"),
    "symbol": _("Ký hiệu"),
    "place": _("Địa danh"),
    "circulation": _("Phạm vi lưu hành"),
    "copies": _("Số lượng bản"),
}


class HeadingCard(Card):
    """Fields of form rather than content; one line says what they hold while they are folded."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Thể thức"), parent=parent)
        self._theme = theme
        self.kind: ComboBox[LetterKind] = ComboBox(list(KINDS.items()), self)
        self.size_pt: ComboBox[int] = ComboBox([(size, str(size)) for size in reversed(SIZES)], self)
        self.urgency: ComboBox[Urgency | None] = ComboBox(list(URGENCIES.items()), self)
        self._lines = {name: LineEdit(parent=self) for name in _LINES}
        self._inner = QWidget(self)
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.fields = [
            Field(_("Loại văn bản"), self.kind, "kind", parent=self._inner),
            *(Field(text, self._lines[name], name, parent=self._inner) for name, text in _LINES.items()),
            Field(_("Cỡ chữ"), self.size_pt, "size", parent=self._inner),
            Field(_("Mức độ khẩn"), self.urgency, "urgency", parent=self._inner),
        ]
        places = {
            0: (0, 0, 2),
            1: (1, 0, 2),
            2: (2, 0, 2),
            3: (3, 0, 1),
            4: (3, 1, 1),
            5: (4, 0, 1),
            6: (4, 1, 1),
        }
        places |= {7: (5, 0, 1), 8: (5, 1, 1)}
        for at, (row, column, span) in places.items():
            grid.addWidget(self.fields[at], row, column, 1, span)
        self.add(self._inner)
        self._fold = LinkButton(_("Sửa"), self._toggle, self)
        self.head.addWidget(self._fold)
        self._inner.hide()
        for line in self._lines.values():
            line.editingFinished.connect(self._sum_up)

    def open(self) -> None:
        """Show the fields."""
        self._inner.show()
        self._fold.set_text(_("Thu gọn"))
        self.set_note("")

    @Slot()
    def _toggle(self) -> None:
        if self._inner.isHidden():
            self.open()
        else:
            self._inner.hide()
            self._sum_up()

    @Slot()
    def _sum_up(self) -> None:
        self._fold.set_text(_("Thu gọn") if not self._inner.isHidden() else _("Sửa"))
        if not self._inner.isHidden():
            return
        parts = [KINDS[self.kind.value()], self._lines["symbol"].text(), self._lines["place"].text()]
        parts.append(_("cỡ chữ {size}").format(size=self.size_pt.value()))
        if self.urgency.value() is not None:
            parts.append(URGENCIES[self.urgency.value()])
        self.set_note(" · ".join(part for part in parts if part))

    def values_of(self, letter: Letter) -> dict[str, object]:
        """Give what these fields hold for a letter."""
        held: dict[str, object] = {name: getattr(letter, name) or "" for name in _LINES}
        held["copies"] = str(letter.copies or "")
        urgency = letter.urgency.value if letter.urgency else ""
        return held | {"kind": letter.kind.value, "size": letter.size, "urgency": urgency}

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        typed: dict[str, object] = {name: line.text() for name, line in self._lines.items()}
        urgency = self.urgency.value()
        return typed | {
            "kind": self.kind.value().value,
            "size": self.size_pt.value(),
            "urgency": urgency.value if urgency else "",
        }

    def set_values(self, values: Mapping[str, object]) -> None:
        """Fill the fields."""
        for name, line in self._lines.items():
            line.setText(str(values.get(name, "")))
            line.setCursorPosition(0)
        self.kind.set_value(LetterKind(str(values.get("kind", LetterKind.CONG_VAN))))
        self.size_pt.set_value(int(str(values.get("size", 14))))
        urgency = str(values.get("urgency", ""))
        self.urgency.set_value(Urgency(urgency) if urgency else None)
        self._sum_up()

    def applied(self, letter: Letter) -> Letter:
        """Give the letter with what these fields hold; raises UserError when the copies are no number."""
        held = {name: nfc(line.text()).strip() for name, line in self._lines.items() if name != "copies"}
        return replace(
            letter,
            **held,  # type: ignore[arg-type]
            copies=self._copies(),
            kind=self.kind.value(),
            size=self.size_pt.value(),
            urgency=self.urgency.value(),
        )

    def set_frozen(self, frozen: bool) -> None:
        """Let everything be read and nothing be changed."""
        for line in self._lines.values():
            line.setReadOnly(frozen)
        for choice in (self.kind, self.size_pt, self.urgency):
            choice.setEnabled(not frozen)

    def set_symbol(self, symbol: str) -> None:
        """Change the symbol, after another kind was chosen."""
        self._lines["symbol"].setText(symbol)
        self._sum_up()

    def _copies(self) -> int | None:
        typed = self._lines["copies"].text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
            name = _LINES["copies"]
            raise UserError("letter_number_range", field="copies", key="copies", name=name, most=MOST_COPIES)
        return int(typed)
