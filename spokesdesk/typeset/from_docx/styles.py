"""Looks of a .docx resolved: what its styles and its own settings say together."""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

_DEEPEST = 20
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; None is what stands above in the chain.

    Attributes:
        size: half points.
    """

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class ParaLook:
    """How a paragraph stands; ``number`` is (list, level), ``outline`` 0 to 8."""

    align: str | None = None
    number: tuple[str | None, int | None] | None = None
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """One style with all it is based on."""

    id: str
    name: str
    look: Look
    para: ParaLook


def over(look: Look, own: Look) -> Look:
    """Give a look with another one's settings on top."""
    values = {key: value for key in Look.__slots__ if (value := getattr(own, key)) is not None}
    return replace(look, **values)


def over_para(look: ParaLook, own: ParaLook) -> ParaLook:
    """Give a paragraph's look with another one's settings on top."""
    values = {key: value for key in ParaLook.__slots__ if (value := getattr(own, key)) is not None}
    return replace(look, **values)


def read_look(properties: Element | None) -> Look:
    """Give the look of a ``w:rPr``."""
    if properties is None:
        return Look()
    fonts, size = properties.find("w:rFonts"), value_of(properties, "w:sz")
    font = None if fonts is None else fonts.get("w:ascii") or fonts.get("w:hAnsi")
    return Look(
        bold=_switch(properties, "w:b"),
        italic=_switch(properties, "w:i"),
        caps=_switch(properties, "w:caps"),
        hidden=_switch(properties, "w:vanish"),
        font=font,
        size=whole(size),
    )


def read_para(properties: Element | None) -> ParaLook:
    """Give the look of a ``w:pPr``."""
    if properties is None:
        return ParaLook()
    number = properties.find("w:numPr")
    listed = None
    if number is not None:
        listed = (value_of(number, "w:numId"), whole(value_of(number, "w:ilvl")))
    return ParaLook(value_of(properties, "w:jc"), listed, whole(value_of(properties, "w:outlineLvl")))


def down(parent: Element | None, *tags: str) -> Element | None:
    """Give a child of a child …, None when there is none."""
    for tag in tags:
        parent = None if parent is None else parent.find(tag)
    return parent


def value_of(parent: Element, tag: str) -> str | None:
    """Give ``w:val`` of a child, None when it is not there."""
    child = parent.find(tag)
    return None if child is None else child.get("w:val")


def whole(text: str | None) -> int | None:
    """Give a number as written, None when it is none."""
    if text is None or len(text) > 9 or not text.lstrip("-").isdecimal():
        return None
    return int(text)


def _switch(properties: Element, tag: str) -> bool | None:
    child = properties.find(tag)
    return None if child is None else child.get("w:val", "1").lower() not in _OFF


class Styles:
    """All styles of a file."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall("w:style")
        self._raw = {style.get("w:styleId", ""): style for style in found}
        self._made: dict[str, Style] = {}
        defaults = down(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self._base = Style("", "", read_look(defaults), ParaLook())
        usual = [
            style
            for style in found
            if style.get("w:type") == "paragraph" and style.get("w:default", "0").lower() not in _OFF
        ]
        self._usual = usual[0].get("w:styleId", "") if usual else ""

    def para(self, style_id: str | None) -> Style:
        """Give a paragraph style, the usual one when it is unknown."""
        return self._style(style_id if style_id in self._raw else self._usual, 0)

    def run(self, style_id: str | None) -> Look:
        """Give the look of a character style."""
        return self._style(style_id, 0, Style("", "", Look(), ParaLook())).look if style_id else Look()

    def _style(self, style_id: str | None, depth: int, base: Style | None = None) -> Style:
        raw = self._raw.get(style_id or "")
        if raw is None or depth > _DEEPEST:
            return base or self._base
        if style_id in self._made and base is None:
            return self._made[style_id]
        below = self._style(value_of(raw, "w:basedOn"), depth + 1, base)
        made = Style(
            style_id or "",
            value_of(raw, "w:name") or "",
            over(below.look, read_look(raw.find("w:rPr"))),
            over_para(below.para, read_para(raw.find("w:pPr"))),
        )
        if base is None:
            self._made[style_id or ""] = made
        return made
