"""The journalist's slip (phiếu tiếp nhận): what was noted, by whom, and what may not be demanded."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.answers import answers_by_question
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.journal_words import channel_name, given_form_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency
from spokesdesk.domain.text import short_date
from spokesdesk.domain.verification import Verification
from spokesdesk.domain.verification.saying import footnoted, joined

_FACES = {"SlipText": "LiberationSerif-Regular.ttf", "SlipBold": "LiberationSerif-Bold.ttf"}

# Stands for a line break inside a value while the doubts are gathered from all of them.
_BREAK = "\x1f"


def slip_pdf(entry: Contact, agency: Agency, words: Mapping[str, Any]) -> bytes:
    """Give the slip as a PDF of A5 pages.

    Args:
        entry: the contact; equal entries give equal bytes.
        agency: printed at the top, with its phone and address.
        words: wording of the notices with their citations, ``resources/templates/slip.toml``.
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
    page.build(_story(entry, agency, words))
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


def _story(entry: Contact, agency: Agency, words: Mapping[str, Any]) -> list[object]:
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
        Paragraph(_safe(words["title"]["text"]), head),
    ]
    told = footnoted(
        "\n".join(value.replace("\n", _BREAK) for _label, value in [*_lines(entry), *_barred(entry)])
    )
    values = [value.replace(_BREAK, "\n") for value in told.split("\n")]
    labels = [label for label, _value in _lines(entry)]
    for label, value in zip(labels, values, strict=False):
        story.append(Paragraph(f'<font name="SlipBold">{_safe(label)}:</font> {_safe(value)}', text))
    story += [Spacer(1, 6), HRFlowable(width="100%", thickness=0.4)]
    story += [Paragraph(_safe(item), text) for item in values[len(labels) :]]
    story += [Paragraph(_safe(item), text) for item in _notices(entry, words)]
    return story


def _lines(entry: Contact) -> list[tuple[str, str]]:
    occasion = f" – {entry.occasion}" if entry.occasion else ""
    lines = [
        (_("Tiếp nhận lúc"), _moment(entry.received_at)),
        (
            _("Ghi vào sổ lúc"),
            _moment(entry.entered_at) + (_(" (ghi muộn quá 24 giờ)") if entry.is_late else ""),
        ),
        (_("Hình thức"), f"{channel_name(entry.channel)}{occasion}"),
        (_("Nhà báo, phóng viên"), entry.journalist.name if entry.journalist else _("không nêu tên")),
        (_("Cơ quan báo chí"), entry.outlet.name if entry.outlet else _("không nêu")),
        *_checked(entry.verification),
    ]
    for companion in entry.companions:
        lines += [(_("Cùng đến"), companion.name), *_checked(companion.verification)]
    lines += [(_("Nội dung"), entry.topic), *_asked(entry)]
    lines += [
        (
            _("Đã cung cấp"),
            " – ".join(part for part in (each.text, given_form_name(each.form).lower()) if part),
        )
        for each in entry.all_givens
    ]
    lines += [(_("Người trả lời"), entry.answered_by)] if entry.answered_by else []
    if entry.follow_up or entry.follow_up_on:
        on = short_date(entry.follow_up_on) if entry.follow_up_on else ""
        lines.append((_("Hẹn"), " – ".join(part for part in (entry.follow_up, on) if part)))
    if entry.due and entry.due.due_at:
        lines.append((_("Thời hạn trả lời"), f"{entry.due.wording} – {entry.due.citation}"))
    return [*lines, (_("Người tiếp"), entry.author.name), (_("Mã số"), str(entry.id))]


def _checked(checked: Verification) -> list[tuple[str, str]]:
    reasons = joined(checked.reasons)
    return [(_("Giấy tờ"), checked.result.wording), *((_("Lý do"), each) for each in reasons)]


def _asked(entry: Contact) -> list[tuple[str, str]]:
    lines = []
    found = answers_by_question(entry.questions, entry.answers)
    for n, (question, answers) in enumerate(zip(entry.questions, found, strict=True), 1):
        lines.append((_("Câu hỏi {n}").format(n=n), question))
        for each in answers:
            said = ", ".join(part for part in (each.answered_by, _moment(each.answered_at)) if part)
            lines.append((_("Trả lời ({said})").format(said=said), each.text))
        lines += [] if answers else [(_("Trả lời"), _("chưa trả lời"))]
    for each in entry.replies:
        said = ", ".join(part for part in (each.answered_by, _moment(each.answered_at)) if part)
        lines += [
            (_("Câu hỏi đã hỏi trước"), each.asked),
            (_("Trả lời ({said})").format(said=said), each.text),
        ]
    return lines


def _barred(entry: Contact) -> list[tuple[str, str]]:
    """Give what may not be demanded of anybody who came, each sentence once."""
    checks = (entry.verification, *(each.verification for each in entry.companions))
    found = dict.fromkeys(sentence for checked in checks for sentence in checked.may_not_demand)
    return [("", sentence) for sentence in joined(tuple(found))]


def _notices(entry: Contact, words: Mapping[str, Any]) -> list[str]:
    recording, personal = words["recording"], words["personal_data"]
    said = recording["announced"] if entry.recorded else recording["possible"]
    notices = ((said, recording["citation"]), (personal["text"], personal["citation"]))
    return [f"{sentence.removesuffix('.')} ({citation})." for sentence, citation in notices]


def _moment(at: datetime) -> str:
    return f"{to_vn(at):%H:%M, %d/%m/%Y}"


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; line breaks are kept."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
