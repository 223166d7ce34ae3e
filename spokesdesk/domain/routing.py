"""Where a case is reported (nơi báo), and the law that the report names: dated data, each row with its source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from spokesdesk.domain.cases import CaseKind
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules.fields import Row
from spokesdesk.domain.text import clean_line

NAME_LIMIT = 200
LOCAL_LIMIT = 100
LOCAL = "local"


class PlaceKind(StrEnum):
    """Whose desk a report lands on."""

    HOTLINE = "hotline"
    POLICE = "police"
    PRESS_AUTHORITY = "press_authority"
    GOVERNING_BODY = "governing_body"
    OUTLET = "outlet"
    PARTY = "party"
    OFFICE = "office"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The kind in a few Vietnamese words."""
        return {
            PlaceKind.HOTLINE: _("Đường dây nóng"),
            PlaceKind.POLICE: _("Công an"),
            PlaceKind.PRESS_AUTHORITY: _("Quản lý báo chí"),
            PlaceKind.GOVERNING_BODY: _("Cơ quan chủ quản"),
            PlaceKind.OUTLET: _("Tòa soạn"),
            PlaceKind.PARTY: _("Ban Đảng"),
            PlaceKind.OFFICE: _("Văn phòng cấp trên"),
            PlaceKind.OTHER: _("Nơi khác"),
        }[self]


class Trust(StrEnum):
    """How sure a row is."""

    VERIFIED = "verified"
    ONE_COPY = "one_copy"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def wording(self) -> str:
        """The mark shown beside a row, "" for a verified one."""
        return {
            Trust.VERIFIED: "",
            Trust.ONE_COPY: _("mới thấy một bản"),
            Trust.SECONDARY: _("nguồn thứ cấp"),
            Trust.UNVERIFIED: _("chưa kiểm chứng"),
        }[self]


@dataclass(frozen=True, slots=True)
class Place:
    """One place to report to.

    Attributes:
        addressee: how a letter addresses it (Kính gửi); "" when letters are not sent there.
        region: the province it is for; "" for all.
        from_on, to_on: days between which the place has this duty; None for open ends.
        replaced_by: id of the row that took over after a reorganisation.
        trust: of phone and e-mail; shown as a mark.
        source: paper or place where it was seen; LOCAL for the agency's own row.
        seen_on: day on which phone and e-mail were seen.
        copy_only: stands under Nơi nhận, not under Kính gửi.
        predecessor: name of the place that this one took over from.
    """

    id: str
    kind: PlaceKind
    name: str
    addressee: str = ""
    region: str = ""
    phone: str = ""
    email: str = ""
    from_on: date | None = None
    to_on: date | None = None
    replaced_by: str = ""
    trust: Trust = Trust.UNVERIFIED
    source: str = ""
    seen_on: date | None = None
    note: str = ""
    copy_only: bool = False
    predecessor: str = ""

    def serves(self, on: date) -> bool:
        """Whether the place has this duty on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, slots=True)
class Offence:
    """What the law says of such an act.

    Attributes:
        citation: điểm … khoản … Điều … of the instrument.
        fine: least and most, in million đồng; None where no fine is set.
        doubt: why it must be checked before it is relied on.
        against_press: the act is against a journalist; shown for reference, never cited in a report.
    """

    id: str
    text: str
    citation: str
    kinds: tuple[CaseKind, ...]
    in_force_from: date
    in_force_to: date | None
    trust: Trust
    source: str
    fine: tuple[int, int] | None = None
    also: str = ""
    doubt: str = ""
    against_press: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it was checked against the text itself."""
        return self.trust is Trust.VERIFIED and not self.doubt


_NAMED = {"id", "kind", "name", "addressee", "region", "phone", "email", "note", "copy_only"}
_PLACE = frozenset(_NAMED | {"from_on", "to_on", "replaced_by", "confidence", "source", "seen_on"})
_CITED = {"id", "kinds", "text", "citation", "fine", "also", "doubt", "against_press"}
_OFFENCE = frozenset(_CITED | {"in_force_from", "in_force_to", "confidence", "source"})


