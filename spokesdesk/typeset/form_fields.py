"""The form fields of a paper: made before the leader signs, filled by the registry in the update that it signs."""

from datetime import date
from io import BytesIO
from typing import Any

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.signing import (
    AGENCY_FIELD,
    DAY_FIELD,
    LEADER_FIELD,
    MONTH_FIELD,
    NUMBER_FIELD,
    OPEN_FIELDS,
    YEAR_FIELD,
)
from spokesdesk.typeset.compose.head import day_text
from spokesdesk.typeset.faces import NAMES, face_at, faces, width
from spokesdesk.typeset.increments import writer_of
from spokesdesk.typeset.nd30 import form
from spokesdesk.typeset.places import Blank, Places, Rect, inside, millimetres, places, seal_beside, sizes
from spokesdesk.typeset.stamps import picture

_PRINTED = 4
_DESCENT = 0.22


def prepare(pdf: bytes, letter: Letter, image: bytes = b"") -> bytes:
    """Give a paper's PDF with its open fields: number and date where they are blank, the signatures, the seal.

    Args:
        pdf: what ``to_pdf`` made of the letter.
        letter: the same letter.
        image: PNG of the leader's signature; its proportions decide where the seal stands.

    Raises:
        UserError: ``sign_image``; ``sign_no_place`` when the letter names nobody who signs.
    """
    found = places(letter)
    if not found.signatures:
        raise UserError("sign_no_place", field="signers")
    writer = writer_of(pdf)
    _add_blanks(writer, found)
    _add_signatures(writer, found, image)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def field_names(pdf: bytes) -> dict[str, bool]:
    """Give the names of a PDF's signature fields, each with whether it is signed; in the file's order."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    return {
        name: value is not None
        for name, value, _ref in enumerate_sig_fields(PdfFileReader(BytesIO(pdf), strict=False))
    }


def filled(pdf: bytes) -> dict[str, str]:
    """Give what stands in a PDF's open fields; nothing for a file without them."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    found = root_fields(PdfFileReader(BytesIO(pdf), strict=False).root)
    held = {str(one.get("/T", "")): str(one.get("/V", "")) for one in found}
    return {name: held[name] for name in OPEN_FIELDS if held.get(name)}


def open_fields(pdf: bytes) -> tuple[str, ...]:
    """Give the names of a PDF's fields for number and date that nobody has filled."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    found = root_fields(PdfFileReader(BytesIO(pdf), strict=False).root)
    names = {str(one.get("/T", "")) for one in found if not str(one.get("/V", ""))}
    return tuple(name for name in OPEN_FIELDS if name in names)


def root_fields(root: Any) -> list[Any]:
    """Give the fields at the root of a PDF's form, as dictionaries."""
    if "/AcroForm" not in root or "/Fields" not in root["/AcroForm"]:
        return []
    return [held.get_object() for held in root["/AcroForm"]["/Fields"]]


def fill(writer: Any, number: int | None, on: date | None) -> None:
    """Fill number and date into the open fields of a file about to be signed; what is not open is left alone."""
    from pyhanko.pdf_utils import generic

    wanted, digits = values(number, on), dict[str, Any]()
    for widget in root_fields(writer.root):
        name = str(widget.get("/T", ""))
        if name in wanted and widget.get("/FT") == "/Tx" and not widget.get("/V"):
            widget["/V"] = generic.TextStringObject(wanted[name])
            widget["/AP"] = generic.DictionaryObject(
                {generic.NameObject("/N"): _shown(writer, widget, wanted[name], digits)}
            )
            writer.update_container(widget)


def values(number: int | None, on: date | None) -> dict[str, str]:
    """Give what the registry writes into each field: numbers and days below 10 with a zero, months 1 and 2 too."""
    made = {} if number is None else {NUMBER_FIELD: f"{number:02d}"}
    if on is not None:
        _day, day, _month, month, _year, year = day_text(on, form()).split()
        made |= {DAY_FIELD: day, MONTH_FIELD: month, YEAR_FIELD: year}
    return made


def _add_blanks(writer: Any, found: Places) -> None:
    if not found.blanks:
        return
    from pyhanko.pdf_utils import generic

    pdf_name = generic.NameObject
    fields = generic.ArrayObject()
    for blank in found.blanks:
        page = writer.find_page_for_modification(blank.page)[0]
        widget = writer.add_object(_widget(writer, blank, page))
        fields.append(widget)
        writer.register_annotation(page, widget)
    writer.root["/AcroForm"] = writer.add_object(generic.DictionaryObject({pdf_name("/Fields"): fields}))
    writer.update_root()


