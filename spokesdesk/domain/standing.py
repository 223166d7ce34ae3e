"""Whether somebody may speak for the agency on a day, and what is about to lapse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.spokespeople import Authorisation, SpeakerKind, bare_name, is_named
from spokesdesk.domain.text import short_date

SOON = timedelta(days=14)
LATELY = timedelta(days=30)
_BREADTH = (SpeakerKind.HEAD, SpeakerKind.REGULAR, SpeakerKind.DELEGATED, SpeakerKind.AUTHORISED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody is validly authorised on a day.

    Attributes:
        state: valid, lapsed, not_yet or unknown (nothing is written down for that name).
        who: the name, as the record has it, else as asked.
        on: the day asked about.
        kind: by what right; None when unknown.
        since: the first day.
        until: the last day; None for one without an end, or when unknown.
        scope: the matter to which it is limited; "" for none.
        number: the decision or letter it rests on; "" when it has none yet.
        authorisation_id: the record; None when unknown.
        code: names the sentence, see ``sentence``.
    """

    state: str
    who: str
    on: date
    kind: SpeakerKind | None = None
    since: date | None = None
    until: date | None = None
    scope: str = ""
    number: str = ""
    authorisation_id: UUID | None = None
    code: str = "unknown"

    @property
    def is_valid(self) -> bool:
        """Whether the person may speak for the agency on that day, within ``scope``."""
        return self.state == "valid"


def standing_of(name: str, on: date, held: Iterable[Authorisation]) -> Standing:
    """Tell whether the person of that name is validly authorised on a day.

    Args:
        name: as typed, with or without accents and form of address; exact spelling wins.
        on: the day in Vietnam.
        held: every authorisation known; corrected ones are left out here.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 2, 5.
    """
    alike = [item for item in held if item.corrected_by is None and is_named(item, name)]
    exact = [item for item in alike if item.name.casefold() == bare_name(name).casefold()]
    found = sorted(exact or alike, key=lambda item: _BREADTH.index(item.kind))
    valid = [item for item in found if item.holds_on(on)]
    if valid:
        return _told("valid", "valid_scope" if valid[0].scope else "valid", valid[0], on)
    lapsed = [item for item in found if item.is_written and item.last_day and item.last_day < on]
    if lapsed:
        last = max(lapsed, key=lambda item: item.last_day or date.min)
        return _told("lapsed", "withdrawn" if last.ending else "lapsed", last, on)
    if found:
        first = min(found, key=lambda item: item.from_on)
        return _told("not_yet", "not_yet" if first.is_written else "not_written", first, on)
    return Standing("unknown", bare_name(name), on)


def _told(state: str, code: str, held: Authorisation, on: date) -> Standing:
    return Standing(
        state, held.name, on, held.kind, held.from_on, held.last_day, held.scope, held.number, held.id, code
    )


def sentence(standing: Standing) -> str:
    """Say a standing in one sentence."""
    words = {
        "valid": _("{who} được phát ngôn vào ngày {on}{paper}{until}."),
        "valid_scope": _("{who} được phát ngôn vào ngày {on}{paper}{until}, chỉ về: {scope}."),
        "lapsed": _("Quyền phát ngôn của {who}{paper} đã hết hạn từ sau ngày {last}."),
        "withdrawn": _("Quyền phát ngôn của {who}{paper} đã kết thúc sau ngày {last}."),
        "not_yet": _("Quyền phát ngôn của {who}{paper} chỉ có từ ngày {since}."),
        "not_written": _("Giấy ủy quyền phát ngôn cho {who} chưa có số, nên chưa có hiệu lực."),
        "unknown": _("Chưa có quyết định hay giấy ủy quyền nào ghi {who} được phát ngôn vào ngày {on}."),
    }
    paper = _(" theo văn bản số {number}").format(number=standing.number) if standing.number else ""
    until = _(", đến hết ngày {day}").format(day=short_date(standing.until)) if standing.until else ""
    return words[standing.code].format(
        who=standing.who,
        on=short_date(standing.on),
        paper=paper,
        until=until,
        scope=standing.scope,
        last=short_date(standing.until) if standing.until else "…",
        since=short_date(standing.since) if standing.since else "…",
    )


def lapsing(held: Iterable[Authorisation], on: date) -> tuple[Authorisation, ...]:
    """Give what lapses within 14 days or lapsed by its own date within the last 30, the first to lapse first.

    One followed by another of the same person that holds longer is left out.

    Args:
        held: every authorisation known.
        on: today.
    """
    known = [item for item in held if item.corrected_by is None]
    near = [item for item in known if item.until_on and item.ending is None and _is_near(item.until_on, on)]
    return tuple(
        sorted((item for item in near if not _is_followed(item, known)), key=lambda item: item.until_on or on)
    )


def _is_near(until: date, on: date) -> bool:
    return on - LATELY <= until <= on + SOON


def _is_followed(held: Authorisation, known: Iterable[Authorisation]) -> bool:
    last = held.until_on or date.max
    return any(
        item.id != held.id
        and is_named(item, held.name)
        and (item.last_day or date.max) > last
        and item.ending is None
        for item in known
    )
