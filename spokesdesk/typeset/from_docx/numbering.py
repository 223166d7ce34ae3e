"""Automatic list numbers of a .docx, counted as Word counts them and given as typed markers: "1. ", "a) ", "- "."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from spokesdesk.typeset.from_docx.styles import value_of, whole

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 3_999


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """The lists of a file; ``marker`` must be asked for paragraph by paragraph, in their order."""

    def __init__(self, root: Element | None) -> None:
        self._kinds: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def marker(self, list_id: str | None, level: int) -> str:
        """Give the marker of the next paragraph of a list, "" when it has none."""
        if list_id not in self._lists or list_id is None:
            return ""
        kind, starts, own = self._lists[list_id]
        levels = {**self._kinds.get(kind, {}), **own}
        if level not in levels:
            return ""
        counts = self._counts.setdefault(kind, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at in starts:
                counts.pop(at, None)
        start = starts.get(level, levels[level].start)
        counts[level] = min(counts.get(level, start - 1) + 1, _MOST)
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return _written(levels, level, counts)

    def _read(self, root: Element) -> None:
        linked, links = {}, {}
        for kind in root.findall("w:abstractNum"):
            kind_id = kind.get("w:abstractNumId", "")
            levels = [_level(level) for level in kind.findall("w:lvl")]
            self._kinds[kind_id] = dict(levels)
            if style := value_of(kind, "w:styleLink"):
                linked[style] = kind_id
            if style := value_of(kind, "w:numStyleLink"):
                links[kind_id] = style
        for number in root.findall("w:num"):
            kind_id = value_of(number, "w:abstractNumId") or ""
            kind_id = linked.get(links.get(kind_id, ""), kind_id)
            starts, own = {}, {}
            for change in number.findall("w:lvlOverride"):
                at = whole(change.get("w:ilvl")) or 0
                start = whole(value_of(change, "w:startOverride"))
                if start is not None:
                    starts[at] = start
                level = change.find("w:lvl")
                if level is not None:
                    own[at] = _level(level)[1]
            self._lists[number.get("w:numId", "")] = (kind_id, starts, own)


def _level(raw: Element) -> tuple[int, _Level]:
    start = whole(value_of(raw, "w:start"))
    form = value_of(raw, "w:numFmt") or "decimal"
    text = value_of(raw, "w:lvlText") or ""
    return whole(raw.get("w:ilvl")) or 0, _Level(form, text[:60], 1 if start is None else start)


def _written(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        return "- "
    text = own.text
    for at, each in levels.items():
        if f"%{at + 1}" in text:
            text = text.replace(f"%{at + 1}", _counted(each.form, counts.get(at, each.start)))
    return f"{text.strip()} " if text.strip() else ""


def _counted(form: str, count: int) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9) if count > 0 else ""
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return roman(count).upper() if form == "upperRoman" else roman(count)
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)


def roman(count: int) -> str:
    """Give a number in small Roman digits."""
    text = ""
    for value, digits in (*_ROMAN, *_ROMAN_SMALL):
        while count >= value:
            text, count = text + digits, count - value
    return text
