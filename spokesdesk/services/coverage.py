"""Articles found, what is not so in them, and the release that states the facts."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from spokesdesk.domain import coverage as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.coverage import Article, ArticleDraft, ArticleRow, Claim, Reading
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE, Attachment, Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.domain.rules import Deadline
from spokesdesk.domain.text import clean_text
from spokesdesk.services.journal import due_record
from spokesdesk.services.listed import Listed
from spokesdesk.services.papers import add_draft
from spokesdesk.services.people import named_outlet
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Paged
from spokesdesk.services.rebuttal_clocks import reckoned
from spokesdesk.services.templates import blank, wording


def add_article(desk: Desk, draft: ArticleDraft, draft_id: UUID | None = None) -> tuple[Article, Changes]:
    """Keep an article with its text by hash, its snapshot and the claims marked in it.

    Raises:
        UserError: names the field.
    """
    with desk.write() as unit:
        found = put_article(desk, unit, draft)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return found, (Change("article", found.id), Change("outlet", found.outlet.id))


def put_article(desk: Desk, unit: Unit, draft: ArticleDraft) -> Article:
    """Keep an article as part of a transaction; raises UserError as ``add_article`` does."""
    clean = rules.checked_article(draft)
    if clean.published_at > desk.now() + CLOCK_TOLERANCE:
        raise UserError("published_in_future", field="published_at")
    outlet = named_outlet(desk, unit, clean.outlet, clean.outlet_id)
    assert outlet is not None
    found = Article(
        id=desk.new_id(),
        outlet=outlet,
        title=clean.title,
        published_at=clean.published_at,
        found_at=desk.now(),
        author=desk.member.ref,
        url=clean.url,
        byline=clean.byline,
        section=clean.section,
        text=clean.text,
        text_sha256=text_hash(clean.text),
        snapshot=clean.snapshot,
    )
    found = replace(found, claims=tuple(_new_claim(desk, found, claim) for claim in clean.claims))
    unit.coverage.add(found)
    return found


def article(desk: Desk, article_id: UUID) -> Article:
    """Give one article with its claims."""
    with desk.read() as unit:
        return unit.coverage.get(article_id)


def article_numbers(desk: Desk, words: str = "", *, outlet_id: UUID | None = None) -> tuple[int, ...]:
    """Give the numbers of articles for a list, the latest published first."""
    with desk.read() as unit:
        return unit.coverage.row_numbers(words, outlet_id=outlet_id)


def article_list(desk: Desk, words: str = "", *, outlet_id: UUID | None = None) -> Listed[ArticleRow]:
    """Give the articles to read by pages, the latest published first."""

    def pick(unit: Unit) -> Paged:
        return unit.coverage.listed(words, outlet_id=outlet_id)

    return Listed(desk, pick, lambda unit, numbers: unit.coverage.rows(numbers))


def article_rows(desk: Desk, numbers: Sequence[int]) -> tuple[ArticleRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.coverage.rows(numbers)


def add_claims(desk: Desk, article_id: UUID, claims: Sequence[Claim]) -> tuple[Article, Changes]:
    """Mark further claims in an article; raises UserError naming ``quote``, ``fact``, ``asks`` or ``links``."""
    with desk.write() as unit:
        found = unit.coverage.get(article_id)
        made = [_new_claim(desk, found, claim) for claim in claims]
        unit.coverage.add_claims(article_id, made, desk.now(), desk.member.ref)
        return unit.coverage.get(article_id), (Change("article", article_id),)


def change_claim(desk: Desk, article_id: UUID, claim_id: UUID, claim: Claim) -> tuple[Article, Changes]:
    """Word a claim anew: an entry of its own, the earlier wording stays in the journal.

    Args:
        claim_id: the wording it replaces; also one that was withdrawn, which then counts again.
        claim: as typed.

    Raises:
        UserError: names ``quote``, ``fact``, ``asks`` or ``links``.
        ConflictError: ``claim_changed_meanwhile``.
    """
    with desk.write() as unit:
        found = unit.coverage.get(article_id)
        made = replace(_new_claim(desk, found, claim), corrects=claim_id)
        unit.coverage.add_claims(article_id, (made,), desk.now(), desk.member.ref)
        return unit.coverage.get(article_id), (Change("article", article_id),)


def withdraw_claim(desk: Desk, article_id: UUID, claim_id: UUID) -> tuple[UUID, Changes]:
    """Let a claim no longer count; give the id of the entry that says so, which ``change_claim`` takes back."""
    with desk.write() as unit:
        (before,) = unit.coverage.claims((claim_id,))
        made = replace(before, id=desk.new_id(), corrects=claim_id)
        unit.coverage.withdraw_claim(article_id, made, desk.now(), desk.member.ref)
    return made.id, (Change("article", article_id),)


def claim_versions(desk: Desk, claim_id: UUID) -> tuple[Claim, ...]:
    """Give every wording of a claim, the latest first."""
    with desk.read() as unit:
        return unit.coverage.claim_versions(claim_id)


def read_again(
    desk: Desk,
    article_id: UUID,
    text: str,
    snapshot: Attachment | None = None,
    draft_id: UUID | None = None,
) -> tuple[Article, Changes]:
    """Keep an article's text as it was read again; every claim says whether its words still stand there.

    Args:
        text: pasted anew, or taken by a fuller capture; the same text as before makes no entry.
        snapshot: the file it was read from, if another one.
        draft_id: the autosaved draft that it replaces.

    Raises:
        UserError: names ``text``.
    """
    clean = clean_text(text, field="text", limit=rules.ARTICLE_LIMIT, required=True)
    with desk.write() as unit:
        found = unit.coverage.get(article_id)
        if clean != found.text or snapshot not in (None, found.snapshot):
            unit.coverage.add_reading(
                Reading(
                    desk.new_id(), article_id, clean, text_hash(clean), desk.now(), desk.member.ref, snapshot
                )
            )
        if draft_id is not None:
            unit.drafts.drop(draft_id)
        return unit.coverage.get(article_id), (Change("article", article_id),)


def text_hash(text: str) -> str:
    """Give the hash (SHA-256, hex) by which a reading is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _new_claim(desk: Desk, found: Article, claim: Claim) -> Claim:
    clean = rules.checked_claim(claim, found.text)
    return replace(clean, id=desk.new_id(), text_sha256=found.text_sha256)


