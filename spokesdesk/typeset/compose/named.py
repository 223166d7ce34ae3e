"""Papers with a kind name (mẫu 1.4 and 1.7): báo cáo, tờ trình, kế hoạch, thông báo, giấy ủy quyền, giấy mời."""

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.frame import assembled, text_blocks, title_block
from spokesdesk.typeset.compose.head import choose_styles, head
from spokesdesk.typeset.compose.tail import signature
from spokesdesk.typeset.document import Document
from spokesdesk.typeset.nd30 import Form


def named(form: Form, letter: Letter) -> Document:
    """Give a paper that states its kind above its subject."""
    styles = choose_styles(form, letter)
    addressed = bool(letter.addressees) and form.kinds[letter.kind].addressees
    blocks = [
        head(form, letter, styles, about=False, dated=True),
        *title_block(form, letter, styles),
        *text_blocks(form, letter, styles),
        *signature(form, letter, styles, addressed=addressed),
    ]
    return assembled(form, letter, styles, blocks)
