"""Believable Vietnamese sample entries: a demonstration workspace, and many contacts for measuring."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.coverage import ArticleDraft, Claim, Verdict
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.evidence import Taken
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.people import Agency, MemberDraft, Role
from spokesdesk.services import cases, coverage, evidence, papers, rebuttals
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.incident_samples import furnish_incident
from spokesdesk.services.monitoring_samples import furnish_news
from spokesdesk.services.ports import Desk
from spokesdesk.services.rebuttal_samples import furnish_rebuttal
from spokesdesk.services.request_samples import furnish_requests
from spokesdesk.services.sample_contacts import ContactMaker
from spokesdesk.services.sample_people import sample_people, words
from spokesdesk.services.speaker_samples import furnish_spokespeople

LIMIT = 2_000_000
JOURNALISTS_LIMIT = 100_000
BATCH = 2_000
NIL = UUID(int=0)


def sample_agency() -> Agency:
    """Give the agency of the demonstration workspace."""
    values = words("desk")["agency"]
    return Agency(**(values | {"signer_authority": tuple(values["signer_authority"])}))


def sample_members() -> tuple[MemberDraft, ...]:
    """Give the members of the demonstration workspace."""
    return tuple(
        MemberDraft(item["name"], frozenset(Role(role) for role in item["roles"]), item["post"])
        for item in words("desk")["members"]
    )


def furnish(desk: Desk) -> None:
    """Fill a new workspace for demonstration: contacts, an article with claims, papers at every step."""
    fill(desk, 60, seed=7)
    for item in words("desk")["articles"]:
        found, _changes = coverage.add_article(desk, _article(desk, item))
        letter, _changes = rebuttals.open_rebuttal(desk, found.id)
        papers.submit(desk, letter.id)
        coverage.open_release(desk, found.id)
    furnish_rebuttal(desk, words("desk")["rebutted"], _article)
    blank = papers.blank(desk, LetterKind.THONG_CAO_BAO_CHI)
    papers.create(desk, replace(blank, subject="Về tình hình hạn mặn tháng 11", body=_monthly()))
    furnish_requests(desk)
    furnish_spokespeople(desk)
    _sample_case(desk, words("desk")["case"])
    furnish_incident(desk, words("desk")["incident"])
    furnish_news(desk, words("news"))


def _sample_case(desk: Desk, item: dict[str, Any]) -> None:
    """Open a case with two items of evidence."""
    now = desk.now()
    texts = {name: item[name].strip() for name in ("title", "person", "outlet", "place", "marks", "facts")}
    draft = CaseDraft(CaseKind.IMPOSTOR, happened_at=now - timedelta(hours=3), **texts)
    opened, _changes = cases.open_case(desk, draft)
    taken = Taken(now - timedelta(hours=2), item["speaker"])
    evidence.add_testimony(desk, opened.id, item["testimony"], taken)
    evidence.add_web(desk, opened.id, item["seen_at"])


def fill(
    desk: Desk,
    contacts: int,
    *,
    journalists: int = 0,
    seed: int = 1,
    told: Callable[[int, int], bool] | None = None,
) -> int:
    """Write sample contacts, with outlets and journalists where there are not enough.

    Args:
        contacts: how many, 0 to 2,000,000; spread over the working days of up to twelve years, newest near now.
        journalists: at least so many journalists there are to be, up to 100,000.
        seed: equal seeds write equal entries (ids and times of writing aside).
        told: called after each batch with what is written and what there will be; False stops there, what is
            written stays.

    Returns:
        How many contacts were written.

    Raises:
        UserError: a number is out of its limits.
    """
    _require("contacts", contacts, LIMIT)
    _require("journalists", journalists, JOURNALISTS_LIMIT)
    chance, total = random.Random(seed), contacts + journalists

    def tell(done: int) -> bool:
        return told is None or told(done, total)

    people = sample_people(desk, journalists, chance, lambda known: tell(min(known, journalists)))
    if people is None:
        return 0
    with desk.read() as unit:
        maker = ContactMaker(desk, people, working_calendar(desk, unit), chance, contacts, desk.now())
    written = 0
    while written < contacts:
        batch = [maker.entry(place) for place in range(written, min(written + BATCH, contacts))]
        with desk.write() as unit:
            unit.journal.add_many(batch)
            done = [entry.id for entry in batch if maker.is_done(entry)]
            unit.journal.settle_many(done, batch[-1].entered_at, batch[-1].author)
        written += len(batch)
        if not tell(journalists + written):
            break
    return written


def _require(field: str, wanted: int, limit: int) -> None:
    if not 0 <= wanted <= limit:
        raise UserError("sample_size", field=field, limit=limit)


def _article(desk: Desk, item: dict[str, Any]) -> ArticleDraft:
    claims = tuple(
        Claim(NIL, each["quote"], each["fact"], each["proof"], verdict=Verdict(each["verdict"]))
        for each in item["claims"]
    )
    return ArticleDraft(
        outlet=item["outlet"],
        title=item["title"],
        published_at=desk.now() - timedelta(days=item["days_ago"]),
        url=item["url"],
        byline=item["byline"],
        section=item["section"],
        text=item["text"].strip(),
        claims=claims,
    )


def _monthly() -> str:
    return (
        "Theo số liệu quan trắc đến ngày 20/11, độ mặn 4 g/l xâm nhập cách cửa sông 32 km, "
        "thấp hơn cùng kỳ năm trước.\n\n"
        "Sở khuyến cáo các địa phương vận hành cống lấy nước khi độ mặn dưới 1 g/l và trữ nước cho vụ đông xuân."
    )
