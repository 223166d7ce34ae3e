"""The report of a checkup as a PDF: A4 pages to print and file."""

from collections.abc import Sequence
from typing import Any

from spokesdesk.domain.language import gettext as _
from spokesdesk.typeset.a4 import space
from spokesdesk.typeset.report import line, pages, signatures


def checkup_pdf(lines: Sequence[str], *, author: str, by: str) -> bytes:
    """Give the report as a PDF; equal reports give equal bytes.

    Args:
        lines: the title first; an empty one makes room.
        author: the agency.
        by: who had it made; signs at the left.
    """
    title, *rest = lines
    story: list[Any] = [line(title, 14, bold=True, centred=True), space(3)]
    story += [line(text, 11) if text else space(3) for text in rest]
    story += [space(6), signatures(_("Người kiểm tra"), _("Người phụ trách"), by)]
    return pages(
        story, title=title, author=author, foot=_("Báo cáo kiểm tra bàn làm việc – trang") + " {page}"
    )
