"""Text pasted into a paper, made ready for it."""

from spokesdesk.domain.pasted import Pasted, cleaned, plain_blocks
from spokesdesk.typeset.legacy_text import encodings

__all__ = ["Pasted", "plain_blocks", "ready"]


def ready(html: str, text: str) -> Pasted:
    """Give what to put into a paper for something pasted.

    Args:
        html: the rich form, "" when there is none.
        text: the plain form.
    """
    return cleaned(html, text, encodings())
