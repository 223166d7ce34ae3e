"""What is on its way to the portal, as the list reads and says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.chain_faults import kind_word
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import known_codes, word
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk, SyncRow, SyncState

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
}
ENTITIES = {
    "paper": _("Văn bản"),
    "release": _("Thông cáo"),
    "contact": _("Tiếp xúc"),
    "article": _("Bài báo"),
    "paper-draft": _("Văn bản đang soạn"),
    "paper-text": _("Bản văn bản"),
    "paper-move": _("Bước xử lý văn bản"),
    "request": _("Yêu cầu"),
    "request-step": _("Bước của yêu cầu"),
    "case": _("Vụ việc"),
    "case-text": _("Diễn biến vụ việc"),
    "evidence": _("Chứng cứ"),
    "outlet": _("Cơ quan báo chí"),
    "journalist": _("Nhà báo"),
    "member": _("Người làm việc"),
    "setting": _("Thiết lập chung"),
    "incident": _("Vụ việc đột xuất"),
    "news": _("Tin"),
    "news-source": _("Nguồn tin"),
    "watch-subject": _("Chủ đề theo dõi"),
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger with its place."""

    n: int
    row: SyncRow


class Ledger:
    """The ledger as the list reads it: all of it at once, for it is short."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows: tuple[LedgerRow, ...] = ()

    def numbers(self) -> Sequence[int]:
        """Read the ledger (blocking)."""
        self._rows = tuple(LedgerRow(n, row) for n, row in enumerate(service.ledger(self._desk, every=True)))
        return tuple(row.n for row in self._rows)

    def rows(self, numbers: Sequence[int]) -> Sequence[LedgerRow]:
        """Give lines read before."""
        rows = self._rows
        return tuple(rows[n] for n in numbers if n < len(rows))


def calm(state: SyncState) -> str:
    """Say why the last round stopped; offline is nothing to worry about."""
    if not state.fault:
        return ""
    if state.fault == "portal_unreachable":
        if not state.queued:
            return _("Đang ngoại tuyến. Không có gì chờ gửi; máy tự kết nối lại khi có mạng.")
        waiting = _("Đang ngoại tuyến. {n} mục chờ gửi được giữ an toàn tại đây và tự gửi khi có mạng.")
        return waiting.format(n=state.queued)
    return said(state.fault, state.portal)


def said(code: str, portal: str = "") -> str:
    """Say a code of the portal in words; one this program does not know is shown as it is."""
    return (
        word(OutsideError(code, portal=portal))
        if code in known_codes()
        else _("Cổng báo: {code}").format(code=code)
    )


def cells(item: LedgerRow) -> RowCells:
    """Give the words of one line."""
    row = item.row
    text, tone = (STATES | ARRIVED).get(row.state, (row.state, "neutral"))
    return RowCells(
        title=row.title.strip() or _("(không có tên)"),
        note=entity_word(row.entity),
        right=f"{to_vn(row.changed_at):%d/%m/%Y %H:%M}",
        detail=said(row.reason) if row.reason else row.url or DETAILS.get(row.state, ""),
        chip=text,
        tone=tone,
        quiet=True,
    )


def key_of(item: LedgerRow) -> UUID:
    """Give the record."""
    return item.row.record


def number_of(item: LedgerRow) -> int:
    """Give the line's place."""
    return item.n


def entity_word(entity: str) -> str:
    """Give what people call a noun of the journal."""
    if entity in ENTITIES:
        return _(ENTITIES[entity])
    name = kind_word(entity.replace("-", "_"))
    return name[:1].upper() + name[1:]
