"""From a letter to a document: one file per kind of paper."""

from collections.abc import Callable

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import Letter, LetterKind, check, tidied
from spokesdesk.typeset.compose.bien_ban import bien_ban
from spokesdesk.typeset.compose.cong_van import cong_van
from spokesdesk.typeset.compose.named import named
from spokesdesk.typeset.compose.thong_cao_bao_chi import thong_cao_bao_chi
from spokesdesk.typeset.document import Document
from spokesdesk.typeset.nd30 import Form, form

_KINDS: dict[LetterKind, Callable[[Form, Letter], Document]] = {
    LetterKind.CONG_VAN: cong_van,
    LetterKind.THONG_CAO_BAO_CHI: thong_cao_bao_chi,
    LetterKind.BAO_CAO: named,
    LetterKind.TO_TRINH: named,
    LetterKind.KE_HOACH: named,
    LetterKind.THONG_BAO: named,
    LetterKind.GIAY_UY_QUYEN: named,
    LetterKind.GIAY_MOI: named,
    LetterKind.BIEN_BAN: bien_ban,
}


def compose(letter: Letter) -> Document:
    """Give the document that .docx, PDF and preview are drawn from.

    Args:
        letter: any letter; empty fields leave their place empty, so that one still being written can be seen.

    Returns:
        The document in the form of Nghị định 30/2020/NĐ-CP; equal letters give equal documents.

    Raises:
        UserError: ``letter_kind_unsupported``; ``letter_table_too_wide``; what ``domain.letters.check`` refuses.
    """
    check(letter)
    if letter.kind not in _KINDS:
        raise UserError("letter_kind_unsupported", field="kind", kind=str(letter.kind))
    return _KINDS[letter.kind](form(), tidied(letter))
