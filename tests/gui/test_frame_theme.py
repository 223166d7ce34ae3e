"""The look: readable in both palettes, switched while the window is open, drawn for Vietnamese."""

import re

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from spokesdesk import assets
from spokesdesk.gui import look
from spokesdesk.gui.theme import FAMILY, Theme, field_height, style_sheet
from spokesdesk.gui.tokens import DARK, LIGHT, READ_ON, TONES, Tokens, contrast
from spokesdesk.gui.widgets.fields import ComboBox, DateTimeEdit, LineEdit
from spokesdesk.gui.widgets.labels import Chip


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_is_readable_on_its_ground(tokens: Tokens) -> None:
    colours = tokens.as_dict()
    pairs = {*READ_ON, *TONES.values()}
    weak = {(text, on): contrast(colours[text], colours[on]) for text, on in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_uses_only_the_palette(tokens: Tokens) -> None:
    used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", style_sheet(tokens)))
    on_toast = {"#8FE0E6"}
    assert used - set(tokens.as_dict().values()) <= on_toast
    assert min(contrast(colour, tokens.rail) for colour in on_toast) >= 4.5


def test_the_interface_font_ships_with_its_licence(theme: Theme) -> None:
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(QFontDatabase.styles(FAMILY))
    assert QFontInfo(theme.font(13, 600)).family() == FAMILY
    assert "SIL Open Font License" in assets.read_text("fonts", "BeVietnamPro-OFL.txt")


def test_palettes_switch_while_the_window_is_open(theme: Theme, qtbot: QtBot) -> None:
    chip, button = Chip("Thẻ còn hạn", "green"), QPushButton("Lưu")
    for widget in (chip, button):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(theme.changed):
        theme.use("dark")
    dark = chip.grab().toImage().pixelColor(chip.width() // 2, 2).name().upper()
    theme.use("light")
    light = chip.grab().toImage().pixelColor(chip.width() // 2, 2).name().upper()
    assert (dark, light) == (DARK.green_tint, LIGHT.green_tint)


def test_fonts_of_the_desktop_do_not_come_back_with_a_palette(theme: Theme) -> None:
    """GNOME names fonts for each kind of widget; a style sheet makes Qt read them again, so ours is put on after it."""
    QApplication.setFont(QFont("DejaVu Serif"))
    theme.use("dark")
    assert QApplication.font().family() == FAMILY
    theme.use("light")


def test_fields_are_high_enough_for_stacked_capitals(theme: Theme, qtbot: QtBot) -> None:
    for field in (LineEdit(), ComboBox((("a", "Ấ Ỗ Ễ"),)), DateTimeEdit()):
        qtbot.addWidget(field)
        field.show()
        assert field.height() >= field_height(field.fontMetrics()) >= 1.4 * field.fontMetrics().height()


def test_stacked_capitals_keep_their_marks_in_labels(theme: Theme, qtbot: QtBot) -> None:
    for role in ("", "small", "muted", "strong", "card", "page", "error", "brand"):
        cut, free = QLabel("Ấ Ỗ Ễ g"), QLabel("Ấ Ỗ Ễ g")
        for made in (cut, free):
            made.setProperty("role", role)
            qtbot.addWidget(made)
        free.setStyleSheet("QLabel { padding-top: 12px; padding-bottom: 12px; }")
        for made in (cut, free):
            made.show()
            made.adjustSize()
        assert _inked_rows(cut) == _inked_rows(free), f"role {role!r} cuts the marks of capitals"


def test_the_look_is_remembered_without_anything_heavy() -> None:
    assert look.load() == look.Look()
    look.keep(look.Look("dark", 150, "AAAA"))
    assert look.load() == look.Look("dark", 150, "AAAA")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"scale": "huge"}', '{"palette": "pink", "scale": 33}'])
def test_a_damaged_look_is_the_usual_one(text: str) -> None:
    look.keep(look.Look("dark", 150))
    look._path().write_text(text, encoding="utf-8")
    assert look.load() == look.Look()


def _inked_rows(made: QLabel) -> int:
    image = made.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    rows = range(image.height())
    return sum(any(image.pixelColor(x, y) != ground for x in range(image.width())) for y in rows)
