"""A document as an ordinary, editable .docx file."""

from spokesdesk.typeset.document import Document


def to_docx(document: Document) -> bytes:
    """Give the document as a .docx file; equal documents give equal bytes."""
    raise NotImplementedError(document.title)
