"""Công văn (mẫu 1.5): no kind name, "V/v" under the number, "Kính gửi"."""

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.frame import assembled, text_blocks
from spokesdesk.typeset.compose.head import choose_styles, head
from spokesdesk.typeset.compose.tail import signature
from spokesdesk.typeset.document import Document
from spokesdesk.typeset.nd30 import Form


def cong_van(form: Form, letter: Letter) -> Document:
    """Give an official letter."""
    styles = choose_styles(form, letter)
    blocks = [
        head(form, letter, styles, about=True, dated=True),
        *text_blocks(form, letter, styles),
        *signature(form, letter, styles, addressed=bool(letter.addressees)),
    ]
    return assembled(form, letter, styles, blocks)
