"""Journalists' accounts as the province's page shows them: rows, one account whole, what can be decided on it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.door import ACCOUNT_STATES, AccountState, JournalistAccount
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist
from spokesdesk.services import province_journalists
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_shown import Act, ProvinceRow, ProvinceView, Said, Tab, length_words, moment


def account_rows(desk: Desk) -> list[ProvinceRow]:
    """Give the accounts as rows, those that wait first."""
    made = []
    for n, one in enumerate(province_journalists.known(desk).accounts, 1):
        person, (chip, tone) = one.person, _state(one)
        waits = _waited(one, desk.now()) if one.is_waiting else ""
        detail = " · ".join(
            part for part in (person.outlet, _("thẻ {card}").format(card=person.card), waits) if part
        )
        more = f"{person.email} {person.phone}"
        made.append(ProvinceRow(n, one.id, Tab.ACCOUNTS, person.name, detail, one.made_at, chip, tone, more))
    return made


def _state(one: JournalistAccount) -> tuple[str, str]:
    words = ACCOUNT_STATES[one.state]
    tones = {
        AccountState.PENDING: "amber",
        AccountState.VERIFIED: "green",
        AccountState.REFUSED: "neutral",
        AccountState.BLOCKED: "red",
    }
    return words[0].upper() + words[1:], tones[one.state]


def _waited(one: JournalistAccount, now: datetime) -> str:
    minutes = int((now - one.made_at).total_seconds() // 60)
    return _("chờ {time}").format(time=length_words(minutes))


def account_view(desk: Desk, account_id: UUID) -> ProvinceView:
    """Give one account whole, with whom the address book knows; raises UserError("record_missing")."""
    one = province_journalists.account(desk, account_id)
    person, (chip, tone) = one.person, _state(one)
    facts = [
        (_("Cơ quan báo chí"), person.outlet),
        (_("Số thẻ nhà báo"), person.card),
        (_("Điện thoại"), person.phone),
        (_("Thư điện tử"), person.email),
        (_("Đăng ký trên cổng lúc"), moment(one.made_at)),
    ]
    about = _("Tài khoản nhà báo trên cổng")
    if one.is_waiting:
        about = f"{about} · {_waited(one, desk.now())}"
    told, acts = tuple(_told(desk, one, chip)), _DECIDED[one.state]
    return ProvinceView(
        account_id, Tab.ACCOUNTS, person.name, about, chip, tone, tuple(facts), told=told, acts=acts
    )


def _told(desk: Desk, one: JournalistAccount, chip: str) -> Iterator[Said]:
    if one.decided_at is not None:
        yield Said(chip, one.reason, one.decided_at)
    for known in province_journalists.alike(desk, one):
        yield Said(_("Có trong Danh bạ của bàn làm việc này"), _in_book(known))
    if one.is_waiting:
        how = _(
            "Gọi lại tòa soạn theo số đã biết, không theo số nhà báo tự ghi; hỏi đúng họ tên và số thẻ. "
            "Xác minh rồi, câu hỏi của tài khoản này mới đến được cơ quan."
        )
        yield Said(_("Trước khi xác minh"), how)


_DECIDED = {
    AccountState.PENDING: frozenset({Act.VERIFY, Act.REFUSE, Act.BLOCK}),
    AccountState.VERIFIED: frozenset({Act.BLOCK}),
    AccountState.REFUSED: frozenset({Act.VERIFY, Act.BLOCK}),
    AccountState.BLOCKED: frozenset({Act.VERIFY}),
}


def _in_book(known: Journalist) -> str:
    card = _("thẻ {card}").format(card=known.card_number) if known.card_number else _("chưa ghi số thẻ")
    outlet = known.outlet.name if known.outlet else ""
    return " · ".join(part for part in (known.name, outlet, card, known.phone, known.email) if part)
