"""What was shown and what it is worth, as records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spokesdesk.domain.language import gettext as _


class VerificationKind(StrEnum):
    """What the person showed."""

    CARD = "card"
    LETTER = "letter"
    FOREIGN = "foreign"
    DEFENCE = "defence"
    NONE = "none"


class VerificationResult(StrEnum):
    """What it is worth; the wording is what lists and slips show."""

    CARD_VALID = "card_valid"
    CARD_EXPIRED = "card_expired"
    CARD_INCOMPLETE = "card_incomplete"
    LETTER_VALID = "letter_valid"
    LETTER_MISSING_SCOPE = "letter_missing_scope"
    LETTER_EXPIRED = "letter_expired"
    FOREIGN_PERMIT = "foreign_permit"
    FOREIGN_MISSING = "foreign_missing"
    FOREIGN_EXPIRED = "foreign_expired"
    DEFENCE_VALID = "defence_valid"
    DEFENCE_MISSING = "defence_missing"
    DEFENCE_EXPIRED = "defence_expired"
    NONE = "none"

    @property
    def is_good(self) -> bool:
        """Whether the papers are in order."""
        return self in _GOOD

    @property
    def wording(self) -> str:
        """The result in a few Vietnamese words."""
        return {
            VerificationResult.CARD_VALID: _("Thẻ nhà báo còn giá trị"),
            VerificationResult.CARD_EXPIRED: _("Thẻ nhà báo hết giá trị"),
            VerificationResult.CARD_INCOMPLETE: _("Chưa đủ thông tin về thẻ"),
            VerificationResult.LETTER_VALID: _("Giấy giới thiệu còn giá trị"),
            VerificationResult.LETTER_MISSING_SCOPE: _("Giấy giới thiệu thiếu nội dung"),
            VerificationResult.LETTER_EXPIRED: _("Giấy giới thiệu hết hạn"),
            VerificationResult.FOREIGN_PERMIT: _("Giấy tờ báo chí nước ngoài còn giá trị"),
            VerificationResult.FOREIGN_MISSING: _("Thiếu giấy tờ báo chí nước ngoài"),
            VerificationResult.FOREIGN_EXPIRED: _("Giấy tờ báo chí nước ngoài hết hạn"),
            VerificationResult.DEFENCE_VALID: _("Đủ giấy tờ theo quy định của Bộ Quốc phòng"),
            VerificationResult.DEFENCE_MISSING: _("Thiếu giấy tờ theo quy định của Bộ Quốc phòng"),
            VerificationResult.DEFENCE_EXPIRED: _("Giấy giới thiệu đến đơn vị quân đội hết hạn"),
            VerificationResult.NONE: _("Chưa xuất trình giấy tờ"),
        }[self]


_GOOD = frozenset(
    {
        VerificationResult.CARD_VALID,
        VerificationResult.LETTER_VALID,
        VerificationResult.FOREIGN_PERMIT,
        VerificationResult.DEFENCE_VALID,
    }
)


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a press card says (thẻ nhà báo).

    Attributes:
        number: as printed.
        issued_on: day of issue.
        expires_on: the end printed on the card, when it could be read.
    """

    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter of introduction says (giấy giới thiệu).

    Attributes:
        number: number and sign.
        until_on: last day of validity.
        names_us: it names the agency that is visited.
        content: what it says the work is about.
        time: the time of work it states.
    """

    number: str = ""
    until_on: date | None = None
    names_us: bool = False
    content: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class ForeignFacts:
    """What a foreign reporter showed.

    Attributes:
        permit_number: of the Foreign Ministry's permit; of the card for a resident reporter.
        until_on: last day of validity.
        resident: a resident reporter (phóng viên thường trú).
        assistant: a press assistant (trợ lý báo chí) of a resident office.
        identity_shown: passport or identity card was seen (it is neither copied nor kept).
        scope: what the permit allows, as it says.
    """

    permit_number: str = ""
    until_on: date | None = None
    resident: bool = False
    assistant: bool = False
    identity_shown: bool = False
    scope: str = ""


@dataclass(frozen=True, slots=True)
class DefenceFacts:
    """What was shown to a body under Bộ Quốc phòng.

    Attributes:
        identity_shown: an identity paper was shown (it is neither copied nor kept).
        letter: the press agency's or political body's letter, or the unit's invitation.
        letter_from_press: the letter is the press agency's own.
        signed_by_head: signed by the head or a deputy of the press agency.
        sealed: it bears the seal.
        card: the press card, if the person has one.
        names_holder: the letter states name and post of the person.
    """

    identity_shown: bool = False
    letter: LetterFacts | None = None
    letter_from_press: bool = True
    signed_by_head: bool = False
    sealed: bool = False
    card: CardFacts | None = None
    names_holder: bool = False


Facts = CardFacts | LetterFacts | ForeignFacts | DefenceFacts | None


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of a check, as it is kept and printed.

    Attributes:
        kind: what was shown.
        result: what it is worth.
        reasons: why, sentence by sentence, each with its citation.
        may_not_demand: what may not be demanded of this person, each with its citation.
        facts: what was read off the papers.
    """

    kind: VerificationKind
    result: VerificationResult
    reasons: tuple[str, ...]
    may_not_demand: tuple[str, ...]
    facts: Facts = None


Judged = tuple[VerificationResult, list[str]]


def absent(*checks: tuple[bool, str]) -> list[str]:
    """Give the sentences of the checks that found something missing.

    Args:
        checks: whether it is missing, and the sentence that says so.
    """
    return [sentence for missing, sentence in checks if missing]
