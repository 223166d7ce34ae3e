"""The library of instruments (thư viện văn bản): the agency's own entries, and packs of rules that were taken."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import clean_line, clean_text

NAME_LIMIT, TITLE_LIMIT, TEXT_LIMIT = 200, 500, 2_000_000


@dataclass(frozen=True, slots=True)
class TakenPack:
    """A pack of rules that was taken.

    Attributes:
        kind: ``law`` or ``local``.
        content: the file as it came.
        at: UTC, when it was taken.
        dropped_at: UTC, when it was put away; None: in use unless a later one replaced it.
    """

    id: UUID
    kind: str
    name: str
    version: str
    content: str
    at: datetime
    author: Ref
    dropped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LawDraft:
    """An instrument as typed.

    Attributes:
        name: kind and number as cited, ``Quyết định số 12/2026/QĐ-UBND``.
        key: the rule pack's instrument that text or file belong to; "" for one of the agency's own.
        file: kept before, by hash.
    """

    name: str
    title: str
    issued_on: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    text: str = ""
    file: Attachment | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class LawEntry:
    """An instrument the agency keeps; ``at`` is when it was last saved (UTC)."""

    id: UUID
    draft: LawDraft
    at: datetime
    author: Ref


def checked(draft: LawDraft) -> LawDraft:
    """Give the draft with its texts tidied.

    Raises:
        UserError: naming ``law_name``, ``law_title``, ``law_text`` or ``law_to``.
    """
    if draft.from_on and draft.to_on and draft.to_on < draft.from_on:
        raise UserError("law_force", field="law_to")
    return replace(
        draft,
        name=clean_line(draft.name, field="law_name", limit=NAME_LIMIT, required=True),
        title=clean_line(draft.title, field="law_title", limit=TITLE_LIMIT, required=True),
        text=clean_text(draft.text, field="law_text", limit=TEXT_LIMIT),
    )
