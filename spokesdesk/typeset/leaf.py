"""One laid-out page as a picture, without making the whole PDF file: the same faces at the same places, drawn alike.

A small PDF of that page alone is given to the drawing library. What its faces are cut down to is known from the last
key, unless that brought a letter the page did not have.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from spokesdesk.typeset.document import BLACK
from spokesdesk.typeset.faces import NAMES, cut_face, faces
from spokesdesk.typeset.layout.sheets import Sheet, Text
from spokesdesk.typeset.pages import PageImage, page_images

_FIRST_FONT, _PER_FONT = 5, 4


def draw_leaf(sheet: Sheet, dpi: int) -> PageImage:
    """Give the picture of a page.

    Args:
        sheet: the page as ``lay_out`` gave it.
        dpi: dots per inch, 20 to 600.
    """
    return page_images(leaf_file(sheet), dpi, range(1))[0]


def leaf_file(sheet: Sheet) -> bytes:
    """Give a PDF of one page for drawing only: it cannot be searched and is not fit for the archive."""
    used: dict[int, set[str]] = {}
    for text in sheet.texts:
        for piece in text.pieces:
            used.setdefault(piece.face, {" "}).update(piece.text)
    cuts = {face: _cut(face, "".join(sorted(letters))) for face, letters in used.items()}
    content = _content(sheet, cuts)
    fonts = "".join(f"/F{face} {_FIRST_FONT + at * _PER_FONT} 0 R" for at, face in enumerate(cuts))
    box = f"[0 0 {sheet.width / 20:g} {sheet.height / 20:g}]"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R/Resources<</Font<<{fonts}>>>>>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    ]
    for at, cut in enumerate(cuts.values()):
        bodies += _font(cut, _FIRST_FONT + at * _PER_FONT)
    return _written(bodies)


def _written(bodies: list[bytes]) -> bytes:
    parts = [b"%PDF-1.4\n", *(b"%d 0 obj%b\nendobj\n" % (at, body) for at, body in enumerate(bodies, 1))]
    *places, end = accumulate(map(len, parts))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, end)
    return b"".join((*parts, table, tail))


@dataclass(frozen=True, slots=True)
class _Cut:
    """The part of a face that a page uses; ``codes`` are its glyphs as the file writes them, by code point."""

    name: str
    codes: dict[int, str]
    widths: str
    stream: bytes


@lru_cache(maxsize=64)
def _cut(face: int, letters: str) -> _Cut:
    """Cut a face for some letters; while one types, the letters of a page are mostly those of the last key."""
    whole, name = faces()[face], NAMES[face]
    old = {ord(mark): whole.glyphs[ord(mark)] for mark in letters}
    number = {glyph: at for at, glyph in enumerate(dict.fromkeys((0, *old.values())))}
    new = {code: number[glyph] for code, glyph in old.items()}
    data = cut_face(face, tuple(old))
    return _Cut(
        name,
        {code: f"{glyph:04x}" for code, glyph in new.items()},
        "".join(f"{glyph}[{whole.widths[code]:g}]" for code, glyph in new.items()),
        b"<</Length %d/Length1 %d>>stream\n%b\nendstream" % (len(data), len(data), data),
    )


def _font(cut: _Cut, first: int) -> list[bytes]:
    """Give the objects of a face; glyphs are named by their numbers."""
    name = cut.name
    kind = f"/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{first + 1} 0 R]"
    under = f"/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/FontDescriptor {first + 2} 0 R"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    shape = (
        "/Flags 4/FontBBox[-500 -300 1500 1000]/ItalicAngle 0/Ascent 891/Descent -216/CapHeight 650/StemV 80"
    )
    return [
        f"<</Type/Font{kind}>>".encode(),
        f"<</Type/Font{under}{system}/W[{cut.widths}]>>".encode(),
        f"<</Type/FontDescriptor/FontName/{name}{shape}/FontFile2 {first + 3} 0 R>>".encode(),
        cut.stream,
    ]


def _content(sheet: Sheet, cuts: dict[int, _Cut]) -> bytes:
    height = sheet.height / 20
    made = []
    for stroke in sheet.strokes:
        start = f"{stroke.x0 / 20:.6g} {height - stroke.y0 / 20:.6g} m"
        end = f"{stroke.x1 / 20:.6g} {height - stroke.y1 / 20:.6g} l"
        made.append(f"{stroke.weight:g} w {_colour(stroke.colour)} RG {start} {end} S")
    made += [_line(text, height, cuts) for text in sheet.texts]
    return "\n".join(made).encode()


def _line(text: Text, height: float, cuts: dict[int, _Cut]) -> str:
    made = [f"BT 1 0 0 1 {text.x / 20:.6g} {height - text.y / 20:.6g} Tm"]
    if text.colour != BLACK:
        made.insert(0, f"q {_colour(text.colour)} rg")
    kern = f"{-text.stretch * 50 / text.size:.6g}"
    pending = ""
    for piece in text.pieces:
        table = cuts[piece.face].codes
        codes = piece.text.translate(table)
        if text.stretch:
            codes = f"{table[32]}>{kern}<".join(part.translate(table) for part in piece.text.split(" "))
        # The drawing library forgets what is moved after the last letters of a piece: the next one begins with it.
        made.append(f"/F{piece.face} {text.size:g} Tf [{pending}<{codes}>] TJ")
        pending = f"{kern} " if text.stretch and piece.text.endswith(" ") else ""
    made.append("ET")
    if text.colour != BLACK:
        made.append("Q")
    return " ".join(made)


def _colour(code: str) -> str:
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.4g}" for at in (0, 2, 4))