def clocks(desk: Desk, article_id: UUID) -> tuple[Due, ...]:
    """Give the clocks of correction and response, by the law in force on the day of publication.

    ``due_at`` is None: these clocks start when the outlet receives our letter (see ``today.board`` for a sent one).
    """
    with desk.read() as unit:
        found = unit.coverage.get(article_id)
        outlet = unit.people.outlet(found.outlet.id)
        return tuple(
            replace(due_record(clock), due_at=None, wording=_from_trigger(clock))
            for clock in reckoned(desk, unit, outlet, found.published_at)
        )


def open_release(desk: Desk, article_id: UUID) -> tuple[Paper, Changes]:
    """Draft the press release that states the facts of an article's claims."""
    with desk.write() as unit:
        made = facts_release(unit.people.agency(), unit.coverage.get(article_id))
        drafted = add_draft(desk, unit, made, article_id)
    return drafted, (Change("paper", drafted.id), Change("article", article_id))


def facts_release(agency: Agency, found: Article) -> Letter:
    """Compose the release that states what is so."""
    words = wording("rebuttal")["release"]
    paragraphs = [words["opening"].format(title=found.title, agency=agency.name)]
    for n, claim in enumerate(found.claims, 1):
        paragraphs.append(words["fact"].format(n=n, fact=_bare(claim.fact)))
        if claim.proof:
            paragraphs.append(words["proof"].format(proof=_bare(claim.proof)))
    paragraphs.append(words["closing"].format(agency=agency.name))
    letter = blank(LetterKind.THONG_CAO_BAO_CHI, agency)
    subject = words["subject"].format(title=found.title)
    return replace(letter, subject=subject, body="\n\n".join(paragraphs))


def _from_trigger(clock: Deadline) -> str:
    """Word a clock that has not started: what, how long, from when."""
    return _("{title}: {span}, tính từ {trigger}").format(
        title=clock.title, span=clock.span, trigger=clock.trigger
    )


def _bare(text: str) -> str:
    """Give a sentence without its closing stop and outer quotes, on one line: the template brings its own."""
    flat = " ".join(text.split()).rstrip(".;")
    return flat[1:-1] if (flat[:1], flat[-1:]) in {("“", "”"), ('"', '"')} else flat
