"""What is on its way to the portal, in words."""

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.conflict_words import titled
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import known_codes, word
from spokesdesk.gui.sync.nouns import entity_word
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services.ports import SyncRow, SyncState

STATES: dict[str, tuple[str, str]] = {
    "queued": (_("Chờ gửi"), "teal"),
    "sent": (_("Đã gửi"), "teal"),
    "published": (_("Đã đăng"), "green"),
    "withdrawn": (_("Đã gỡ"), "amber"),
    "quarantined": (_("Cổng chưa nhận"), "red"),
}
ARRIVED = {"accepted": (_("Đã vào sổ chung"), "green")}
DETAILS = {
    "queued": _("Gửi ở lần đồng bộ tới."),
    "sent": _("Cổng đã nhận, chờ hiện trên trang công khai."),
    "accepted": _("Cổng đã nhận; các máy của cơ quan đều có."),
    "withdrawn": _("Không còn trên trang công khai."),
}
BY_HAND = {
    "queued": _("Đi cùng thẻ ở lần “Ghi để mang đi” tới."),
    "sent": _("Máy mang hộ đã nhận, chờ thấy trong sổ chung mang về."),
}
# What a file's state is called.
FILES = {
    "queued": (_("Chờ gửi"), "teal"),
    "wanted": (_("Chờ nhận"), "teal"),
    "accepted": (_("Đã lên cổng"), "green"),
}


def calm(state: SyncState) -> str:
    """Say why the last round stopped, or what waits for a key; offline is nothing to worry about."""
    if not state.fault and state.by_hand:
        return by_hand_words(state)
    if not state.fault:
        if not state.awaited:
            return ""
        waiting = _("{n} mục đang chờ khóa của cơ quan; khóa đến khi một máy khác của cơ quan trực tuyến.")
        return waiting.format(n=state.awaited)
    if state.fault == "portal_unreachable":
        if not state.unsent:
            return _("Đang ngoại tuyến. Không có gì chờ gửi; máy tự kết nối lại khi có mạng.")
        waiting = _("Đang ngoại tuyến. {n} mục chờ gửi được giữ an toàn tại đây và tự gửi khi có mạng.")
        return waiting.format(n=state.unsent)
    return said(state.fault, state.portal)


def by_hand_words(state: SyncState) -> str:
    """Say how it stands with what goes by stick alone: nothing is late, nobody is to blame."""
    waiting = _("{n} mục chưa thấy trong sổ chung, được giữ tại đây cho tới khi thẻ mang về sổ có chúng.")
    awaited = _("{n} mục đang chờ khóa của cơ quan; khóa đến cùng thẻ của máy đang nối với cổng.")
    parts = ((state.unsent, waiting), (state.awaited, awaited))
    return " ".join(words.format(n=n) for n, words in parts if n)


def said(code: str, portal: str = "") -> str:
    """Say a code of the portal in words; one this program does not know is shown as it is."""
    return (
        word(OutsideError(code, portal=portal))
        if code in known_codes()
        else _("Cổng báo: {code}").format(code=code)
    )


def row_cells(row: SyncRow, *, by_hand: bool = False) -> RowCells:
    """Give the words of one record's line."""
    details = DETAILS | BY_HAND if by_hand else DETAILS
    text, tone = (STATES | ARRIVED).get(row.state, (row.state, "neutral"))
    noun = entity_word(row.entity)
    title = titled(row.entity, row.title)
    return RowCells(
        title=title or noun or _("(không có tên)"),
        note=noun if title else "",
        right=f"{to_vn(row.changed_at):%d/%m/%Y %H:%M}",
        detail=said(row.reason) if row.reason else row.url or details.get(row.state, ""),
        chip=text,
        tone=tone,
        quiet=True,
    )
