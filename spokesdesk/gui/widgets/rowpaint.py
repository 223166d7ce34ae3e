"""Paints the two-line rows of a list: what stands where is reckoned once for a row, then only drawn."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from spokesdesk.gui.rows import ROW_ROLE
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import TONES
from spokesdesk.gui.widgets.basic import CHIP_WIDTH

ROW_HEIGHT = 58
PAD = 14
CHIP_HEIGHT = 20
KEPT = 100
_NARROWEST = 12


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a row shows: ``title`` (600) · ``note`` (muted), ``right`` at the end; below: detail, chip.

    Attributes:
        detail: second line: where it stands, or what it is about.
        chip: short state; "" for none.
        tone: of the chip: red, amber, green, teal, neutral.
        quiet: the second line is muted (where it stands) rather than plain (what it is about).
    """

    title: str
    note: str = ""
    right: str = ""
    detail: str = ""
    chip: str = ""
    tone: str = "neutral"
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """A text laid out once, and its upper left corner: shaping its letters is most of the work of painting it."""

    at: QPointF
    text: QStaticText
    font: QFont
    token: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is drawn for a row of some width, from its upper left corner."""

    words: tuple[_Words, ...]
    chip: QRectF | None
    chip_ground: str


class RowPainter(QStyledItemDelegate):
    """Paints rows of a ``RowsModel``.

    Args:
        theme: colours and fonts.
        cells: gives the words of one row.
        chip_left: chips stand in a column at the left instead of at the end of the second line.
    """

    def __init__(
        self, theme: Theme, cells: Callable[[Any], RowCells], parent: QWidget, *, chip_left: bool
    ) -> None:
        super().__init__(parent)
        self._theme, self._cells = theme, cells
        fonts = (theme.font(13, 600), theme.font(13), theme.font(12), theme.font(12, 500))
        self._planner = _Planner(fonts, chip_left)
        self._plans: OrderedDict[tuple[RowCells, int], _Plan] = OrderedDict()
        self._colors: dict[str, QColor] = {}
        theme.changed.connect(self._forget_colors)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give the height of a row."""
        return QSize(120, ROW_HEIGHT)

    def displayText(self, value: Any, locale: Any) -> str:
        """Give a value as text."""
        return "" if value is None else str(value)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row; bars in its place while it is on the way."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        self._ground(painter, option.state, rect)  # type: ignore[attr-defined]
        row = index.data(ROW_ROLE)
        painter.translate(rect.topLeft())
        if row is None:
            self._waiting(painter, rect.width())
        else:
            self._draw(painter, self._plan(self._cells(row), rect.width()))
        painter.restore()

    def _color(self, token: str) -> QColor:
        """Give a colour; those of a list are asked for a hundred times at each painting."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self._theme.color(token)
        return found

    @Slot(object)
    def _forget_colors(self, _tokens: object) -> None:
        self._colors.clear()

    def _ground(self, painter: QPainter, state: QStyle.StateFlag, rect: QRect) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._color("tint"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._color("accent"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _waiting(self, painter: QPainter, width: int) -> None:
        color = self._color("neutral_tint")
        painter.fillRect(QRect(PAD, 15, (width - 2 * PAD) // 3, 9), color)
        painter.fillRect(QRect(PAD, 36, (width - 2 * PAD) // 2, 9), color)

    def _plan(self, cells: RowCells, width: int) -> _Plan:
        found = self._plans.get((cells, width))
        if found is None:
            found = self._plans[cells, width] = self._planner.plan(cells, width)
            while len(self._plans) > KEPT:
                self._plans.popitem(last=False)
        return found

    def _draw(self, painter: QPainter, plan: _Plan) -> None:
        if plan.chip is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color(plan.chip_ground))
            painter.drawRoundedRect(plan.chip, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for words in plan.words:
            painter.setFont(words.font)
            painter.setPen(self._color(words.token))
            painter.drawStaticText(words.at, words.text)


class _Planner:
    """Reckons what stands where."""

    def __init__(self, fonts: tuple[QFont, QFont, QFont, QFont], chip_left: bool) -> None:
        self._strong, self._plain, self._small, self._chip = fonts
        self._chip_left = chip_left
        self._metrics = {id(font): QFontMetrics(font) for font in fonts}

    def plan(self, cells: RowCells, width: int) -> _Plan:
        words: list[_Words] = []
        first = QRect(PAD, 7, width - 2 * PAD, 22)
        second = QRect(PAD, 29, width - 2 * PAD, 22)
        chip, ground = self._place_chip(cells, width, first, second, words)
        if cells.right:
            used = self._put(words, cells.right, first, "muted", self._small, end=True)
            first.setRight(first.right() - used - 10)
        used = self._put(words, cells.title, first, "text", self._strong)
        if cells.note:
            first.setLeft(first.left() + used + 8)
            self._put(words, f"· {cells.note}", first, "muted", self._plain)
        token, font = ("muted", self._small) if cells.quiet else ("text", self._plain)
        self._put(words, cells.detail, second, token, font)
        return _Plan(tuple(words), chip, ground)

    def _place_chip(
        self, cells: RowCells, width: int, first: QRect, second: QRect, words: list[_Words]
    ) -> tuple[QRectF | None, str]:
        if not cells.chip:
            return None, ""
        token, ground = TONES[cells.tone]
        if self._chip_left:
            box = QRect(PAD, (ROW_HEIGHT - CHIP_HEIGHT) // 2, CHIP_WIDTH, CHIP_HEIGHT)
            first.setLeft(box.right() + 12)
            second.setLeft(box.right() + 12)
        else:
            wide = self._metrics[id(self._chip)].horizontalAdvance(cells.chip) + 20
            box = QRect(width - PAD - wide, second.top() + 1, wide, CHIP_HEIGHT)
            second.setRight(box.left() - 10)
        self._put(words, cells.chip, box.adjusted(6, 0, -6, 0), token, self._chip, centred=True)
        return QRectF(box), ground

    def _put(
        self,
        words: list[_Words],
        text: str,
        box: QRect,
        token: str,
        font: QFont,
        *,
        end: bool = False,
        centred: bool = False,
    ) -> int:
        if box.width() < _NARROWEST or not text:
            return 0
        laid_out = _laid_out(text, font)
        wide = round(laid_out.size().width())
        if wide > box.width():
            elided = self._metrics[id(font)].elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            laid_out = _laid_out(elided, font)
            wide = round(laid_out.size().width())
        left = box.right() + 1 - wide if end else box.left()
        left = box.left() + (box.width() - wide) // 2 if centred else left
        top = box.top() + (box.height() - self._metrics[id(font)].height()) / 2
        words.append(_Words(QPointF(left, top), laid_out, font, token))
        return wide


def _laid_out(text: str, font: QFont) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=font)
    return made
