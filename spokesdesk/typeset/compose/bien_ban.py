"""Biên bản (mẫu 1.9): no place and date, two signers, the recipients below them."""

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.frame import assembled, text_blocks, title_block
from spokesdesk.typeset.compose.head import choose_styles, head
from spokesdesk.typeset.compose.tail import two_signatures
from spokesdesk.typeset.document import Document
from spokesdesk.typeset.nd30 import Form


def bien_ban(form: Form, letter: Letter) -> Document:
    """Give minutes."""
    styles = choose_styles(form, letter)
    blocks = [
        head(form, letter, styles, about=False, dated=False),
        *title_block(form, letter, styles),
        *text_blocks(form, letter, styles),
        *two_signatures(form, letter, styles),
    ]
    return assembled(form, letter, styles, blocks)
