"""From a letter to a document: one file per kind of paper."""

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.document import Document


def compose(letter: Letter) -> Document:
    """Give the document that .docx, PDF and preview are drawn from.

    Args:
        letter: any letter that passes ``domain.letters.check``; empty fields leave their place empty.

    Raises:
        UserError: ``letter_kind_unsupported``; whatever ``domain.letters.check`` refuses.
    """
    raise NotImplementedError(letter.kind)
