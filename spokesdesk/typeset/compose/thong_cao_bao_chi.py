"""Thông cáo báo chí (mẫu 1.4, code TC): kind name and subject, no "Kính gửi"."""

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose.named import named
from spokesdesk.typeset.document import Document
from spokesdesk.typeset.nd30 import Form


def thong_cao_bao_chi(form: Form, letter: Letter) -> Document:
    """Give a press release."""
    return named(form, letter)
