"""The lines and tables of a .docx in their order."""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from xml.etree.ElementTree import Element

from spokesdesk.domain.errors import UserError
from spokesdesk.typeset.compose.styles import styles_for
from spokesdesk.typeset.from_docx.lines import Content, Grid, Item, Line, Piece, parted
from spokesdesk.typeset.from_docx.numbering import Numbering
from spokesdesk.typeset.from_docx.package import Package, Relation
from spokesdesk.typeset.from_docx.runs import RunReader
from spokesdesk.typeset.from_docx.styles import Styles, down, over_para, read_look, read_para, value_of, whole
from spokesdesk.typeset.nd30 import form

_ALIGNS = {"start": "left", "end": "right", "distribute": "both"}
_HEADING_NAMES = ("heading", "title", "tiêu đề")
_LOOSE = frozenset({"w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink"})
_WIDEST = 63


def read_content(package: Package) -> Content:
    """Give what a file holds.

    Raises:
        UserError: ``docx_damaged`` when the main part is missing, and what ``Package`` raises.
    """
    main = main_part(package)
    root = package.xml(main)
    body = None if root is None else root.find("w:body")
    if body is None:
        raise UserError("docx_damaged", detail=main)
    relations = package.relations(main)
    content = Content()
    reader = _Reader(package, relations, content)
    for item in reader.blocks(body):
        content.items.append(item)
    content.items += reader.footnotes(relations)
    reader.end(body.find("w:sectPr"))
    content.margins = list(reader.margins(relations))
    content.author = _author(package)
    return content


def main_part(package: Package) -> str:
    """Give the name of the part that holds the text."""
    for relation in package.relations(""):
        if relation.kind == "officeDocument" and not relation.is_external:
            return relation.target
    return "word/document.xml"


def _author(package: Package) -> str:
    root = package.xml("docProps/core.xml")
    creator = None if root is None else root.find("dc:creator")
    return " ".join((creator.text or "").split()) if creator is not None else ""


def _part(relations: tuple[Relation, ...], kind: str) -> str:
    return next((each.target for each in relations if each.kind == kind and not each.is_external), "")


