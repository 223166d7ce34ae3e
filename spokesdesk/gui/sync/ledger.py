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
# What a file's state is called.
FILES = {
    "queued": (_("Chờ gửi"), "teal"),
    "wanted": (_("Chờ nhận"), "teal"),
    "accepted": (_("Đã lên cổng"), "green"),
}


def calm(state: SyncState) -> str:
    """Say why the last round stopped, or what waits for a key; offline is nothing to worry about."""
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


def said(code: str, portal: str = "") -> str:
    """Say a code of the portal in words; one this program does not know is shown as it is."""
    return (
        word(OutsideError(code, portal=portal))
        if code in known_codes()
        else _("Cổng báo: {code}").format(code=code)
    )


def row_cells(row: SyncRow) -> RowCells:
    """Give the words of one record's line."""
    text, tone = (STATES | ARRIVED).get(row.state, (row.state, "neutral"))
    noun = entity_word(row.entity)
    title = titled(row.entity, row.title)
    return RowCells(
        title=title or noun or _("(không có tên)"),
        note=noun if title else "",
        right=f"{to_vn(row.changed_at):%d/%m/%Y %H:%M}",
        detail=said(row.reason) if row.reason else row.url or DETAILS.get(row.state, ""),
        chip=text,
        tone=tone,
        quiet=True,
    )
