"""The other journalists of one contact (nhà báo cùng đến): each with an outlet and a check of papers of its own."""

from dataclasses import dataclass, replace
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, fold
from spokesdesk.domain.verification import Facts, Verification, VerificationKind

COMPANIONS_LIMIT = 30
FIELD = "companions"


@dataclass(frozen=True, slots=True)
class CompanionDraft:
    """One more journalist as typed; names not known yet are created, as those of the first one are."""

    journalist: str = ""
    outlet: str = ""
    journalist_id: UUID | None = None
    outlet_id: UUID | None = None
    verification: VerificationKind = VerificationKind.NONE
    facts: Facts = None


@dataclass(frozen=True, slots=True)
class Companion:
    """One more journalist of a contact, with what the papers shown were worth."""

    journalist: Ref | None
    outlet: Ref | None
    verification: Verification

    @property
    def name(self) -> str:
        """Who came, as lists say it: "Vũ Quốc Huy – Báo Lao Động"."""
        return " – ".join(ref.name for ref in (self.journalist, self.outlet) if ref)


def checked_companions(
    drafts: tuple[CompanionDraft, ...], first: tuple[str, str]
) -> tuple[CompanionDraft, ...]:
    """Give the journalists with clean names; rows in which nobody is named are left out.

    Args:
        drafts: as typed.
        first: name and outlet of the first journalist, who is not to be named again.

    Raises:
        UserError: field ``companions``: too many of them, one named twice, a name too long.
    """
    clean = tuple(made for draft in drafts if (made := _clean(draft)).journalist or made.outlet)
    if len(clean) > COMPANIONS_LIMIT:
        raise UserError("too_many_companions", field=FIELD, limit=COMPANIONS_LIMIT)
    seen = {_key(*first)}
    for each in clean:
        key = _key(each.journalist, each.outlet)
        if each.journalist and key in seen:
            raise UserError("companion_twice", field=FIELD, name=each.journalist)
        seen.add(key)
    return clean


def _clean(draft: CompanionDraft) -> CompanionDraft:
    return replace(
        draft,
        journalist=clean_line(draft.journalist, field=FIELD, limit=NAME_LIMIT),
        outlet=clean_line(draft.outlet, field=FIELD, limit=NAME_LIMIT),
    )


def _key(journalist: str, outlet: str) -> tuple[str, str]:
    return fold(journalist), fold(outlet)
