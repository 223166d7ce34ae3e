"""Pasted text made ready for a paper: from Word or a web page to markup, old encodings to Unicode."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from spokesdesk.domain import blocks as b
from spokesdesk.domain.legacy_text import Encoding, decode, is_unicode, of_font, to_unicode
from spokesdesk.domain.letters import tidy
from spokesdesk.domain.looks import neat, writable

MOST_HTML = 2_000_000
_SKIPPED = frozenset({"style", "script", "head", "title", "template", "object", "svg", "math", "noscript"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "blockquote", "section", "article", "header", "footer", "dl", "dt"}
    | {"dd", "address", "pre", "hr", "li", "tr", "caption", "br"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset(
    {"br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track"}
)
_CELLS, _TABLE, _LISTS = frozenset({"td", "th"}), frozenset({"table"}), frozenset({"ol", "ul"})
_IMPLIED = {
    "td": (_CELLS, _TABLE),
    "th": (_CELLS, _TABLE),
    "tr": (_CELLS | {"tr"}, _TABLE),
    "li": (frozenset({"li"}), _LISTS),
}
_BULLET = re.compile(r"[·•▪§o\uf0b7\uf0a7–-]\s+")
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_OWN = 'name="qrichtext"'
_MARKED = re.compile(r"(\d{1,3}(\.\d{1,3})*\.|[^\W\d_]{1,2}\)|-) ")
_WIDEST = 63
_DEEPEST = 200
_MOST_TAGS = 30_000


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is put into the text.

    Attributes:
        text: markup, or plain text when the source had no looks.
        plain: the text as it came, only tidied, to go back to.
        encodings: names of the old encodings it was in.
        pictures: how many pictures were left out.
        is_markup: whether ``text`` is markup.
    """

    text: str
    plain: str
    encodings: tuple[str, ...] = ()
    pictures: int = 0
    is_markup: bool = False

    @property
    def blocks(self) -> tuple[b.Block, ...]:
        """What is put in, as blocks."""
        return b.read_body(self.text) if self.is_markup else plain_blocks(self.text)


def plain_blocks(text: str) -> tuple[b.Block, ...]:
    """Give plain text as paragraphs, letter by letter.

    Args:
        text: tidied. With blank lines in it they part the paragraphs and other lines go on; without, each line is one.
    """
    lines = text.strip("\n").split("\n")
    if len(lines) == 1:
        return (b.Paragraph((b.Run(lines[0]),)),) if lines[0] else ()
    joined: list[list[str]] = [[]]
    parted = any(not line.strip() for line in lines)
    for line in (each.strip() for each in lines):
        if not line or not parted or _MARKED.match(line):
            joined.append([])
        if line:
            joined[-1].append(line)
    return tuple(b.Paragraph((b.Run(" ".join(part)),)) for part in joined if part)


def cleaned(html: str, text: str, encodings: Sequence[Encoding]) -> Pasted:
    """Give what to put into the text for something pasted; no file and no address in it is ever opened.

    Args:
        html: the rich form, "" when there is none.
        text: the plain form.
        encodings: the old encodings to look for.
    """
    plain = tidy(text)
    if html and len(html) <= MOST_HTML and _OWN not in html:
        reader = _Reader(encodings)
        fragment = _FRAGMENT.search(html)
        blocks = reader.read(fragment[1] if fragment else html)
        if _has_looks(blocks):
            made = to_unicode(b.write_body(blocks), encodings)
            names = dict.fromkeys([*reader.encodings, *(each.name for each in made.encodings)])
            return Pasted(tidy(made.text), plain, tuple(names), reader.pictures, is_markup=True)
        if reader.encodings or not text:
            found = "\n\n".join(b.plain(block.runs) for block in blocks if not isinstance(block, b.Table))
            return Pasted(tidy(found), plain, tuple(reader.encodings), reader.pictures)
    made = to_unicode(text.replace("\r\n", "\n").replace("\r", "\n"), encodings)
    return Pasted(tidy(made.text), plain, tuple(each.name for each in made.encodings))


