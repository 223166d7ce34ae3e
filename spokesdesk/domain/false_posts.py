"""The sheet of a false post (phiếu xử lý tin giả): what was posted, what is so, where that was published."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text

TEXT_LIMIT = 8_000


@dataclass(frozen=True, slots=True)
class FalsePostDraft:
    """The sheet as typed.

    Attributes:
        network: the social network, page or group (nền tảng, trang, nhóm).
        poster: the account that posted it.
        post: the words of the post.
        fact: what is so.
        proof: what proves it.
        published: where the fact was published: release, article, page of the agency.
        published_on: when; None while it was not.
        reported: who was told: platform, authority.
    """

    network: str = ""
    poster: str = ""
    post: str = ""
    fact: str = ""
    proof: str = ""
    published: str = ""
    published_on: date | None = None
    reported: str = ""


@dataclass(frozen=True, slots=True)
class FalsePost:
    """One version of the sheet of an item; the latest holds."""

    id: UUID
    item_id: UUID
    draft: FalsePostDraft
    at: datetime
    author: Ref


def checked_false_post(draft: FalsePostDraft) -> FalsePostDraft:
    """Give a sheet clean; raises UserError naming ``post`` or ``fact`` when they are missing."""
    return replace(
        draft,
        network=clean_line(draft.network, field="network", limit=NAME_LIMIT),
        poster=clean_line(draft.poster, field="poster", limit=NAME_LIMIT),
        post=clean_text(draft.post, field="post", limit=TEXT_LIMIT, required=True),
        fact=clean_text(draft.fact, field="fact", limit=TEXT_LIMIT, required=True),
        proof=clean_text(draft.proof, field="proof", limit=TEXT_LIMIT),
        published=clean_text(draft.published, field="published", limit=TEXT_LIMIT),
        reported=clean_text(draft.reported, field="reported", limit=TEXT_LIMIT),
    )
