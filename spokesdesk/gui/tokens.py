"""The colours of both palettes in one place; every text colour is at least 4.5:1 on each of its grounds."""

from typing import NamedTuple


class Tokens(NamedTuple):
    """One palette, colours as ``#RRGGBB``.

    Attributes:
        ground: behind the cards.
        card: cards, fields and lists.
        line: one-pixel lines.
        edge: border of fields, a little stronger than ``line``.
        hover: a row or button under the pointer.
        on_accent: text on the accent colour.
    """

    ground: str
    card: str
    line: str
    edge: str
    hover: str
    text: str
    muted: str
    rail: str
    rail_text: str
    rail_on: str
    rail_bright: str
    accent: str
    accent_down: str
    on_accent: str
    tint: str
    red: str
    red_tint: str
    amber: str
    amber_tint: str
    green: str
    green_tint: str
    neutral_tint: str

    def as_dict(self) -> dict[str, str]:
        """Give every colour by its name."""
        return self._asdict()


LIGHT = Tokens(
    ground="#F5F6F8",
    card="#FFFFFF",
    line="#E1E5EA",
    edge="#CDD4DB",
    hover="#F0F3F5",
    text="#17202A",
    muted="#5F6B76",
    rail="#12343B",
    rail_text="#C9D8DA",
    rail_on="#1F4C55",
    rail_bright="#FFFFFF",
    accent="#0B6E75",
    accent_down="#095A60",
    on_accent="#FFFFFF",
    tint="#E3F1F2",
    red="#B3261E",
    red_tint="#FBE9E7",
    amber="#8A5A00",
    amber_tint="#FFF3DC",
    green="#1E6B3C",
    green_tint="#E4F3E9",
    neutral_tint="#EDF0F3",
)

DARK = Tokens(
    ground="#15191D",
    card="#1C2227",
    line="#2B333A",
    edge="#3A444C",
    hover="#232A30",
    text="#E6EAED",
    muted="#97A3AD",
    rail="#0E1215",
    rail_text="#9FB0B5",
    rail_on="#1B3238",
    rail_bright="#FFFFFF",
    accent="#5CC3CB",
    accent_down="#7AD2D9",
    on_accent="#0E1B1D",
    tint="#17353A",
    red="#F2A29B",
    red_tint="#43211F",
    amber="#F0C36B",
    amber_tint="#3B2F14",
    green="#86D3A2",
    green_tint="#173526",
    neutral_tint="#272F36",
)

# Tone → (text token, ground token) of chips and notes; "teal" waits or informs.
TONES: dict[str, tuple[str, str]] = {
    "red": ("red", "red_tint"),
    "amber": ("amber", "amber_tint"),
    "green": ("green", "green_tint"),
    "teal": ("accent", "tint"),
    "neutral": ("muted", "neutral_tint"),
}

# Every pair of colours in which text is read, checked for contrast.
READ_ON: tuple[tuple[str, str], ...] = (
    ("text", "ground"),
    ("text", "card"),
    ("text", "tint"),
    ("text", "hover"),
    ("muted", "ground"),
    ("muted", "card"),
    ("muted", "tint"),
    ("muted", "hover"),
    ("muted", "neutral_tint"),
    ("rail_text", "rail"),
    ("rail_text", "rail_on"),
    ("rail_bright", "rail_on"),
    ("accent", "card"),
    ("accent", "ground"),
    ("accent", "tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_down"),
    ("red", "card"),
    ("red", "ground"),
    ("red", "red_tint"),
    ("amber", "card"),
    ("amber", "amber_tint"),
    ("green", "card"),
    ("green", "green_tint"),
)


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two ``#RRGGBB`` colours, 1 to 21.

    Source: WCAG 2.1, success criterion 1.4.3 (relative luminance).
    """
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
