"""The result of a check of signatures as a PDF to print: the verdict, the file, the facts of each."""

import io
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from spokesdesk.domain import verdicts
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.signing import Verdict
from spokesdesk.typeset.faces import NAMES, face_at, faces

_MM = 72 / 25.4
_NAME_MM, _VALUE_MM = 52, 118


def report(name: str, sha256: str, size: int, at: datetime, verdict: Verdict) -> bytes:
    """Give the report.

    Args:
        name: of the file checked.
        sha256: of its bytes, hex.
        size: bytes.
        at: UTC, when it was checked; printed in Vietnam's zone.
        verdict: what was found.
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    faces()
    rl_config.invariant = 1
    made = io.BytesIO()
    page = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=22 * _MM,
        rightMargin=18 * _MM,
        topMargin=20 * _MM,
        bottomMargin=20 * _MM,
        title=_("Kết quả kiểm tra chữ ký số"),
        author="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    page.build(_story(name, sha256, size, at, verdict))
    return made.getvalue()


def _story(name: str, sha256: str, size: int, at: datetime, verdict: Verdict) -> list[Any]:
    from reportlab.platypus import Paragraph, Spacer

    plain, bold = _style(12, bold=False), _style(12, bold=True)
    _tone, sentence = verdicts.headline(verdict)
    about = (
        (_("Tệp"), name),
        (_("Dung lượng"), _("{size} byte").format(size=f"{size:,}".replace(",", "."))),
        ("SHA-256", sha256),
        (_("Kiểm tra lúc"), verdicts.moment(at)),
    )
    story: list[Any] = [
        Paragraph(escape(_("KẾT QUẢ KIỂM TRA CHỮ KÝ SỐ")), _style(14, bold=True, centred=True)),
        Spacer(1, 10),
        _table(about),
        Spacer(1, 10),
        Paragraph(escape(sentence), bold),
        Spacer(1, 6),
    ]
    for at_, one in enumerate(verdict.signatures, 1):
        whose = verdicts.whose(one)
        head = _("Chữ ký {n}").format(n=at_) + (f" ({whose})" if whose else "")
        story += [Spacer(1, 8), Paragraph(escape(f"{head}: {verdicts.short(one)}"), bold), Spacer(1, 3)]
        story.append(_table(verdicts.facts(one)))
    last = _("Kết quả do chương trình SpokesDesk lập từ tệp có mã SHA-256 nêu trên; tệp đổi thì kết quả đổi.")
    return [*story, Spacer(1, 12), Paragraph(escape(last), plain)]


def _table(rows: tuple[tuple[str, str], ...]) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table, TableStyle

    plain = _style(11, bold=False)
    cells = [
        [Paragraph(escape(name), plain), Paragraph(escape(_broken(value)), plain)] for name, value in rows
    ]
    table = Table(cells, colWidths=[_NAME_MM * _MM, _VALUE_MM * _MM], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _broken(value: str) -> str:
    """Let a long hash break: 32 letters a line."""
    if len(value) <= 48 or " " in value:
        return value
    return " ".join(value[at : at + 32] for at in range(0, len(value), 32))


def _style(size: float, *, bold: bool, centred: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    name = NAMES[face_at(bold=bold, italic=False)]
    alignment = 1 if centred else 0
    return ParagraphStyle(
        f"report-{size}-{bold}-{centred}",
        fontName=name,
        fontSize=size,
        leading=size * 1.25,
        alignment=alignment,
    )
