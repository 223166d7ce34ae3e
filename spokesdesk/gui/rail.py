"""The left rail: icon and word of every screen; icons alone when the window is narrow."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.places import Place
from spokesdesk.gui.theme import ICON_SIZE, Theme
from spokesdesk.gui.widgets.labels import label

WIDE = 196
NARROW = 60
# Qt::AlignLeft | Qt::AlignTop, by number: see widgets/labels.py.
_TOP_LEFT = 0x21


class Rail(QFrame):
    """Where one goes.

    Emits:
        asked: name of the place that was clicked.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, places: Sequence[Place], foot: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._places = {place.name: place for place in (*places, foot)}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._agency_name = ""
        self._is_narrow = False
        self.setProperty("rail", True)
        self.setFixedWidth(WIDE)
        self._build(places, foot)
        theme.changed.connect(self._tint)
        self._tint(None)

    def wake(self) -> None:
        """Finish what the first picture did without."""
        from PySide6.QtCore import Qt

        for button in self._buttons.values():
            button.setCursor(Qt.CursorShape.PointingHandCursor)

    def mark(self, name: str) -> None:
        """Show which place one is at; none for a page that has no place here."""
        button = self._buttons.get(name)
        self._group.setExclusive(button is not None)
        for one in self._buttons.values():
            one.setChecked(one is button)
        self._tint(None)

    def set_agency(self, name: str) -> None:
        """Show the agency below the program's name."""
        self._agency_name = name
        self._fit_agency()

    def offer(self, place: Place, *, is_offered: bool) -> None:
        """Show one more place below the others, or take it away again."""
        if place.name not in self._buttons and is_offered:
            self._places[place.name] = place
            button = self._button(place, "")
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(column.count() - 2, button)
            button.setText("" if self._is_narrow else f"  {place.title}")
            self._tint(None)
        if place.name in self._buttons:
            self._buttons[place.name].setVisible(is_offered)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self._brand.setText("SD" if narrow else "SpokesDesk")
        for name, button in self._buttons.items():
            button.setText("" if narrow else f"  {self._places[name].title}")
        self._fit_agency()

    def _build(self, places: Sequence[Place], foot: Place) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(3)
        self._brand = label("SpokesDesk", "brand", self)
        self._brand.setContentsMargins(11, 0, 0, 0)
        self._agency = label("", "agency", self)
        self._agency.setContentsMargins(11, 0, 0, 0)
        self._agency.setProperty("alignment", _TOP_LEFT)
        self._agency.setFixedHeight(40)
        column.addWidget(self._brand)
        column.addWidget(self._agency)
        for number, place in enumerate(places, 1):
            column.addWidget(self._button(place, f"Ctrl+{number}"))
        column.addStretch(1)
        column.addWidget(self._button(foot, "Ctrl+,"))

    def _button(self, place: Place, shortcut: str) -> QPushButton:
        button = QPushButton(f"  {place.title}", self)
        button.setProperty("rail", True)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.setAccessibleName(place.title)
        button.setToolTip(f"{place.title}   {shortcut}".rstrip())
        button.clicked.connect(partial(self._clicked, place.name))
        self._group.addButton(button)
        self._buttons[place.name] = button
        return button

    def _clicked(self, name: str, _checked: bool = False) -> None:
        self.asked.emit(name)

    @Slot(object)
    def _tint(self, _tokens: object) -> None:
        for name, button in self._buttons.items():
            token = "rail_bright" if button.isChecked() else "rail_text"
            button.setIcon(self._theme.icon(self._places[name].icon, token))

    def _fit_agency(self) -> None:
        self._agency.setVisible(not self._is_narrow)
        metrics = QFontMetrics(self._theme.font(12))
        self._agency.setText(_broken(self._agency_name, metrics, WIDE - 36))
        self._agency.setToolTip(self._agency_name)
        self._agency.setAccessibleName(_("Cơ quan: {name}").format(name=self._agency_name))


def _broken(text: str, metrics: QFontMetrics, width: int) -> str:
    """Give a name on two lines at most, broken between words; the second ends in "…" when there is no room."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    from PySide6.QtCore import Qt

    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in splits if max(map(metrics.horizontalAdvance, pair)) <= width]
    if fitting:
        return "\n".join(min(fitting, key=lambda pair: max(map(metrics.horizontalAdvance, pair))))
    first = next(
        (pair for pair in reversed(splits) if metrics.horizontalAdvance(pair[0]) <= width), (text, "")
    )
    return "\n".join(metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in first)
