"""Judging what a person showed, one way for each kind of papers."""

from collections.abc import Callable
from datetime import date

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import RulePack
from spokesdesk.domain.text import short_date
from spokesdesk.domain.verification.cards import judge_card
from spokesdesk.domain.verification.demands import may_not_demand, reason
from spokesdesk.domain.verification.records import (
    DefenceFacts,
    Facts,
    ForeignFacts,
    Judged,
    LetterFacts,
    Verification,
    VerificationKind,
    VerificationResult,
    absent,
)


def verify(kind: VerificationKind, facts: Facts, on: date, pack: RulePack) -> Verification:
    """Judge what a person showed by the law of that day.

    Args:
        kind: what was shown.
        facts: what was read off it; None or facts of another kind count as nothing read.
        on: the day of the contact in Vietnam.
        pack: the law as data.

    Source: Luật Báo chí 2016, Điều 25, 28; Luật Báo chí 2025, Điều 27, 28; văn bản ghi trong từng lý do.
    """
    result, reasons = _JUDGES[kind](facts, on, pack)
    return Verification(kind, result, tuple(reasons), may_not_demand(kind, on, pack), facts)


def _judge_letter(facts: Facts, on: date, pack: RulePack) -> Judged:
    letter = facts if isinstance(facts, LetterFacts) else LetterFacts()
    kind = VerificationKind.LETTER
    late, missing, unscoped = _letter_faults(letter, on)
    reasons = [reason(each, "letter", kind, on, pack) for each in [*late, *missing]]
    reasons += [reason(each, "letter_scope", kind, on, pack) for each in unscoped]
    if late:
        return VerificationResult.LETTER_EXPIRED, reasons
    if reasons:
        return VerificationResult.LETTER_MISSING_SCOPE, reasons
    sentence = _("Giấy giới thiệu còn hạn, nêu cơ quan, nội dung và thời gian làm việc")
    return VerificationResult.LETTER_VALID, [reason(sentence, "letter", kind, on, pack)]


def _letter_faults(letter: LetterFacts, on: date) -> tuple[list[str], list[str], list[str]]:
    late = []
    if letter.until_on is not None and letter.until_on < on:
        late.append(_("Giấy giới thiệu hết hạn từ sau ngày {day}").format(day=short_date(letter.until_on)))
    missing = absent(
        (not letter.number.strip(), _("Chưa có số giấy giới thiệu")),
        (letter.until_on is None, _("Chưa ghi thời hạn của giấy giới thiệu")),
    )
    unscoped = absent(
        (not letter.names_us, _("Giấy giới thiệu không nêu cơ quan đến làm việc")),
        (not letter.content.strip(), _("Giấy giới thiệu không nêu nội dung làm việc")),
        (not letter.time.strip(), _("Giấy giới thiệu không nêu thời gian làm việc")),
    )
    return late, missing, unscoped


def _judge_foreign(facts: Facts, on: date, pack: RulePack) -> Judged:
    foreign = facts if isinstance(facts, ForeignFacts) else ForeignFacts()
    about = "resident" if foreign.resident else "permit"
    if foreign.until_on is not None and foreign.until_on < on:
        said = _("Giấy tờ hết hạn từ sau ngày {day}").format(day=short_date(foreign.until_on))
        result, said_all = VerificationResult.FOREIGN_EXPIRED, [said]
    else:
        number = (
            _("Chưa có số thẻ phóng viên thường trú")
            if foreign.resident
            else _("Chưa có số giấy phép hoạt động của Bộ Ngoại giao")
        )
        said_all = absent(
            (not foreign.permit_number.strip(), number),
            (foreign.until_on is None, _("Chưa ghi thời hạn của giấy phép hoặc thẻ")),
        )
        result = VerificationResult.FOREIGN_MISSING if said_all else VerificationResult.FOREIGN_PERMIT
    said_all = said_all or [_("Giấy tờ còn hạn; chỉ được hoạt động trong phạm vi đã được phép")]
    return result, [reason(each, about, VerificationKind.FOREIGN, on, pack) for each in said_all]


def _judge_defence(facts: Facts, on: date, pack: RulePack) -> Judged:
    shown = facts if isinstance(facts, DefenceFacts) else DefenceFacts()
    letter = shown.letter
    late, unnumbered, unscoped = _letter_faults(letter, on) if letter else ([], [], [])
    missing = unnumbered + unscoped
    missing += absent(
        (not shown.identity_shown, _("Chưa xuất trình giấy tờ tùy thân")),
        (
            letter is None,
            _("Chưa có giấy giới thiệu của cơ quan báo chí, của cơ quan chính trị hoặc giấy mời của đơn vị"),
        ),
        (
            letter is not None and shown.letter_from_press and not shown.signed_by_head,
            _("Giấy giới thiệu chưa do người đứng đầu hoặc cấp phó của cơ quan báo chí ký"),
        ),
        (
            letter is not None and shown.letter_from_press and not shown.sealed,
            _("Giấy giới thiệu chưa đóng dấu"),
        ),
    )
    result = VerificationResult.DEFENCE_MISSING if missing else VerificationResult.DEFENCE_VALID
    if late:
        result = VerificationResult.DEFENCE_EXPIRED
    said = [*late, *missing] or [_("Đủ giấy tờ tùy thân và giấy giới thiệu")]
    return result, [reason(each, "defence", VerificationKind.DEFENCE, on, pack) for each in said]


def _judge_none(facts: Facts, on: date, pack: RulePack) -> Judged:
    said = _("Chưa xuất trình giấy tờ; có thể đề nghị thẻ nhà báo hoặc giấy giới thiệu, không phải cả hai")
    return VerificationResult.NONE, [reason(said, "letter", VerificationKind.NONE, on, pack)]


_JUDGES: dict[VerificationKind, Callable[[Facts, date, RulePack], Judged]] = {
    VerificationKind.CARD: judge_card,
    VerificationKind.LETTER: _judge_letter,
    VerificationKind.FOREIGN: _judge_foreign,
    VerificationKind.DEFENCE: _judge_defence,
    VerificationKind.NONE: _judge_none,
}
