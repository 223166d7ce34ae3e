"""The journalist's slip (phiếu tiếp nhận): what was noted, by whom, and what may not be demanded."""

import io

from spokesdesk import assets
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency

_FACES = {"SlipText": "LiberationSerif-Regular.ttf", "SlipBold": "LiberationSerif-Bold.ttf"}


def slip_pdf(entry: Contact, agency: Agency) -> bytes:
    """Give the slip as a PDF of A5 pages.

    Args:
        entry: the contact; equal entries give equal bytes.
        agency: printed at the top, with its phone and address.

    Source:
        Personal-data notice: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 3 khoản 2 (purpose).
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A5
    from reportlab.platypus import SimpleDocTemplate

    _register()
    rl_config.invariant = 1
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=A5,
        leftMargin=40,
        rightMargin=40,
        topMargin=34,
        bottomMargin=34,
        title=_("Phiếu tiếp nhận"),
        author=agency.name,
        initialFontName="SlipText",
        lang="vi-VN",
    )
    page.build(_story(entry, agency))
    return out.getvalue()


def _register() -> None:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Else reportlab lists an unembedded Helvetica in every file.
    rl_config.canvas_basefontname = "SlipText"
    for name, file in _FACES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(assets.path("fonts", file))))


def _story(entry: Contact, agency: Agency) -> list[object]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import HRFlowable, Paragraph, Spacer

    text = ParagraphStyle("text", fontName="SlipText", fontSize=10.5, leading=14.5, spaceAfter=3)
    bold = ParagraphStyle("bold", parent=text, fontName="SlipBold")
    head = ParagraphStyle(
        "head", parent=bold, fontSize=14, leading=19, alignment=1, spaceBefore=8, spaceAfter=8
    )
    story: list[object] = [Paragraph(_safe(agency.name.upper()), bold)]
    address = " · ".join(part for part in (agency.address, agency.phone, agency.email) if part)
    story += [Paragraph(_safe(address), text)] if address else []
    story += [
        HRFlowable(width="100%", thickness=0.6),
        Paragraph(_("PHIẾU TIẾP NHẬN THÔNG TIN BÁO CHÍ"), head),
    ]
    for label, value in _lines(entry):
        story.append(Paragraph(f'<font name="SlipBold">{_safe(label)}:</font> {_safe(value)}', text))
    story += [Spacer(1, 6), HRFlowable(width="100%", thickness=0.4)]
    story += [Paragraph(_safe(item), text) for item in entry.verification.may_not_demand]
    story.append(Paragraph(_safe(_notice()), text))
    return story


def _lines(entry: Contact) -> list[tuple[str, str]]:
    lines = [
        (_("Tiếp nhận lúc"), f"{to_vn(entry.received_at):%H:%M, %d/%m/%Y}"),
        (_("Nhà báo, phóng viên"), entry.journalist.name if entry.journalist else _("không nêu tên")),
        (_("Cơ quan báo chí"), entry.outlet.name if entry.outlet else _("không nêu")),
        (_("Giấy tờ"), entry.verification.result.wording),
        *((_("Lý do"), reason) for reason in entry.verification.reasons),
        (_("Nội dung"), entry.topic),
        *((_("Câu hỏi {n}").format(n=n), text) for n, text in enumerate(entry.questions, 1)),
    ]
    lines += [(_("Đã cung cấp"), entry.given)] if entry.given else []
    lines += [(_("Hẹn"), entry.follow_up)] if entry.follow_up else []
    if entry.due and entry.due.due_at:
        lines.append((_("Thời hạn trả lời"), f"{entry.due.wording} – {entry.due.citation}"))
    return [*lines, (_("Người tiếp"), entry.author.name), (_("Mã số"), str(entry.id))]


def _notice() -> str:
    return _(
        "Thông tin liên hệ của nhà báo chỉ được dùng để tiếp nhận, trả lời và thống kê việc cung cấp thông tin cho "
        "báo chí; không công bố, không chuyển cho bên khác. Buổi làm việc có thể được ghi âm và sẽ được báo trước."
    )


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; line breaks are kept."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