class _Reader:
    def __init__(self, package: Package, relations: tuple[Relation, ...], content: Content) -> None:
        self._package, self._content = package, content
        self._styles = Styles(package.xml(_part(relations, "styles")))
        self._numbering = Numbering(package.xml(_part(relations, "numbering")))
        self._runs = RunReader(self._styles, content.met)
        self._section = 0
        self._seen = 0

    def blocks(self, parent: Element) -> Iterator[Item]:
        """Give the paragraphs and tables of a part."""
        for child in parent:
            if child.tag == "w:p":
                yield from self._paragraph(child)
            elif child.tag == "w:tbl":
                yield self._table(child)
            elif child.tag in _LOOSE:
                yield from self.blocks(child)
            elif child.tag == "mc:AlternateContent":
                choice = child.find("mc:Choice")
                yield from self.blocks(choice if choice is not None else child)
            elif child.tag == "w:altChunk":
                self._content.met["chunk"] += 1

    def end(self, section: Element | None) -> None:
        """A section ends here."""
        size = None if section is None else section.find("w:pgSz")
        wide, high = (whole(size.get("w:w")), whole(size.get("w:h"))) if size is not None else (0, 0)
        self._content.landscapes.append((wide or 0) > (high or 0))
        self._section += 1

    def _paragraph(self, raw: Element) -> Iterator[Line]:
        self._seen += 1
        if self._seen % 500 == 0:
            self._package.patience.check()
        properties = raw.find("w:pPr")
        style = self._styles.para(None if properties is None else value_of(properties, "w:pStyle"))
        para = over_para(style.para, read_para(properties))
        pieces = self._runs.pieces(raw, style.look)
        boxes = self._runs.boxes
        if para.number is not None and "".join(piece.text for piece in pieces).strip():
            pieces = self._numbered(para.number, style.para.number, pieces)
        align = para.align or ""
        mark = None if properties is None else read_look(properties.find("w:rPr")).size
        line = Line(
            pieces,
            role=_roles().get(style.name, ""),
            align=_ALIGNS.get(align, align),
            size=_size(raw) or mark or style.look.size or 0,
            is_heading=_is_heading(style.name, para.outline),
            section=self._section,
        )
        yield from parted(line)
        for box in boxes:
            self._content.met["box"] += 1
            yield from _flat(self.blocks(box))
        if properties is not None and (section := properties.find("w:sectPr")) is not None:
            self.end(section)

    def _numbered(
        self,
        own: tuple[str | None, int | None],
        styled: tuple[str | None, int | None] | None,
        pieces: tuple[Piece, ...],
    ) -> tuple[Piece, ...]:
        list_id = own[0] or (styled[0] if styled else None)
        level = own[1] if own[1] is not None else (styled[1] if styled else None)
        marker = self._numbering.marker(list_id, level or 0)
        if not marker:
            return pieces
        # Word shows the marker in the look of the paragraph's mark; that of its first letters is nearest to it.
        first = next(piece for piece in pieces if piece.text.strip())
        return (Piece(marker, first.bold, first.italic), *pieces)

    def _table(self, raw: Element) -> Grid:
        rows, heads = [], []
        for row in _inside(raw, "w:tr"):
            cells: list[tuple[Line, ...]] = []
            for cell in _inside(row, "w:tc"):
                cells += self._cell(cell)
            if cells:
                rows.append(_narrowed(cells))
                heads.append(down(row, "w:trPr", "w:tblHeader") is not None)
        borders = down(raw, "w:tblPr", "w:tblBorders")
        drawn = borders is not None and any(
            side.get("w:val") not in (None, "nil", "none") for side in borders
        )
        named = down(raw, "w:tblPr", "w:tblStyle")
        styled = named is not None and named.get("w:val") not in ("TableNormal", None) and borders is None
        return Grid(tuple(rows), bool(heads and heads[0]), drawn or styled, self._section)

    def _cell(self, raw: Element) -> list[tuple[Line, ...]]:
        """Give a cell, and empty ones for the columns it also covers."""
        properties = raw.find("w:tcPr")
        span = 1
        if properties is not None:
            span = min(max(whole(value_of(properties, "w:gridSpan")) or 1, 1), _WIDEST)
            merged = properties.find("w:vMerge")
            if span > 1 or merged is not None:
                self._content.met["merged"] += 1
        lines = tuple(_flat(self.blocks(raw)))
        if next(raw.iter("w:tbl"), None) is not None:
            self._content.met["nested"] += 1
        return [lines, *[()] * (span - 1)]

    def footnotes(self, relations: tuple[Relation, ...]) -> Iterator[Item]:
        """Give the footnotes met, to stand after the text."""
        parts = {
            f"w:{kind}": self._package.xml(_part(relations, f"{kind}s")) for kind in ("footnote", "endnote")
        }
        for at, (kind, note_id) in enumerate(list(self._runs.notes), 1):
            root = parts.get(kind)
            found = [] if root is None else [note for note in root if note.get("w:id") == note_id]
            lines = [line for note in found[:1] for line in _flat(self.blocks(note)) if line.bare]
            for first, line in enumerate(lines):
                lead = () if first else (Piece(f"[{at}] "),)
                yield replace(line, pieces=(*lead, *line.pieces), is_heading=False)
                self._content.met["footnote"] += not first

    def margins(self, relations: tuple[Relation, ...]) -> Iterator[Line]:
        """Give the lines of all headers and footers."""
        for relation in relations:
            if relation.kind in ("header", "footer") and not relation.is_external:
                root = self._package.xml(relation.target)
                if root is not None:
                    yield from _flat(self.blocks(root))


def _narrowed(cells: list[tuple[Line, ...]]) -> tuple[tuple[Line, ...], ...]:
    """Give a row no wider than Word allows; what is beyond stands in its last cell."""
    rest = [line for cell in cells[_WIDEST - 1 :] for line in cell]
    return tuple(cells) if len(cells) <= _WIDEST else (*cells[: _WIDEST - 1], tuple(rest))


def _flat(items: Iterator[Item]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Grid):
            yield from item.lines()
        else:
            yield item


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Give the rows of a table or the cells of a row, also those in wrappers."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _LOOSE:
            yield from _inside(child, tag)


@cache
def _roles() -> dict[str, str]:
    """Give what each style of ours is for, by its name: other programs keep the names and change the ids."""
    rules = form()
    styles = styles_for(rules, rules.heads[max(rules.heads)], max(rules.heads))
    return {getattr(styles, each.name).name: each.name for each in fields(styles)}


def _is_heading(name: str, outline: int | None) -> bool:
    return (outline is not None and outline < 9) or name.lower().startswith(_HEADING_NAMES)


def _size(paragraph: Element) -> int:
    """Give the size most letters of a paragraph are set in by their own runs, half points; 0 when none says."""
    sizes: dict[int, int] = {}
    for run in paragraph.iter("w:r"):
        size = read_look(run.find("w:rPr")).size or 0
        sizes[size] = sizes.get(size, 0) + sum(len(text.text or "") for text in run.iter("w:t"))
    return max(sizes, key=lambda size: sizes[size], default=0)