def parse_places(file: str, content: Mapping[str, object]) -> tuple[Place, ...]:
    """Give the places of a routing file; raises UserError("rules_malformed") naming file, row and key."""
    found = {row.name: _place(row) for row in _rows(file, content, "place", _PLACE)}
    before = {place.replaced_by: place.name for place in found.values() if place.replaced_by}
    for place in found.values():
        if place.replaced_by and place.replaced_by not in found:
            raise UserError("rules_malformed", file=file, rule=place.id, key="replaced_by")
    return tuple(_with_predecessor(place, before.get(place.id, "")) for place in found.values())


def parse_offences(file: str, content: Mapping[str, object]) -> tuple[Offence, ...]:
    """Give the law of an offences file; raises UserError("rules_malformed") naming file, row and key."""
    return tuple(_offence(row) for row in _rows(file, content, "offence", _OFFENCE))


def places_on(places: Iterable[Place], on: date, region: str = "") -> tuple[Place, ...]:
    """Give the places that have the duty on a day, in the order of the table.

    Args:
        region: the agency's province or city (địa danh); rows of another one are left out.
    """
    return tuple(
        place
        for place in places
        if place.serves(on) and (not place.region or place.region.lower() in region.lower())
    )


def law_of(offences: Iterable[Offence], kind: CaseKind, on: date) -> tuple[Offence, ...]:
    """Give the law that a report of a kind names, in force on the day of the incident."""
    return tuple(
        offence
        for offence in offences
        if kind in offence.kinds
        and offence.in_force_from <= on
        and (offence.in_force_to is None or on <= offence.in_force_to)
    )


def checked_local(rows: Sequence[Place]) -> tuple[Place, ...]:
    """Give the agency's own rows with clean text; raises UserError naming ``place_name``, ``phone`` or others."""
    if len(rows) > LOCAL_LIMIT:
        raise UserError("places_too_many", field="place_name", limit=LOCAL_LIMIT)
    return tuple(_clean(row) for row in rows)


def _clean(row: Place) -> Place:
    name = clean_line(row.name, field="place_name", limit=NAME_LIMIT, required=True)
    return Place(
        id=row.id,
        kind=row.kind,
        name=name,
        addressee=clean_line(row.addressee, field="addressee", limit=NAME_LIMIT),
        phone=clean_line(row.phone, field="phone", limit=NAME_LIMIT),
        email=clean_line(row.email, field="email", limit=NAME_LIMIT),
        trust=row.trust,
        source=LOCAL,
        seen_on=row.seen_on,
        note=clean_line(row.note, field="note", limit=NAME_LIMIT),
    )


def _rows(file: str, content: Mapping[str, object], key: str, known: frozenset[str]) -> list[Row]:
    tables = content.get(key)
    if not isinstance(tables, list) or set(content) - {key}:
        raise UserError("rules_malformed", file=file, rule="*", key=key)
    return [Row(file, table, known) for table in tables]


def _place(row: Row) -> Place:
    return Place(
        id=row.text("id"),
        kind=row.choice("kind", PlaceKind),
        name=row.text("name"),
        addressee=row.text("addressee", ""),
        region=row.text("region", ""),
        phone=row.text("phone", ""),
        email=row.text("email", ""),
        from_on=row.day("from_on"),
        to_on=row.day("to_on"),
        replaced_by=row.text("replaced_by", ""),
        trust=row.choice("confidence", Trust),
        source=row.text("source"),
        seen_on=row.day("seen_on"),
        note=row.text("note", ""),
        copy_only=row.flag("copy_only", False),
    )


def _with_predecessor(place: Place, name: str) -> Place:
    return replace(place, predecessor=name) if name else place


def _offence(row: Row) -> Offence:
    first = row.day("in_force_from")
    fine = row.values.get("fine")
    if first is None:
        raise row.wrong("in_force_from")
    if fine is not None and not (isinstance(fine, list) and len(fine) == 2):
        raise row.wrong("fine")
    return Offence(
        id=row.text("id"),
        text=row.text("text"),
        citation=row.text("citation"),
        kinds=tuple(CaseKind(kind) for kind in row.texts("kinds")),
        in_force_from=first,
        in_force_to=row.day("in_force_to"),
        trust=row.choice("confidence", Trust),
        source=row.text("source"),
        fine=(int(fine[0]), int(fine[1])) if fine else None,
        also=row.text("also", ""),
        doubt=row.text("doubt", ""),
        against_press=row.flag("against_press", False),
    )
