"""What the press published (điểm báo): Article with its snapshot, and the Claims in it that we answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text

ARTICLE_LIMIT = 500_000
CLAIM_LIMIT = 4_000
URL_LIMIT = 2_000


class Verdict(StrEnum):
    """What we found of a claim (đánh giá)."""

    FALSE = "false"  # sai sự thật
    INACCURATE = "inaccurate"  # không chính xác
    MISLEADING = "misleading"  # gây hiểu lầm


class Ask(StrEnum):
    """What we ask of the outlet (yêu cầu)."""

    CORRECTION = "correction"  # cải chính, xin lỗi
    RESPONSE = "response"  # đăng phản hồi
    REMOVAL = "removal"  # gỡ bỏ


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that an article says and that is not so (nội dung báo nêu).

    Attributes:
        quote: the words as published.
        start: offset of the quote in the article's text, None when it is not found there.
        fact: what is so.
        proof: what proves it.
        ground: where the fact or the demand is founded (căn cứ), "" when the letter's legal bases do.
    """

    id: UUID
    quote: str
    fact: str
    proof: str = ""
    ground: str = ""
    verdict: Verdict = Verdict.INACCURATE
    start: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as typed or pasted, before it is checked; ``published_at`` UTC."""

    outlet: str
    title: str
    published_at: datetime
    outlet_id: UUID | None = None
    url: str = ""
    byline: str = ""
    section: str = ""
    text: str = ""
    snapshot: Attachment | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as found, kept with a snapshot by hash (bài báo).

    Attributes:
        published_at: UTC; the law in force on this day sets the clocks.
        found_at: UTC.
        text_sha256: hash of the text that the claims' offsets point into.
    """

    id: UUID
    outlet: Ref
    title: str
    published_at: datetime
    found_at: datetime
    author: Ref
    url: str = ""
    byline: str = ""
    section: str = ""
    text: str = ""
    text_sha256: str = ""
    snapshot: Attachment | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a list shows it."""

    n: int
    id: UUID
    published_at: datetime
    outlet: str
    title: str
    claims: int


def checked_claim(claim: Claim, text: str) -> Claim:
    """Give the claim clean, with the offset of its quote in the article's text.

    Raises:
        UserError: ``quote`` or ``fact`` is missing or too long.
    """
    quote = clean_text(claim.quote, field="quote", limit=CLAIM_LIMIT)
    if not quote:
        raise UserError("field_required", field="quote")
    fact = clean_text(claim.fact, field="fact", limit=CLAIM_LIMIT)
    if not fact:
        raise UserError("field_required", field="fact")
    start = text.find(quote)
    return Claim(
        id=claim.id,
        quote=quote,
        fact=fact,
        proof=clean_text(claim.proof, field="proof", limit=CLAIM_LIMIT),
        ground=clean_text(claim.ground, field="ground", limit=CLAIM_LIMIT),
        verdict=claim.verdict,
        start=start if start >= 0 else None,
    )


def checked_article(draft: ArticleDraft) -> ArticleDraft:
    """Give the draft with clean text and claims; raises UserError naming the field."""
    text = clean_text(draft.text, field="text", limit=ARTICLE_LIMIT)
    outlet = clean_line(draft.outlet, field="outlet", limit=NAME_LIMIT)
    if not (outlet or draft.outlet_id):
        raise UserError("field_required", field="outlet")
    url = clean_line(draft.url, field="url", limit=URL_LIMIT)
    if url and not url.lower().startswith(("http://", "https://")):
        raise UserError("url_form", field="url")
    return ArticleDraft(
        outlet=outlet,
        outlet_id=draft.outlet_id,
        title=clean_line(draft.title, field="title", limit=500, required=True),
        published_at=draft.published_at,
        url=url,
        byline=clean_line(draft.byline, field="byline", limit=NAME_LIMIT),
        section=clean_line(draft.section, field="section", limit=NAME_LIMIT),
        text=text,
        snapshot=draft.snapshot,
        claims=tuple(checked_claim(claim, text) for claim in draft.claims),
    )
