"""How the journal's screens name things: labels of fields, kinds of papers, results in a chip."""

from datetime import date

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    VerificationKind,
    VerificationResult,
)


def kinds() -> tuple[tuple[VerificationKind, str], ...]:
    """Give what may be shown, with its name."""
    return (
        (VerificationKind.NONE, _("Chưa xuất trình")),
        (VerificationKind.CARD, _("Thẻ nhà báo")),
        (VerificationKind.LETTER, _("Giấy giới thiệu")),
        (VerificationKind.FOREIGN, _("Báo chí nước ngoài")),
        (VerificationKind.DEFENCE, _("Đến đơn vị quân đội")),
    )


def fields() -> dict[str, str]:
    """Give the label of each field of a draft, so that an error speaks of the label a person sees."""
    return {
        "channel": _("Hình thức tiếp xúc"),
        "received_at": _("Tiếp nhận lúc"),
        "journalist": _("Nhà báo, phóng viên"),
        "outlet": _("Cơ quan báo chí"),
        "topic": _("Chủ đề"),
        "questions": _("Câu hỏi"),
        "given": _("Nội dung đã cung cấp"),
        "given_form": _("Hình thức cung cấp"),
        "answer_event": _("Thời hạn trả lời"),
        "follow_up": _("Việc cần làm tiếp"),
        "follow_up_on": _("Ngày nhắc"),
        "attachments": _("Tệp đính kèm"),
        "occasion": _("Tên cuộc họp báo"),
        "answered_by": _("Người trả lời"),
        "card_number": _("Số thẻ"),
        "card_issued_on": _("Ngày cấp"),
        "card_expires_on": _("Hết hạn (in trên thẻ)"),
        "letter_number": _("Số giấy giới thiệu"),
        "letter_until_on": _("Có giá trị đến"),
        "letter_content": _("Nội dung làm việc"),
        "letter_time": _("Thời gian làm việc"),
        "permit_number": _("Số giấy phép hoặc số thẻ"),
        "permit_until_on": _("Có giá trị đến"),
        "permit_scope": _("Phạm vi ghi trên giấy phép"),
    }


def kind_name(kind: VerificationKind) -> str:
    """Give the name of what was shown."""
    return dict(kinds())[kind]


def chip_of(result: VerificationResult) -> tuple[str, str]:
    """Give the short words of a result and their tone: red, amber, green or neutral."""
    return {
        VerificationResult.CARD_VALID: (_("Thẻ còn hạn"), "green"),
        VerificationResult.CARD_EXPIRED: (_("Thẻ hết hạn"), "red"),
        VerificationResult.CARD_INCOMPLETE: (_("Thẻ chưa đủ"), "amber"),
        VerificationResult.LETTER_VALID: (_("Giấy hợp lệ"), "green"),
        VerificationResult.LETTER_MISSING_SCOPE: (_("Giấy thiếu mục"), "amber"),
        VerificationResult.LETTER_EXPIRED: (_("Giấy hết hạn"), "red"),
        VerificationResult.FOREIGN_PERMIT: (_("Có giấy phép"), "green"),
        VerificationResult.FOREIGN_MISSING: (_("Thiếu giấy phép"), "amber"),
        VerificationResult.FOREIGN_EXPIRED: (_("Hết giấy phép"), "red"),
        VerificationResult.DEFENCE_VALID: (_("Đủ giấy tờ"), "green"),
        VerificationResult.DEFENCE_MISSING: (_("Thiếu giấy tờ"), "amber"),
        VerificationResult.DEFENCE_EXPIRED: (_("Giấy hết hạn"), "red"),
        VerificationResult.NONE: (_("Không giấy tờ"), "neutral"),
    }[result]


def tone_of(result: VerificationResult) -> str:
    """Give the tone of a result."""
    return chip_of(result)[1]


def facts_text(facts: Facts) -> tuple[str, ...]:
    """Give what was read off the papers, a few words each."""
    said: tuple[tuple[str, str], ...]
    match facts:
        case CardFacts():
            said = (
                (_("số {text}"), facts.number),
                (_("cấp ngày {text}"), _day(facts.issued_on)),
                (_("hạn in trên thẻ {text}"), _day(facts.expires_on)),
            )
        case LetterFacts():
            said = (
                (_("số {text}"), facts.number),
                (_("đến ngày {text}"), _day(facts.until_on)),
                ("{text}", _("ghi đúng tên cơ quan ta") if facts.names_us else ""),
                (_("nội dung: {text}"), facts.content),
                (_("thời gian: {text}"), facts.time),
            )
        case ForeignFacts():
            who = _("phóng viên thường trú") if facts.resident else ""
            said = (
                (_("số {text}"), facts.permit_number),
                (_("đến ngày {text}"), _day(facts.until_on)),
                ("{text}", _("trợ lý báo chí") if facts.assistant else who),
                (_("phạm vi: {text}"), facts.scope),
                ("{text}", _("đã xem giấy tờ tùy thân") if facts.identity_shown else ""),
            )
        case DefenceFacts():
            return (*facts_text(facts.letter), *facts_text(facts.card))
        case None:
            return ()
    return tuple(pattern.format(text=text) for pattern, text in said if text)


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""