def _widget(writer: Any, blank: Blank, page: Any) -> Any:
    from pyhanko.pdf_utils import generic

    name = generic.NameObject
    box = generic.ArrayObject(generic.FloatObject(round(value, 2)) for value in blank.rect)
    face = NAMES[face_at(bold=False, italic=blank.italic)]
    # An archive (PDF/A-1b) wants to see how a field looks, even while it is blank.
    empty = writer.add_object(_look(blank.rect, b""))
    return generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Widget"),
            name("/FT"): name("/Tx"),
            name("/T"): generic.TextStringObject(blank.name),
            name("/Rect"): box,
            name("/F"): generic.NumberObject(_PRINTED),
            name("/Q"): generic.NumberObject({NUMBER_FIELD: 2, YEAR_FIELD: 0}.get(blank.name, 1)),
            name("/DA"): generic.TextStringObject(f"/{face} {blank.size:g} Tf 0 g"),
            name("/P"): page,
            name("/AP"): generic.DictionaryObject({name("/N"): empty}),
        }
    )


def _add_signatures(writer: Any, found: Places, image: bytes) -> None:
    rects = [place.rect for place in found.signatures]
    if image:
        shown = picture(image)
        rects[0] = inside(rects[0], shown.width, shown.height)
    for at, rect in enumerate(rects):
        name = LEADER_FIELD if at == 0 else f"{LEADER_FIELD}{at + 1}"
        _add_signature(writer, name, found.signatures[at].page, rect)
    most = millimetres(sizes()["seal"]["most_mm"])
    _add_signature(writer, AGENCY_FIELD, found.signatures[0].page, seal_beside(rects[0], most, most))


def _add_signature(writer: Any, name: str, page: int, rect: Rect) -> None:
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, SigFieldSpec, append_signature_field

    # After the agency's seal nothing may be filled in any more.
    lock = FieldMDPSpec(FieldMDPAction.ALL) if name == AGENCY_FIELD else None
    box = tuple(round(value) for value in rect)
    append_signature_field(
        writer,
        SigFieldSpec(name, on_page=page, box=box, field_mdp_spec=lock),  # type: ignore[arg-type]
    )


def _shown(writer: Any, widget: Any, text: str, digits: dict[str, Any]) -> Any:
    """Give the appearance of a filled field: its text in a face that is embedded once for all fields of a look."""
    from pyhanko.pdf_utils import generic

    name = generic.NameObject
    left, bottom, right, top = (float(value) for value in widget["/Rect"])
    face, size = str(widget["/DA"]).split()[0].removeprefix("/"), float(str(widget["/DA"]).split()[1])
    resources = digits.get(face) or digits.setdefault(face, _digits(writer, face))
    font = next(iter(resources["/Font"]))
    size = min(size, size * 20 * (right - left) / width(text, size))
    start = _start(str(widget["/T"]), text, face, size, right - left)
    drawn = f"BT 0 g {font} {size:g} Tf {start:.2f} {size * _DESCENT:.2f} Td ({text}) Tj ET"
    look = _look((left, bottom, right, top), drawn.encode("ascii"))
    look[name("/Resources")] = resources
    return writer.add_object(look)


def _look(rect: Rect, drawn: bytes) -> Any:
    """Give the appearance of a field in a rectangle."""
    from pyhanko.pdf_utils import generic

    name = generic.NameObject
    left, bottom, right, top = rect
    box = generic.ArrayObject(
        generic.FloatObject(round(one, 2)) for one in (0, 0, right - left, top - bottom)
    )
    form = {name("/Type"): name("/XObject"), name("/Subtype"): name("/Form"), name("/BBox"): box}
    return generic.StreamObject(form, stream_data=drawn)


def _start(field: str, text: str, face: str, size: float, across: float) -> float:
    """Give where a text begins: the number at its slash, the year a space after its word, the rest in the middle."""
    italic = NAMES.index(face) == face_at(bold=False, italic=True)
    free = across - width(text, size, italic=italic) / 20
    return {NUMBER_FIELD: free, YEAR_FIELD: width(" ", size, italic=italic) / 20}.get(field, free / 2)


def _digits(writer: Any, face: str) -> Any:
    """Give resources with the digits of a face, taken from a page drawn for that; digits keep their ASCII codes."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from reportlab.pdfgen.canvas import Canvas

    faces()
    made = BytesIO()
    canvas = Canvas(made, invariant=1, initialFontName=face)
    canvas.setFont(face, 13)
    canvas.drawString(0, 0, "0123456789")
    canvas.save()
    return writer.import_page_as_xobject(PdfFileReader(made)).get_object()["/Resources"]
