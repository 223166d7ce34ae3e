"""A document as a PDF file with embedded fonts, fit for the archive (PDF/A-1b)."""

from io import BytesIO
from typing import Any

from spokesdesk.typeset.archival import VERSION, make_archival
from spokesdesk.typeset.document import BLACK, Document
from spokesdesk.typeset.faces import NAMES, faces
from spokesdesk.typeset.layout.pages import lay_out
from spokesdesk.typeset.layout.sheets import Sheet, Text


def to_pdf(document: Document) -> bytes:
    """Give the document as a PDF file; equal documents give equal bytes.

    Args:
        document: what ``compose`` gave.

    Returns:
        The file: subsets of the shipped faces embedded with a map to Unicode, title and language set.

    Raises:
        UserError: ``letter_glyph_missing`` for a character the font does not have.
    """
    from reportlab.pdfgen.canvas import Canvas

    faces()
    sheets = lay_out(document)
    made = BytesIO()
    size = (sheets[0].width / 20, sheets[0].height / 20)
    canvas = Canvas(
        made,
        pagesize=size,
        invariant=1,
        pdfVersion=VERSION,
        pageCompression=1,
        initialFontName=NAMES[0],
        lang=document.language,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    canvas.setCreator("SpokesDesk")
    canvas.setProducer("SpokesDesk")
    for sheet in sheets:
        canvas.setPageSize((sheet.width / 20, sheet.height / 20))
        _draw(canvas, sheet)
        canvas.showPage()
    _date(canvas, document)
    make_archival(canvas, document)
    canvas.save()
    return made.getvalue()


def _date(canvas: Any, document: Document) -> None:
    """Put the document's own day in place of reportlab's fixed one."""
    canvas.setDateFormatter(lambda *_: f"D:{document.on:%Y%m%d}000000+00'00'")


def _draw(canvas: Any, sheet: Sheet) -> None:
    height = sheet.height / 20
    for stroke in sheet.strokes:
        canvas.setLineWidth(stroke.weight)
        canvas.setStrokeColorRGB(*_colour(stroke.colour))
        canvas.line(stroke.x0 / 20, height - stroke.y0 / 20, stroke.x1 / 20, height - stroke.y1 / 20)
    canvas.setFillColorRGB(0, 0, 0)
    for text in sheet.texts:
        _write(canvas, text, height)


def _write(canvas: Any, text: Text, height: float) -> None:
    line = canvas.beginText(text.x / 20, height - text.y / 20)
    if text.colour != BLACK:
        line.setFillColorRGB(*_colour(text.colour))
    line.setWordSpace(text.stretch / 20)
    for piece in text.pieces:
        line.setFont(NAMES[piece.face], text.size)
        # ``textOut`` would measure the text too, which was laid out long ago.
        line._textOut(piece.text)
    if text.colour != BLACK:
        line.setFillColorRGB(0, 0, 0)
    canvas.drawText(line)


def _colour(code: str) -> tuple[float, float, float]:
    return int(code[:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:], 16) / 255
