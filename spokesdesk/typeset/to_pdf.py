"""A document as a PDF file with embedded fonts."""

from spokesdesk.typeset.document import Document


def to_pdf(document: Document) -> bytes:
    """Give the document as a PDF file; equal documents give equal bytes.

    Raises:
        UserError: ``letter_glyph_missing`` for a character the font does not have.
    """
    raise NotImplementedError(document.title)
