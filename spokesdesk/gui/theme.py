"""The look: fonts, palettes and icons, switched while the window is open; colours live in ``tokens``."""

from string import Template

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QImageReader,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from spokesdesk import assets
from spokesdesk.gui.tokens import DARK, LIGHT, Tokens

FAMILY = "Be Vietnam Pro"
FAMILIES = (FAMILY, "Segoe UI", "Noto Sans")
# Documents show the document's font, never the interface's.
PAPER_FAMILIES = ("Liberation Serif", "Times New Roman")
ICON_SIZE = 18
FIELD_HEIGHT = 34
# Line height a field needs so that stacked capitals (Ấ Ỗ Ễ) are never cut.
FIELD_ROOM = 1.4

_FIRST_FILES = ("Regular", "Medium", "SemiBold")
_LATER_FILES = ("Bold",)
_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "line",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}


class Theme(QObject):
    """The palette in use and everything that follows from it.

    Emits:
        changed: (GUI thread) another palette is in force; its payload is the ``Tokens``.
        chosen: None, a person chose another palette or scale: it is to be kept.
    """

    changed = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted = "system"
        self._system_is_dark = False
        self.scale = 100
        self.tokens = LIGHT
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def start(self, app: QApplication, wanted: str = "system") -> None:
        """Load the fonts and dress the application; called once before the first window.

        Args:
            app: the application.
            wanted: light, dark or system.
        """
        _load_fonts(_FIRST_FILES)
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        app.setFont(self.font())
        # Before it wears ours, the application wears the system's colours.
        self._system_is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < 128
        self.wanted = wanted
        self._dress(self._tokens_for(wanted))

    def follow_system(self) -> None:
        """Follow the system when it turns dark or light; called once, after the first picture."""
        _load_fonts(_LATER_FILES)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def use(self, wanted: str) -> None:
        """Switch to the palette light, dark or system; windows that are open follow at once."""
        self.wanted = wanted
        tokens = self._tokens_for(wanted)
        if tokens is not self.tokens:
            self._dress(tokens)

    def choose(self, wanted: str, scale: int) -> None:
        """A person chooses palette (light, dark, system) and scale (percent, in force at the next start)."""
        self.scale = scale
        self.use(wanted)
        self.chosen.emit(None)

    def color(self, token: str) -> QColor:
        """Give a colour by the name of its token."""
        return QColor(getattr(self.tokens, token))

    def font(self, size: int = 13, weight: int = 400) -> QFont:
        """Give the interface font.

        Args:
            size: pixels before scaling: 13 body, 12 secondary, 14 card titles, 20 page titles.
            weight: 400, 500, 600 or 700.
        """
        font = QFont(list(FAMILIES))
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        return font

    def paper_font(self, size: int = 16) -> QFont:
        """Give the font of documents; the file is loaded when it is first asked for."""
        if PAPER_FAMILIES[0] not in QFontDatabase.families():
            for style in ("Regular", "Bold", "Italic", "BoldItalic"):
                QFontDatabase.addApplicationFont(str(assets.path("fonts", f"LiberationSerif-{style}.ttf")))
        font = QFont(list(PAPER_FAMILIES))
        font.setPixelSize(size)
        return font

    def icon(self, name: str, token: str = "muted", size: int = ICON_SIZE) -> QIcon:
        """Give an icon of resources/icons in a token's colour; ask again after ``changed``."""
        return QIcon(self.pixmap(name, token, size))

    def pixmap(self, name: str, token: str = "muted", size: int = ICON_SIZE, ratio: float = 0.0) -> QPixmap:
        """Give an icon as a picture, ``size`` logical pixels square, sharp at ``ratio`` (0: the screen's)."""
        if not ratio:
            app = QGuiApplication.instance()
            ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
        color = getattr(self.tokens, token)
        key = (name, color, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _drawn(name, color, size, ratio)
        return self._pixmaps[key]

    def badge(self) -> QIcon:
        """Give the program's own icon: the journal on the rail's colour, the same in both palettes."""
        from PySide6.QtGui import QPainter

        picture = QPixmap(128, 128)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(LIGHT.rail))
        painter.setBrush(QColor(LIGHT.rail))
        painter.drawRoundedRect(4, 4, 120, 120, 26, 26)
        painter.drawPixmap(24, 24, _drawn("notebook-outline", LIGHT.rail_bright, 80, 1.0))
        painter.end()
        return QIcon(picture)

    def _tokens_for(self, wanted: str) -> Tokens:
        if wanted == "system":
            return DARK if self._system_is_dark else LIGHT
        return DARK if wanted == "dark" else LIGHT

    @Slot(object)
    def _system_changed(self, scheme: object) -> None:
        from PySide6.QtCore import Qt

        self._system_is_dark = scheme == Qt.ColorScheme.Dark
        if self.wanted == "system":
            self.use("system")

    def _dress(self, tokens: Tokens) -> None:
        self.tokens = tokens
        QApplication.setPalette(_palette(tokens))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet(style_sheet(tokens))
            # A style sheet brings back the desktop's own fonts for each kind of widget (seen on GNOME).
            app.setFont(self.font())
        self.changed.emit(tokens)


def style_sheet(tokens: Tokens) -> str:
    """Give the window's one style sheet in a palette's colours."""
    template = Template(assets.read_text("style", "desk.qss"))
    tone = "dark" if tokens is DARK else "light"
    pictures = {name: assets.path("style", f"{name}-{tone}.svg").as_posix() for name in ("check", "chevron")}
    return template.substitute(tokens.as_dict(), **pictures)


def field_height(metrics: QFontMetrics) -> int:
    """Give the height in pixels that a one-line field needs with this font."""
    return max(FIELD_HEIGHT, round(metrics.height() * FIELD_ROOM) + 8)


def _load_fonts(weights: tuple[str, ...]) -> None:
    for weight in weights:
        QFontDatabase.addApplicationFont(str(assets.path("fonts", f"BeVietnamPro-{weight}.ttf")))


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(getattr(tokens, token)))
    off = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(off, role, QColor(tokens.muted))
    return palette


def _drawn(name: str, color: str, size: int, ratio: float) -> QPixmap:
    svg = assets.read_text("icons", f"{name}.svg").replace("<path", f'<path fill="{color}"')
    buffer = QBuffer()
    buffer.setData(QByteArray(svg.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(size * ratio), round(size * ratio)))
    pixmap = QPixmap.fromImage(reader.read())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
