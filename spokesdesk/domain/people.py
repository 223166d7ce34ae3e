"""Who works here, and who comes: Member, Agency, Outlet, Journalist."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.text import clean_line, clean_text, fold

NAME_LIMIT = 200
NOTE_LIMIT = 4000


class Role(StrEnum):
    """What a member may do (vai trò)."""

    SPOKESPERSON = "spokesperson"  # người phát ngôn
    DRAFTER = "drafter"  # chuyên viên soạn thảo
    LEADER = "leader"  # lãnh đạo ký
    REGISTRY = "registry"  # văn thư
    ADMIN = "admin"  # quản trị bàn làm việc


# Whoever writes a paper should not be the one who approves it, nor number what he signed: the two-person rule (N25).
_KEPT_APART = (
    frozenset({Role.DRAFTER, Role.LEADER}),
    frozenset({Role.LEADER, Role.REGISTRY}),
)


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named in another one: its id and the name to show."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who works at this desk (người làm việc tại bàn).

    Attributes:
        post: chức vụ, as printed.
        has_pin: whether switching to this member asks for a PIN.
        active: False after the person has left; entries keep the name.
    """

    id: UUID
    name: str
    roles: frozenset[Role]
    post: str = ""
    has_pin: bool = False
    active: bool = True

    @property
    def ref(self) -> Ref:
        """The member as other records name it."""
        return Ref(self.id, self.name)

    @property
    def combines_duties(self) -> bool:
        """Whether one person holds roles that are meant to check each other; allowed in a small office, flagged."""
        return any(pair <= self.roles for pair in _KEPT_APART)

    def require(self, *roles: Role) -> None:
        """Raise AccessError unless the member holds one of the roles."""
        if not self.active or not self.roles & set(roles):
            raise AccessError("role_needed", role=roles[0].value, member=self.name)


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A member as typed in the first-run or settings form; ``pin`` None keeps the PIN, "" removes it."""

    name: str
    roles: frozenset[Role]
    post: str = ""
    pin: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Agency:
    """The office this desk belongs to (cơ quan).

    Attributes:
        name: cơ quan ban hành, e.g. "Sở Nông nghiệp và Môi trường".
        parent: cơ quan chủ quản, "" when there is none.
        place: địa danh printed before the date.
        symbol: abbreviation used in số, ký hiệu, e.g. "SNNMT".
        unit: abbreviation of the drafting unit, e.g. "VP".
        signer_authority: lines above the signature, e.g. ("GIÁM ĐỐC",).
        signer_name: who signs by default.
    """

    name: str
    parent: str = ""
    place: str = ""
    symbol: str = ""
    unit: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    signer_authority: tuple[str, ...] = ()
    signer_name: str = ""


class OutletKind(StrEnum):
    """Loại hình báo chí; the correction clocks differ by it (Luật Báo chí 2016, Điều 42; NĐ 237/2026, Điều 19)."""

    ONLINE = "online"  # báo điện tử
    DAILY = "daily"  # báo in hằng ngày
    WEEKLY = "weekly"  # báo in tuần
    MAGAZINE = "magazine"  # tạp chí in
    BROADCAST = "broadcast"  # phát thanh, truyền hình
    AGENCY = "agency"  # thông tấn
    FOREIGN = "foreign"  # báo chí nước ngoài
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Cơ quan báo chí.

    Attributes:
        governing_body: cơ quan chủ quản.
        head_title: the head's title as addressed in letters, e.g. "Tổng Biên tập".
        licence_number: số giấy phép hoạt động báo chí, issued on ``licence_on`` by ``licence_by``.
        remit: tôn chỉ, mục đích, as licensed.
        periodicity: kỳ hạn xuất bản, in words.
        channels: nội dung trên mạng xã hội, one channel a line.
    """

    id: UUID
    name: str
    kind: OutletKind = OutletKind.OTHER
    governing_body: str = ""
    head_title: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    note: str = ""
    head_name: str = ""
    licence_number: str = ""
    licence_on: date | None = None
    licence_by: str = ""
    remit: str = ""
    periodicity: str = ""
    channels: str = ""

    @property
    def ref(self) -> Ref:
        """The outlet as other records name it."""
        return Ref(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Journalist:
    """Nhà báo, phóng viên.

    Attributes:
        outlet: where the journalist works; None when unknown.
        card_issued_on: date of issue printed on the press card.
        card_expires_on: expiry printed on the press card; None when not noted.
        zalo: number or name there.
        resident_decision: the outlet's decision that posts a resident reporter (phóng viên thường trú) here.
        resident_from_on: first day of the posting, ``resident_until_on`` its last.
    """

    id: UUID
    name: str
    outlet: Ref | None = None
    phone: str = ""
    email: str = ""
    card_number: str = ""
    card_issued_on: date | None = None
    card_expires_on: date | None = None
    note: str = ""
    zalo: str = ""
    resident_decision: str = ""
    resident_from_on: date | None = None
    resident_until_on: date | None = None

    def is_resident(self, on: date) -> bool:
        """Tell whether the journalist is posted here on a day."""
        if not self.resident_decision and self.resident_from_on is None:
            return False
        is_begun = self.resident_from_on is None or self.resident_from_on <= on
        return is_begun and (self.resident_until_on is None or on <= self.resident_until_on)

    @property
    def ref(self) -> Ref:
        """The journalist as other records name it."""
        return Ref(self.id, self.name)


# How outlets are called in Vietnam tells most kinds; a paper's daily or weekly rhythm is not in its name.
_KIND_WORDS = (
    ("thong tan", OutletKind.AGENCY),
    ("dien tu", OutletKind.ONLINE),
    ("truyen hinh", OutletKind.BROADCAST),
    ("phat thanh", OutletKind.BROADCAST),
    ("tap chi", OutletKind.MAGAZINE),
)


def likely_kind(name: str) -> OutletKind:
    """Give the kind of outlet that a name tells, OTHER when it tells none; a person may change it."""
    folded = fold(name)
    return next((kind for words, kind in _KIND_WORDS if words in folded), OutletKind.OTHER)


# What outlets are called before their own name; people leave it out when they type.
_OUTLET_TITLES = ("bao dien tu", "bao", "tap chi dien tu", "tap chi", "dai phat thanh va truyen hinh", "dai")


def is_short_for(typed: str, outlet_name: str) -> bool:
    """Tell whether what was typed is an outlet's own name without its title, accents and case aside.

    ``tuoi tre`` is short for *Báo Tuổi Trẻ*, but *Đài Long An* is not another name of *Báo Long An*.
    """
    wanted, full = fold(typed), fold(outlet_name)
    return bool(wanted) and any(full == f"{title} {wanted}" for title in _OUTLET_TITLES)


def checked_member(draft: MemberDraft) -> MemberDraft:
    """Give the draft with clean text; raises UserError naming ``name``, ``roles``, ``post`` or ``pin``."""
    if not draft.roles:
        raise UserError("roles_missing", field="roles")
    if draft.pin and not (draft.pin.isascii() and draft.pin.isdigit() and 4 <= len(draft.pin) <= 12):
        raise UserError("pin_form", field="pin")
    return MemberDraft(
        clean_line(draft.name, field="name", limit=NAME_LIMIT, required=True),
        draft.roles,
        clean_line(draft.post, field="post", limit=NAME_LIMIT),
        draft.pin,
        draft.active,
    )


def checked_agency(agency: Agency) -> Agency:
    """Give the agency with clean text; raises UserError naming the field."""
    lines = (
        "name",
        "parent",
        "place",
        "symbol",
        "unit",
        "address",
        "phone",
        "email",
        "website",
        "signer_name",
    )
    authority = tuple(
        clean_line(text, field="signer_authority", limit=NAME_LIMIT) for text in agency.signer_authority
    )
    return replace(agency, signer_authority=authority, **_clean_lines(agency, lines))


def checked_outlet(outlet: Outlet) -> Outlet:
    """Give the outlet with clean text; raises UserError naming the field."""
    texts: dict[str, Any] = {
        field: clean_text(getattr(outlet, field), field=field, limit=NOTE_LIMIT)
        for field in ("note", "remit", "channels")
    }
    return replace(outlet, **texts, **_clean_lines(outlet, _OUTLET_LINES))


def checked_journalist(journalist: Journalist) -> Journalist:
    """Give the journalist with clean text; raises UserError naming the field."""
    note = clean_text(journalist.note, field="note", limit=NOTE_LIMIT)
    first, last = journalist.resident_from_on, journalist.resident_until_on
    if first and last and last < first:
        raise UserError("posting_days", field="resident_until_on")
    return replace(journalist, note=note, **_clean_lines(journalist, _JOURNALIST_LINES))


_OUTLET_LINES = (
    "name",
    "governing_body",
    "head_title",
    "head_name",
    "address",
    "phone",
    "email",
    "website",
    "licence_number",
    "licence_by",
    "periodicity",
)
_JOURNALIST_LINES = ("name", "phone", "zalo", "email", "card_number", "resident_decision")


def _clean_lines(record: object, fields: tuple[str, ...]) -> dict[str, Any]:
    return {
        field: clean_line(getattr(record, field), field=field, limit=NAME_LIMIT, required=field == "name")
        for field in fields
    }
