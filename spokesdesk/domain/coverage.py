"""What the press published (điểm báo): Article with its snapshot, and the Claims in it that we answer."""

from dataclasses import dataclass, replace
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
LINKS_LIMIT = 20


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
        start: offset of the quote in the reading it was marked in, None when it is not found there.
        fact: what is so.
        proof: what proves it, in words.
        ground: where the fact or the demand is founded (căn cứ), "" when the letter's legal bases do.
        asks: what is asked of the outlet about it; an old claim asks for a correction.
        files: evidence kept by hash.
        papers: papers of ours that prove it, each with its name.
        links: addresses where the fact was published.
        text_sha256: hash of the reading that ``start`` points into, "" for a claim marked before it was noted.
        corrects: the claim that this one is the later wording of.
    """

    id: UUID
    quote: str
    fact: str
    proof: str = ""
    ground: str = ""
    verdict: Verdict = Verdict.INACCURATE
    start: int | None = None
    asks: tuple[Ask, ...] = (Ask.CORRECTION,)
    files: tuple[Attachment, ...] = ()
    papers: tuple[Ref, ...] = ()
    links: tuple[str, ...] = ()
    text_sha256: str = ""
    corrects: UUID | None = None


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
        text: as it was read last.
        text_sha256: hash of that text.
        readings: how many times the text was kept; 1 when it was never read again.
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
    readings: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an article as it was read again: pasted anew, or taken by a fuller capture."""

    id: UUID
    article_id: UUID
    text: str
    text_sha256: str
    at: datetime
    author: Ref
    snapshot: Attachment | None = None


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

    Args:
        claim: as typed; its ``start`` tells two places of the same words apart.
        text: the reading it was marked in.

    Raises:
        UserError: ``quote``, ``fact`` or ``asks`` is missing, a text is too long, a link is none.
    """
    quote = clean_text(claim.quote, field="quote", limit=CLAIM_LIMIT)
    fact = clean_text(claim.fact, field="fact", limit=CLAIM_LIMIT)
    for field, filled in (("quote", quote), ("fact", fact), ("asks", claim.asks)):
        if not filled:
            raise UserError("field_required", field=field)
    return replace(
        claim,
        quote=quote,
        fact=fact,
        proof=clean_text(claim.proof, field="proof", limit=CLAIM_LIMIT),
        ground=clean_text(claim.ground, field="ground", limit=CLAIM_LIMIT),
        start=nearest(text, quote, claim.start),
        asks=tuple(ask for ask in Ask if ask in claim.asks),
        links=_checked_links(claim.links),
    )


def nearest(text: str, quote: str, at: int | None) -> int | None:
    """Give where a quote stands in a text: at the offset given, else where it stands nearest to it."""
    if not quote:
        return None
    if at is not None and at >= 0 and text.startswith(quote, at):
        return at
    places = []
    found = text.find(quote)
    while found >= 0:
        places.append(found)
        found = text.find(quote, found + 1) if at is not None else -1
    return min(places, key=lambda place: abs(place - (at or 0)), default=None)


def _checked_links(links: tuple[str, ...]) -> tuple[str, ...]:
    clean = [clean_line(link, field="links", limit=URL_LIMIT) for link in links]
    kept = tuple(dict.fromkeys(link for link in clean if link))
    if len(kept) > LINKS_LIMIT:
        raise UserError("claim_links_many", field="links", limit=LINKS_LIMIT)
    for link in kept:
        if not link.lower().startswith(("http://", "https://")):
            raise UserError("claim_link_form", field="links", link=link)
    return kept


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
