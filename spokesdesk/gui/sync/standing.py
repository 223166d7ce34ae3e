"""What the page of sharing asks and says of where this desk stands."""

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.elsewhere import Delivery
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.sync.ledger import ARRIVED, STATES, said
from spokesdesk.gui.sync.listing import Item
from spokesdesk.gui.sync.nouns import entity_word
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk, SyncRow, SyncState
from spokesdesk.services.ports.sync import LedgerEntry


def under_title(state: SyncState) -> str:
    """Say to which portal, or that everything goes by hand, and when it last did."""
    if not state.portal:
        return _("chưa kết nối với cổng")
    last = f"{to_vn(state.last_round_at):%H:%M %d/%m/%Y}" if state.last_round_at else ""
    if state.by_hand:
        when = _("nhận thẻ lần cuối {time}").format(time=last) if last else _("chưa nhận thẻ lần nào")
        return _("mang tay bằng thẻ nhớ, không gọi lên cổng · {when}").format(when=when)
    when = _("lần cuối {time}").format(time=last) if last else _("chưa đồng bộ lần nào")
    return f"{state.portal} · {when}"


def filling_words(state: SyncState) -> str:
    """Say how far a first filling has come; "" when there is none."""
    if not state.filling:
        return ""
    if state.by_hand:
        return _(
            "Sổ chung chưa về đủ. Hãy nhận lại từ thẻ của máy đã đón; mọi trang dùng được trong lúc chờ."
        )
    said_so_far = _("Đang nhận sổ chung lần đầu: đã có {n} mục. Mọi trang dùng được ngay trong lúc chờ.")
    return said_so_far.format(n=f"{state.filled:,}".replace(",", "."))


def aside_words(state: SyncState) -> str:
    """Say that something was set aside, and what to do; "" when nothing was."""
    if not state.aside:
        return ""
    text = _(
        "{n} mục của đồng nghiệp mang dấu hiệu bí mật nhà nước được để riêng, không vào sổ; các mục khác vẫn về đủ. "
        "Chọn “Để riêng” để xem ai ghi và nhờ người ấy bỏ dấu hiệu."
    )
    return text.format(n=state.aside)


def is_stuck(row: Item | None) -> bool:
    """Say whether it was refused and can be sent once more."""
    if isinstance(row, SyncRow):
        return row.state == "quarantined"
    return row is not None and isinstance(row.item, Delivery) and row.item.state == "quarantined"


def url_of(row: Item | None) -> str:
    """Give its public page, "" for none."""
    if isinstance(row, SyncRow):
        return row.url
    return row.item.url if row is not None and isinstance(row.item, Delivery) else ""


def stand(desk: Desk) -> tuple[SyncState, dict[str, int]]:
    """Ask where this desk stands (blocking)."""
    return service.state(desk), service.ledger_counts(desk)


def receipt(desk: Desk, row: SyncRow) -> tuple[LedgerEntry, str]:
    """Ask all that is known of a record's way, with the receipt's text (blocking)."""
    entry = service.ledger_entry(desk, row.record)
    state = (STATES | ARRIVED).get(entry.row.state, (entry.row.state, ""))[0]
    reason = said(entry.row.reason) if entry.row.reason else ""
    return entry, service.receipt_text(desk, entry, entity_word(entry.row.entity), state, reason)
