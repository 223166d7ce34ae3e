"""Articles with claims on a test desk, and a clock that tests can set."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from spokesdesk.domain.coverage import Article, ArticleDraft, Claim, Verdict
from spokesdesk.domain.people import Outlet, OutletKind
from spokesdesk.services import coverage, people
from spokesdesk.services.ports import Desk

NIL = UUID(int=0)
TEXT = (
    "Sáng 02/9, mưa lớn ở huyện Bến Lức.\n\nSở chưa một lần kiểm tra trong năm nay, dân nói.\n\n"
    "Năm ngoái cũng vậy: Sở chưa một lần kiểm tra. Có 120 hộ phải dời nhà."
)
QUOTE = "Sở chưa một lần kiểm tra"
PUBLISHED = datetime(2026, 9, 2, 2, 0, tzinfo=UTC)


def claim(quote: str = QUOTE, fact: str = "Sở đã kiểm tra 02 lần trong năm 2026", **more: object) -> Claim:
    """Give a claim as typed."""
    return replace(Claim(NIL, quote, fact, verdict=Verdict.FALSE), **more)  # type: ignore[arg-type]


def article(
    desk: Desk,
    *claims: Claim,
    kind: OutletKind = OutletKind.ONLINE,
    outlet: str = "Báo Ví Dụ",
    published_at: datetime = PUBLISHED,
    **more: str,
) -> Article:
    """Give an article kept on a desk, of an outlet of a kind."""
    known = [each for each in people.outlets(desk) if each.name == outlet]
    if not known:
        made = Outlet(desk.new_id(), outlet, kind, governing_body=f"Hội chủ quản {outlet}")
        people.save_outlet(desk, replace(made, **more))  # type: ignore[arg-type]
    draft = ArticleDraft(outlet, "Mưa ngập Bến Lức", published_at, text=TEXT, claims=claims)
    return coverage.add_article(desk, draft)[0]


def at(desk: Desk, moment: datetime) -> Desk:
    """Give the same desk with its clock at a moment."""
    return replace(desk, now=lambda: moment)
