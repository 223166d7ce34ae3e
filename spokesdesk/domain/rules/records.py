"""What the rule pack is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spokesdesk.domain.language import gettext as _


class Unit(StrEnum):
    """How a limit is counted."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    CALENDAR_MONTH = "calendar_month"
    NEXT_ISSUE = "next_issue"
    AT_ONCE = "at_once"
    FIXED_DATE = "fixed_date"
    NONE = "none"


class Duty(StrEnum):
    """How often a duty returns without anything having happened (việc định kỳ)."""

    MONTHLY = "monthly"
    ROLLING = "rolling"
    YEARLY = "yearly"
    ONCE = "once"
    NEVER = ""


class Direction(StrEnum):
    """Whether the act is due after the trigger or at the latest so long before it."""

    AFTER = "after"
    BEFORE = "before"


class Confidence(StrEnum):
    """How well the text of a rule is known.

    ``verified``: full text seen. ``one_copy``: one imperfect copy, a translation or a secondary source.
    ``conflicting``: copies differ. ``from_memory``: no text seen.
    """

    VERIFIED = "verified"
    ONE_COPY = "one_copy"
    CONFLICTING = "conflicting"
    FROM_MEMORY = "from_memory"

    @property
    def is_uncertain(self) -> bool:
        """Whether the text must be compared with the signed original before anybody relies on it."""
        return self is not Confidence.VERIFIED

    @property
    def wording(self) -> str:
        """The same in Vietnamese, to stand beside a citation."""
        return {
            Confidence.VERIFIED: _("đã đối chiếu toàn văn"),
            Confidence.ONE_COPY: _("chưa xác minh: theo một bản chép, cần đối chiếu bản ký"),
            Confidence.CONFLICTING: _("chưa xác minh: các bản chép ghi khác nhau, phải xem bản ký"),
            Confidence.FROM_MEMORY: _("chưa xác minh: chưa thấy toàn văn"),
        }[self]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal instrument (văn bản quy phạm): its name as cited, its title, its force.

    Attributes:
        id: key in the data, e.g. ``N237``.
        name: as cited after an article: ``Nghị định số 237/2026/NĐ-CP``.
        title: what it is about.
        issued_on: date of issue, when known.
        in_force_from: first day in force.
        in_force_to: last day in force; None: still in force when the data was made.
        replaced_by: names of what replaced it, or empty.
        confidence: how well its force dates are known.
        source: code of the copy that was read.
        note: what a person should know before relying on it.
        is_local: the agency's or the province's own, laid on top of the law.
    """

    id: str
    name: str
    title: str
    issued_on: date | None
    in_force_from: date
    in_force_to: date | None
    replaced_by: str
    confidence: Confidence
    source: str
    note: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands.

    Attributes:
        instrument_id: key of the instrument.
        instrument: its name as cited.
        article: number of the Điều, e.g. ``18``.
        clause: number of the khoản, or empty.
        point: letter of the điểm, or empty.
        text: the whole as written after "căn cứ": ``khoản 3 Điều 18 Nghị định số 237/2026/NĐ-CP``.
    """

    instrument_id: str
    instrument: str
    article: str
    clause: str
    point: str
    text: str

    @classmethod
    def of(cls, instrument: Instrument, article: str, clause: str = "", point: str = "") -> "Citation":
        """Give the citation of a place in an instrument, worded from the point up to the instrument."""
        places = (("điểm", point), ("khoản", clause), ("Điều", article))
        parts = [f"{kind} {value}" for kind, value in places if value]  # official papers: always Vietnamese
        return cls(
            instrument.id, instrument.name, article, clause, point, " ".join([*parts, instrument.name])
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law with its clock.

    Attributes:
        id: stable key, e.g. ``N237-ANS-15``.
        title: short Vietnamese name of the duty.
        event: key of the event that starts it.
        trigger: when the clock starts, in Vietnamese.
        duration: how many units; None where the law gives no number.
        unit: how it is counted.
        direction: after the trigger, or before it.
        fixed_day: month and day of a ``fixed_date`` limit.
        trigger_on: the one day from which it counts, whatever moment is asked about; None for most rules.
        times: how often at most (rounds of publication), or None.
        minimum: the limit is the least time something must last, not the latest time to act.
        roll: a last day off moves to the next working day.
        actor: who must act.
        addressee: towards whom.
        action: what must be done.
        citation: where it stands.
        in_force_from: first day of triggers it covers.
        in_force_to: last day, or None.
        confidence: how well its text is known.
        source: code of the copy that was read.
        note: what a person should know before relying on it.
        outlet_kinds: kinds of outlet it holds for; empty: all.
        agency_kinds: kinds of agency it holds for; empty: all.
        duty: how often it returns by itself.
        data_window: month and day of the first and last day that a report's data cover.
        is_local: the agency's or the province's own rule, laid on top of the law.
    """

    id: str
    title: str
    event: str
    trigger: str
    duration: int | None
    unit: Unit
    direction: Direction
    fixed_day: tuple[int, int] | None
    times: int | None
    minimum: bool
    roll: bool
    actor: str
    addressee: str
    action: str
    citation: Citation
    in_force_from: date
    in_force_to: date | None
    confidence: Confidence
    source: str
    note: str
    outlet_kinds: tuple[str, ...]
    agency_kinds: tuple[str, ...]
    duty: Duty = Duty.NEVER
    trigger_on: date | None = None
    data_window: tuple[tuple[int, int], tuple[int, int]] | None = None
    is_local: bool = False

    def in_force_on(self, on: date) -> bool:
        """Tell whether a trigger on this day falls under the rule."""
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that starts clocks.

    Attributes:
        id: key, e.g. ``press_opinion_received``.
        title: the same in Vietnamese.
        includes: for a matter that is several events at once (``rebuttal``): their keys; else empty.
    """

    id: str
    title: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusalGround:
    """A ground on which information may be refused (căn cứ từ chối cung cấp thông tin).

    Attributes:
        id: key, e.g. ``L126-31-2-A``.
        text: the ground in Vietnamese.
        citation: where it stands.
        in_force_from: first day it may be used.
        in_force_to: last day, or None.
        reasons_due: the law in force demands that the reason be stated.
        confidence: how well its text is known.
        source: code of the copy that was read.
        note: what changed.
    """

    id: str
    text: str
    citation: Citation
    in_force_from: date
    in_force_to: date | None
    reasons_due: bool
    confidence: Confidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What may, or may not, be demanded of a person who says to be of the press.

    Attributes:
        id: key, e.g. ``VER-GEN-ONE-2025``.
        profile: ``general``, ``foreign`` or ``defence``.
        about: what it concerns: ``card``, ``letter``, ``permit`` …; the reasons of a check cite by it.
        allowed: it may be demanded; else it may not.
        text: the sentence in Vietnamese, without its citation.
        citation: where it stands.
        in_force_from: first day of contacts it covers.
        in_force_to: last day, or None.
        confidence: how well its text is known.
        source: code of the copy that was read.
        note: what a person should know before relying on it.
    """

    id: str
    profile: str
    about: str
    allowed: bool
    text: str
    citation: Citation
    in_force_from: date
    in_force_to: date | None
    confidence: Confidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class CardTerm:
    """How long the press cards (thẻ nhà báo) issued in a stretch of time are valid.

    Attributes:
        id: key, e.g. ``CARD-2021``.
        title: what such cards are called.
        issued_from: first day of issue.
        issued_to: last day of issue, or None.
        printed_until: the end printed on every such card, when there is one for all.
        valid_until: the last day of validity for all of them (with extensions), or None.
        valid_years: years of validity from the day of issue, where there is no common end.
        citation: where the end stands.
        confidence: how well it is known.
        source: code of the copy that was read.
        note: what a person should know before relying on it.
    """

    id: str
    title: str
    issued_from: date
    issued_to: date | None
    printed_until: date | None
    valid_until: date | None
    valid_years: int | None
    citation: Citation
    confidence: Confidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class PapersProfile:
    """How one kind of papers is judged (hồ sơ xác minh).

    Attributes:
        id: key: ``letter``, ``foreign_visiting``, ``foreign_resident``, ``foreign_assistant``, ``defence``.
        about: the matter whose citation the sentences carry, as the demands name it.
        until: the fact that is the last day of validity.
        good: what is said when nothing is missing.
        expired: what is said after the last day, with ``{day}``.
    """

    id: str
    about: str
    until: str
    good: str
    expired: str


@dataclass(frozen=True, slots=True)
class PapersCheck:
    """One thing that papers must have or state.

    Attributes:
        id: key.
        profiles: the profiles it belongs to.
        fact: what must be there: a text that is not empty, a day, a yes.
        only: facts that must be yes for the check to count; empty: always.
        about: the matter whose citation the sentence carries.
        missing: what is said when it is not there.
    """

    id: str
    profiles: tuple[str, ...]
    fact: str
    only: tuple[str, ...]
    about: str
    missing: str


@dataclass(frozen=True, slots=True)
class RulePack:
    """The law known to the desk, as one versioned set of data.

    Attributes:
        version: of the data.
        instruments: by id.
        events: by id.
        rules: by id, in the order of the data.
        grounds: of refusing information.
        demands: what may and may not be demanded when somebody's press papers are checked.
        card_terms: how long press cards are valid.
        profiles: how the other kinds of press papers are judged, by id.
        checks: what those papers must have or state, in the order in which it is said.
    """

    version: str
    instruments: Mapping[str, Instrument]
    events: Mapping[str, Event]
    rules: Mapping[str, Rule]
    grounds: tuple[RefusalGround, ...]
    demands: tuple[Demand, ...]
    card_terms: tuple[CardTerm, ...]
    profiles: Mapping[str, PapersProfile]
    checks: tuple[PapersCheck, ...]
