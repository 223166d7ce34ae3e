"""A letter without a fault, to put one fault at a time into, and how its findings are read."""

from datetime import date

from spokesdesk.domain.letters import Letter, LetterKind, Signer, tidied
from spokesdesk.typeset.lint import Finding, Level, lint

GOOD = Letter(
    LetterKind.CONG_VAN,
    parent_agency="UBND TỈNH LONG AN",
    agency="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    number=214,
    symbol="STTTT-TTBCXB",
    place="Long An",
    date_on=date(2018, 3, 12),
    subject="đề nghị cải chính thông tin",
    addressees=("Báo Điện tử Ví Dụ",),
    body="Sở Thông tin và Truyền thông đề nghị quý Báo cải chính.",
    recipients=("Như trên", "UBND tỉnh (để báo cáo)"),
    archive="VT, TTBCXB",
    signers=(Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Văn An"),),
)


def with_body(body: str) -> Letter:
    """Give the good letter with another text."""
    from dataclasses import replace

    return replace(GOOD, body=body)


def changes(letter: Letter, rule: str) -> list[tuple[str, str]]:
    """Give what a rule found in a body: the words, and what should stand there."""
    body = tidied(letter).body
    return [(body[each.start : each.end], each.suggestion) for each in of(letter, rule, "body")]


def of(letter: Letter, rule: str, field: str = "") -> list[Finding]:
    """Give the findings of a rule, in one field when it is named."""
    return [each for each in lint(letter) if each.rule == rule and field in ("", each.field)]


def graves(letter: Letter) -> list[tuple[str, str]]:
    """Give rule and field of each error."""
    return [(each.rule, each.field) for each in lint(letter) if each.level is Level.ERROR]
