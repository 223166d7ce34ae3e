"""Sample contacts: written down in order over the working days of the past, the newest near now."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import VN, to_vn, vn_day
from spokesdesk.domain.journal import Channel, Contact, Due, GivenForm
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.rules import Rule, choose, deadline
from spokesdesk.domain.verification import CardFacts, Facts, LetterFacts, Verification, VerificationKind
from spokesdesk.services.journal import due_record, verify
from spokesdesk.services.ports import Desk
from spokesdesk.services.sample_people import words

# So many a day at most, over so many working days (twelve years), however many are wanted.
DAYS = 3_000
QUIET_DAY = 2
_FIRST, _LAST = time(7, 40), time(16, 50)
_ANSWERED = timedelta(days=20)
_PAPERS = (VerificationKind.CARD, VerificationKind.LETTER, VerificationKind.NONE)


@dataclass(slots=True)
class ContactMaker:
    """Makes the entries of one desk, the oldest first.

    Attributes:
        people: who comes; the first of them come more often than the last.
        total: how many entries there will be.
    """

    desk: Desk
    people: Sequence[Journalist]
    calendar: WorkingCalendar
    chance: random.Random
    total: int
    now: datetime
    _days: tuple[date, ...] = field(init=False)
    _rules: dict[date, Rule | None] = field(init=False)

    def __post_init__(self) -> None:
        """Choose the days, the newest first."""
        needed = -(-self.total // self._a_day) if self.total else 0
        first = vn_day(self.now) if to_vn(self.now).time() > time(9) else vn_day(self.now) - timedelta(days=1)
        days: list[date] = []
        while len(days) < needed:
            if first.weekday() < 5:
                days.append(first)
            first -= timedelta(days=1)
        self._days, self._rules = tuple(days), {}

    @property
    def _a_day(self) -> int:
        return max(QUIET_DAY, -(-self.total // DAYS))

    def entry(self, place: int) -> Contact:
        """Give the entry of a place: 0 is the oldest."""
        chance = self.chance
        who = self.people[int(len(self.people) * chance.random() ** 2)]
        entered = self._entered(self.total - 1 - place)
        received = entered - timedelta(minutes=chance.randrange(1, 40))
        topic, asked, given = self._words()
        follow_up = self._filled("follow_ups") if chance.random() < 0.02 else ""
        return Contact(
            id=self.desk.new_id(),
            channel=chance.choice(_CHANNELS),
            received_at=received,
            entered_at=entered,
            outlet=who.outlet,
            journalist=who.ref,
            topic=topic,
            verification=self._checked(who, vn_day(received)),
            author=self.desk.member.ref,
            questions=asked,
            given=given,
            given_form=GivenForm.DOCUMENT if given else GivenForm.NONE,
            follow_up=follow_up,
            follow_up_on=vn_day(received) + timedelta(days=chance.randrange(1, 15)) if follow_up else None,
            due=self._due(received) if place % 11 == 1 else None,
        )

    def is_done(self, entry: Contact) -> bool:
        """Tell whether what was due on an entry has been done long since."""
        return bool(entry.due or entry.follow_up) and self.now - entry.received_at > _ANSWERED

    def _entered(self, age: int) -> datetime:
        """Give a working moment: later entries of a day stand later in it, and none after now."""
        day, slot = divmod(age, self._a_day)
        on = self._days[day]
        start = datetime.combine(on, _FIRST, VN)
        end = min(datetime.combine(on, _LAST, VN), to_vn(self.now))
        at = end - (end - start) * (slot / self._a_day)
        return at.astimezone(UTC).replace(microsecond=0)

    def _words(self) -> tuple[str, tuple[str, ...], str]:
        chance, many = self.chance, words("many")
        topic = f"{chance.choice(many['issues'])} tại {chance.choice(many['places'])}"
        asked = tuple(self._filled("questions") for _each in range(chance.randrange(3)))
        return topic, asked, self._filled("given") if chance.random() < 0.6 else ""

    def _filled(self, kind: str) -> str:
        many, chance = words("many"), self.chance
        text: str = chance.choice(many[kind])
        return text.format(n=chance.randrange(2, 900), place=chance.choice(many["places"]))

    def _checked(self, who: Journalist, on: date) -> Verification:
        chance = self.chance
        facts: Facts = None
        kind = chance.choices(_PAPERS, (6, 3, 1))[0]
        if kind is VerificationKind.CARD:
            facts = CardFacts(who.card_number, who.card_issued_on)
        elif kind is VerificationKind.LETTER:
            facts = self._letter(on)
        return verify(self.desk, kind, facts, on)

    def _letter(self, on: date) -> Facts:
        whole = self.chance.random() < 0.8
        return LetterFacts(
            f"{self.chance.randrange(1, 400)}/GGT",
            on + timedelta(days=self.chance.randrange(1, 30)),
            True,
            "tìm hiểu thông tin theo chủ đề đã nêu" if whole else "",
            "trong tháng" if whole else "",
        )

    def _due(self, received: datetime) -> Due | None:
        on = vn_day(received)
        if on not in self._rules:
            found = choose(self.desk.rules, "press_opinion_received", on)
            self._rules[on] = found[0] if found else None
        rule = self._rules[on]
        return due_record(deadline(rule, received, self.calendar)) if rule else None


_CHANNELS = tuple(Channel)