def _has_looks(blocks: tuple[b.Block, ...]) -> bool:
    """Tell whether plain text would lose something."""
    if len(blocks) != 1:
        return bool(blocks)
    only = blocks[0]
    return not isinstance(only, b.Paragraph) or any(run.bold or run.italic for run in only.runs)


@dataclass(slots=True)
class _Look:
    tag: str
    bold: bool = False
    italic: bool = False
    font: str = ""
    skipped: bool = False


@dataclass(slots=True)
class _List:
    form: str
    count: int


@dataclass(slots=True)
class _Grid:
    rows: list[list[b.Cell]] = field(default_factory=list)
    has_head: bool = False
    cell: list[b.Run] | None = None
    span: int = 1


class _Reader(HTMLParser):
    """Reads HTML into blocks; what it does not know is read for its text."""

    def __init__(self, known: Sequence[Encoding]) -> None:
        super().__init__(convert_charrefs=True)
        self._known = known
        self._looks = [_Look("")]
        self._lists: list[_List] = []
        self._grids: list[_Grid] = []
        self._runs: list[b.Run] = []
        self._heading = False
        self._marker = ""
        self._blocks: list[b.Block] = []
        self.encodings: dict[str, None] = {}
        self.pictures = 0

    def read(self, html: str) -> tuple[b.Block, ...]:
        """Give the blocks of an HTML text; none when it has more tags than a person can mean to paste."""
        if html.count("<") > _MOST_TAGS:
            return ()
        self.feed(html)
        self.close()
        while self._grids:
            self._end_table()
        self._end_paragraph()
        return tuple(self._blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.pictures += 1
        if tag in _BLOCKS or tag in _HEADINGS:
            self._end_paragraph()
        if tag in _IMPLIED:
            self._end_implied(tag)
        self._open_structure(tag, given)
        if tag not in _VOID and len(self._looks) < _DEEPEST:
            self._looks.append(_look(tag, given, self._looks[-1]))

    def _end_implied(self, tag: str) -> None:
        """A cell, row or list item ends the one before it, whose end tag may be left out."""
        ended, within = _IMPLIED[tag]
        if tag != "li":
            self._end_cell()
        for at in range(len(self._looks) - 1, 0, -1):
            if self._looks[at].tag in within:
                return
            if self._looks[at].tag in ended:
                del self._looks[at:]

    def _open_structure(self, tag: str, given: dict[str, str]) -> None:
        if tag in _HEADINGS:
            self._heading = True
        elif tag in ("ol", "ul"):
            self._lists.append(_opened_list(tag, given))
        elif tag == "li" and self._lists:
            self._marker = _next_marker(self._lists[-1])
        elif tag == "table":
            self._grids.append(_Grid())
        elif self._grids and tag == "tr":
            self._grids[-1].rows.append([])
        elif self._grids and tag in ("td", "th"):
            self._end_cell()
            self._grids[-1].cell = []
            self._grids[-1].span = _span(given.get("colspan", "1"))
            self._grids[-1].has_head |= tag == "th" and len(self._grids[-1].rows) <= 1

    def handle_endtag(self, tag: str) -> None:
        """A tag closes; one that was never opened is passed over."""
        if not any(look.tag == tag for look in self._looks[1:]):
            return
        if tag in _BLOCKS or tag in _HEADINGS:
            self._end_paragraph()
        if tag in _HEADINGS:
            self._heading = False
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._grids:
            self._end_table()
        while self._looks.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Letters."""
        look = self._looks[-1]
        if look.skipped:
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        old = of_font(look.font, self._known)
        if old is not None and not is_unicode(text):
            made = decode(text, old[0], upper=old[1])
            if made != text:
                self.encodings[old[0].name] = None
            text = made
        run = b.Run(text, look.bold, look.italic)
        (self._runs if not self._in_cell() else self._cell()).append(run)

    def _in_cell(self) -> bool:
        return bool(self._grids) and self._grids[-1].cell is not None

    def _cell(self) -> list[b.Run]:
        cell = self._grids[-1].cell
        assert cell is not None
        return cell

    def _end_paragraph(self) -> None:
        if self._in_cell():
            self._cell().append(b.Run(" "))
            return
        runs, self._runs = neat(tuple(self._runs)), []
        text = b.plain(runs)
        if not text.strip():
            return
        if self._heading:
            self._blocks.append(b.Heading((b.Run(text),), b.heading(text).kind))
            return
        bullet = _BULLET.match(text)
        if self._marker:
            runs = neat((b.Run(self._marker), *runs)) if not _MARKED.match(text) else runs
        elif bullet:
            runs = neat((b.Run("- "), *_without(runs, bullet.end())))
        self._marker = ""
        self._blocks.append(b.Paragraph(writable(runs)))

    def _end_cell(self) -> None:
        if not self._in_cell():
            return
        grid = self._grids[-1]
        if not grid.rows:
            grid.rows.append([])
        cell = writable(tuple(self._cell()))
        if len(grid.rows[-1]) >= _WIDEST:
            grid.rows.append([])
        grid.rows[-1] += [cell, *[()] * (min(grid.span, _WIDEST) - 1)]
        grid.cell = None

    def _end_table(self) -> None:
        self._end_cell()
        grid = self._grids.pop()
        rows = [row for row in grid.rows if row]
        if self._in_cell():
            for row in rows:
                for cell in row:
                    self._cell().extend((b.Run(" "), *cell))
            return
        width = max((len(row) for row in rows), default=0)
        if width <= 1:
            self._blocks += [b.Paragraph(row[0]) for row in rows if b.plain(row[0])]
            return
        filled = [tuple((*row, *[()] * (width - len(row)))) for row in rows]
        bold = all(run.bold for cell in filled[0] for run in cell if run.text.strip())
        head: tuple[b.Cell, ...] = ()
        if len(filled) > 1 and (grid.has_head or bold) and any(map(b.plain, filled[0])):
            head = tuple(
                neat(tuple(b.Run(run.text, False, run.italic) for run in cell)) for cell in filled.pop(0)
            )
        self._blocks.append(b.Table(head, tuple(filled), (b.Side.LEFT,) * width))


def _without(runs: tuple[b.Run, ...], length: int) -> tuple[b.Run, ...]:
    kept = []
    for run in runs:
        if length < len(run.text):
            kept.append(b.Run(run.text[max(length, 0) :], run.bold, run.italic))
        length -= len(run.text)
    return tuple(kept)


def _look(tag: str, given: dict[str, str], above: _Look) -> _Look:
    style = given.get("style", "").lower()
    bold = above.bold or tag in ("b", "strong", "th")
    italic = above.italic or tag in ("i", "em", "cite", "dfn")
    if weight := re.search(r"font-weight\s*:\s*(\w+)", style):
        bold = weight[1] in ("bold", "bolder") or (weight[1].isdecimal() and int(weight[1]) >= 600)
    if slant := re.search(r"font-style\s*:\s*(\w+)", style):
        italic = slant[1] in ("italic", "oblique")
    font = re.search(r"font-family\s*:\s*[\"']?([^;,\"']+)", given.get("style", ""), re.IGNORECASE)
    hidden = "display:none" in style.replace(" ", "")
    skipped = above.skipped or tag in _SKIPPED or hidden
    return _Look(tag, bold, italic, font[1].strip() if font else given.get("face", above.font), skipped)


def _opened_list(tag: str, given: dict[str, str]) -> _List:
    if tag == "ul":
        return _List("", 0)
    style, kind = given.get("style", "").lower(), given.get("type", "1")
    form = "a" if kind.lower() == "a" or "-alpha" in style or "-latin" in style else "1"
    start = given.get("start", "1")
    return _List(form, int(start) - 1 if start.isdecimal() and len(start) < 6 else 0)


def _next_marker(listed: _List) -> str:
    listed.count += 1
    if not listed.form:
        return "- "
    if listed.form == "a" and listed.count <= 26:
        return f"{chr(ord('a') + listed.count - 1)}) "
    return f"{listed.count}. "


def _span(text: str) -> int:
    return min(max(int(text), 1), _WIDEST) if text.isdecimal() and len(text) < 6 else 1
