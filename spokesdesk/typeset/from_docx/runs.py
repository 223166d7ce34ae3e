"""The letters of a paragraph: runs, fields, links and what stands between them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from spokesdesk.typeset.from_docx.lines import Piece
from spokesdesk.typeset.from_docx.styles import Look, Styles, over, read_look, value_of

_SKIPPED = frozenset(
    {"w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "mc:Fallback", "w:tblPr", "w:tcPr", "w:trPr"}
)
_TAKEN_OUT = frozenset({"w:del", "w:moveFrom"})
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "\u00ad",
}
_LOADING = ("DDE", "INCLUDE", "IMPORT", "LINK", "AUTOTEXT", "DATABASE")
_OBJECTS = frozenset({"w:object", "w:control"})


@dataclass(slots=True)
class RunReader:
    """Reads paragraph after paragraph; a field may run over several of them.

    Attributes:
        met: what was met, counted by name.
        boxes: contents of text boxes met in the paragraph read last.
        notes: ids of the footnotes met, in their order: ("w:footnote" or "w:endnote", id).
    """

    styles: Styles
    met: Counter[str]
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)

    def pieces(self, paragraph: Element, look: Look) -> tuple[Piece, ...]:
        """Give a paragraph's letters; ``look`` is what its style says."""
        self._pieces, self.boxes = [], []
        self._walk(paragraph, look)
        return tuple(self._pieces)

    def _walk(self, parent: Element, look: Look) -> None:
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag in _TAKEN_OUT:
                self.met["deleted"] += 1
            elif tag == "w:r":
                self._run(child, look)
            elif tag == "mc:AlternateContent":
                self._walk(_chosen(child), look)
            elif tag == "m:t":
                self.met["formula"] += 1
                self._add(child.text or "", look)
            else:
                self._note_loading(child)
                self._walk(child, look)

    def _run(self, run: Element, look: Look) -> None:
        properties = run.find("w:rPr")
        if properties is not None:
            look = over(over(look, self.styles.run(value_of(properties, "w:rStyle"))), read_look(properties))
        for child in run:
            self._inside(child, look)

    def _inside(self, child: Element, look: Look) -> None:
        tag = child.tag
        handler = _HANDLERS.get(tag)
        if tag == "w:t":
            self._add(child.text or "", look)
        elif tag in _SIGNS:
            self._add(_SIGNS[tag], look)
        elif handler is not None:
            handler(self, child, look)
        elif tag in _TAKEN_OUT:
            self.met["deleted"] += 1
        elif tag == "mc:AlternateContent":
            for part in _chosen(child):
                self._inside(part, look)

    def _add(self, text: str, look: Look) -> None:
        if any(self._fields) or not text:
            return
        if look.hidden:
            self.met["hidden"] += 1
            return
        shown = text.upper() if look.caps else text
        self._pieces.append(Piece(shown, bool(look.bold), bool(look.italic), look.font or ""))

    def _break(self, child: Element, look: Look) -> None:
        if child.get("w:type") in (None, "textWrapping"):
            self._add("\n", look)

    def _symbol(self, child: Element, look: Look) -> None:
        code = child.get("w:char", "")
        try:
            self._add(chr(int(code, 16)), over(look, Look(font=child.get("w:font"))))
        except (ValueError, OverflowError):
            self.met["symbol"] += 1

    def _field(self, child: Element, _look: Look) -> None:
        kind = child.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _instruction(self, child: Element, _look: Look) -> None:
        self._judge((child.text or "").strip())

    def _note_loading(self, child: Element) -> None:
        if child.tag == "w:fldSimple":
            self._judge(child.get("w:instr", "").strip())

    def _judge(self, instruction: str) -> None:
        if instruction.upper().startswith(_LOADING):
            self.met["loading"] += 1

    def _drawing(self, child: Element, _look: Look) -> None:
        boxes = list(child.iter("w:txbxContent"))
        self.boxes += boxes
        if child.tag in _OBJECTS:
            self.met["object"] += 1
        elif not boxes and any(part.tag.endswith(("}pic", "}imagedata", "}chart")) for part in child.iter()):
            self.met["picture"] += 1

    def _footnote(self, child: Element, look: Look) -> None:
        self.notes.append((child.tag.removesuffix("Reference"), child.get("w:id", "")))
        self._add(f"[{len(self.notes)}]", look)


_HANDLERS: dict[str, Callable[[RunReader, Element, Look], None]] = {
    "w:br": RunReader._break,
    "w:sym": RunReader._symbol,
    "w:fldChar": RunReader._field,
    "w:instrText": RunReader._instruction,
    **dict.fromkeys(("w:drawing", "w:pict", "w:object", "w:control"), RunReader._drawing),
    **dict.fromkeys(("w:footnoteReference", "w:endnoteReference"), RunReader._footnote),
}


def _chosen(alternate: Element) -> Element:
    """Give what a program that knows everything would show; the same text stands in the other choice again."""
    choice = alternate.find("mc:Choice")
    fallback = alternate.find("mc:Fallback")
    found = choice if choice is not None else fallback
    return found if found is not None else Element("none")
