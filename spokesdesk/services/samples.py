"""Believable Vietnamese sample entries: a demonstration workspace, and many contacts for measuring."""

import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from spokesdesk import assets
from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.coverage import ArticleDraft, Claim, Verdict
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.evidence import Taken
from spokesdesk.domain.journal import Channel, Contact, GivenForm
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.people import Agency, Journalist, MemberDraft, Outlet, OutletKind, Role
from spokesdesk.domain.rules import choose
from spokesdesk.domain.verification import CardFacts, Facts, LetterFacts, Verification, VerificationKind
from spokesdesk.services import cases, coverage, evidence, papers
from spokesdesk.services.journal import due_of, verify
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.request_samples import furnish_requests

LIMIT = 2_000_000
BATCH = 500
NIL = UUID(int=0)


def sample_agency() -> Agency:
    """Give the agency of the demonstration workspace."""
    values = _data()["agency"]
    return Agency(**(values | {"signer_authority": tuple(values["signer_authority"])}))


def sample_members() -> tuple[MemberDraft, ...]:
    """Give the members of the demonstration workspace."""
    return tuple(
        MemberDraft(item["name"], frozenset(Role(role) for role in item["roles"]), item["post"])
        for item in _data()["members"]
    )


def furnish(desk: Desk) -> None:
    """Fill a new workspace for demonstration: contacts, an article with claims, papers at every step."""
    fill(desk, 60, seed=7)
    for item in _data()["articles"]:
        found, _changes = coverage.add_article(desk, _article(desk, item))
        letter, _changes = coverage.open_rebuttal(desk, found.id)
        papers.submit(desk, letter.id)
        coverage.open_release(desk, found.id)
    blank = papers.blank(desk, LetterKind.THONG_CAO_BAO_CHI)
    papers.create(desk, replace(blank, subject="Về tình hình hạn mặn tháng 11", body=_monthly()))
    furnish_requests(desk)
    _sample_case(desk, _data()["case"])


def _sample_case(desk: Desk, item: dict[str, Any]) -> None:
    """Open a case with two items of evidence."""
    now = desk.now()
    texts = {name: item[name].strip() for name in ("title", "person", "outlet", "place", "marks", "facts")}
    draft = CaseDraft(CaseKind.IMPOSTOR, happened_at=now - timedelta(hours=3), **texts)
    opened, _changes = cases.open_case(desk, draft)
    taken = Taken(now - timedelta(hours=2), item["speaker"])
    evidence.add_testimony(desk, opened.id, item["testimony"], taken)
    evidence.add_web(desk, opened.id, item["seen_at"])


def fill(desk: Desk, contacts: int, *, seed: int = 1, told: Callable[[int], bool] | None = None) -> int:
    """Write sample contacts, with outlets and journalists where there are none.

    Args:
        contacts: how many, 0 to 2,000,000; spread over the past, newest near now.
        seed: equal seeds write equal entries (ids and times of writing aside).
        told: called with the count after each batch; False stops there, what is written stays.

    Returns:
        How many were written.

    Raises:
        UserError: ``contacts`` is out of its limits.
    """
    if not 0 <= contacts <= LIMIT:
        raise UserError("sample_size", field="contacts", limit=LIMIT)
    chance = random.Random(seed)
    with desk.write() as unit:
        people = _people(desk, unit, chance)
    written = 0
    while written < contacts:
        batch = min(BATCH, contacts - written)
        with desk.write() as unit:
            for place in range(written, written + batch):
                unit.journal.add(_contact(desk, unit, people, chance, contacts - place))
        written += batch
        if told is not None and not told(written):
            break
    return written


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(assets.read_text("samples", "desk.toml"))


def _people(desk: Desk, unit: Unit, chance: random.Random) -> list[Journalist]:
    known = list(unit.people.journalists())
    if len(known) >= 20:
        return known
    data = _data()
    for item in data["outlets"]:
        if unit.people.outlets_named(item["name"]):
            continue
        outlet = Outlet(desk.new_id(), item["name"], OutletKind(item["kind"]), head_title="Tổng Biên tập")
        unit.people.save_outlet(outlet)
        for _each in range(4):
            unit.people.save_journalist(_journalist(desk, outlet, data["names"], chance))
    return list(unit.people.journalists())


def _journalist(desk: Desk, outlet: Outlet, names: dict[str, list[str]], chance: random.Random) -> Journalist:
    name = " ".join(chance.choice(names[part]) for part in ("family", "middle", "given"))
    return Journalist(
        desk.new_id(),
        name,
        outlet.ref,
        phone=f"09{chance.randrange(10**8):08d}",
        card_number=f"IBT{chance.randrange(10**5):05d}",
        card_issued_on=date(2026, chance.randrange(1, 7), chance.randrange(1, 28)),
    )


def _contact(
    desk: Desk, unit: Unit, people: Sequence[Journalist], chance: random.Random, age: int
) -> Contact:
    topics = _data()["topics"]
    who = chance.choice(people)
    received = _worked_hour(desk.now() - timedelta(hours=5 * age), chance)
    checked = _checked(desk, who, received, chance)
    asked = chance.sample(topics["questions"], chance.randrange(3))
    given = chance.choice(topics["given"]) if chance.random() < 0.6 else ""
    entry = Contact(
        id=desk.new_id(),
        channel=chance.choice(list(Channel)),
        received_at=received,
        entered_at=received + timedelta(minutes=chance.randrange(1, 40)),
        outlet=who.outlet,
        journalist=who.ref,
        topic=chance.choice(topics["subjects"]),
        verification=checked,
        author=desk.member.ref,
        questions=tuple(asked),
        given=given,
        given_form=GivenForm.DOCUMENT if given else GivenForm.NONE,
    )
    if age % 11 == 1:
        rules = choose(desk.rules, "press_opinion_received", vn_day(received))
        entry = replace(entry, due=due_of(desk, unit, rules[0], received)) if rules else entry
    return entry


def _worked_hour(at: datetime, chance: random.Random) -> datetime:
    """Give a time of that day between 07:30 and 16:59 in Vietnam, never after ``at``'s day."""
    morning = at.replace(hour=0, minute=30, second=0, microsecond=0)
    return min(at, morning + timedelta(minutes=chance.randrange(570)))


def _checked(desk: Desk, who: Journalist, at: datetime, chance: random.Random) -> Verification:
    on = vn_day(at)
    facts: Facts = None
    kind = chance.choices((VerificationKind.CARD, VerificationKind.LETTER, VerificationKind.NONE), (6, 3, 1))[
        0
    ]
    if kind is VerificationKind.CARD:
        facts = CardFacts(who.card_number, who.card_issued_on)
    elif kind is VerificationKind.LETTER:
        whole = chance.random() < 0.8
        facts = LetterFacts(
            f"{chance.randrange(1, 400)}/GGT",
            on + timedelta(days=chance.randrange(1, 30)),
            True,
            "tìm hiểu thông tin theo chủ đề đã nêu" if whole else "",
            "trong tháng" if whole else "",
        )
    return verify(desk, kind, facts, on)


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
