"""What kinds, states, moves and times of papers are called on screen."""

from datetime import datetime

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind, Urgency
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.people import Role

KINDS: dict[LetterKind, str] = {
    LetterKind.CONG_VAN: _("Công văn"),
    LetterKind.THONG_CAO_BAO_CHI: _("Thông cáo báo chí"),
    LetterKind.BAO_CAO: _("Báo cáo"),
    LetterKind.GIAY_MOI: _("Giấy mời"),
    LetterKind.THONG_BAO: _("Thông báo"),
    LetterKind.KE_HOACH: _("Kế hoạch"),
    LetterKind.TO_TRINH: _("Tờ trình"),
    LetterKind.GIAY_UY_QUYEN: _("Giấy ủy quyền"),
    LetterKind.BIEN_BAN: _("Biên bản"),
}

STATES: dict[PaperState, tuple[str, str]] = {
    PaperState.DRAFT: (_("Đang soạn"), "neutral"),
    PaperState.SUBMITTED: (_("Chờ duyệt"), "teal"),
    PaperState.RETURNED: (_("Bị trả lại"), "amber"),
    PaperState.APPROVED: (_("Chờ cấp số"), "teal"),
    PaperState.NUMBERED: (_("Chờ phát hành"), "teal"),
    PaperState.RELEASED: (_("Đã phát hành"), "green"),
    PaperState.CORRECTED: (_("Đã đính chính"), "amber"),
    PaperState.WITHDRAWN: (_("Đã thu hồi"), "red"),
}

# On the button, and as something that was done.
MOVES: dict[Move, tuple[str, str]] = {
    Move.SUBMIT: (_("Trình duyệt"), _("Đã trình duyệt")),
    Move.RETURN: (_("Trả lại…"), _("Đã trả lại")),
    Move.APPROVE: (_("Duyệt"), _("Đã duyệt")),
    Move.NUMBER: (_("Cấp số"), _("Đã cấp số")),
    Move.RELEASE: (_("Phát hành"), _("Đã phát hành")),
    Move.RENUMBER: (_("Đổi số…"), _("Đã đổi số")),
    Move.CORRECT: (_("Đính chính…"), _("Đã đính chính")),
    Move.WITHDRAW: (_("Thu hồi…"), _("Đã thu hồi")),
}

ROLES: dict[Role, str] = {
    Role.SPOKESPERSON: _("người phát ngôn"),
    Role.DRAFTER: _("chuyên viên soạn thảo"),
    Role.LEADER: _("lãnh đạo"),
    Role.REGISTRY: _("văn thư"),
    Role.ADMIN: _("quản trị"),
}

SYNC: dict[str, tuple[str, str]] = {
    "queued": (_("Chờ gửi lên cổng"), "teal"),
    "sent": (_("Đã gửi lên cổng"), "teal"),
    "published": (_("Đã đăng trên cổng"), "green"),
    "withdrawn": (_("Đã gỡ khỏi cổng"), "amber"),
    "quarantined": (_("Cổng chưa nhận"), "red"),
}

URGENCIES: dict[Urgency | None, str] = {
    None: _("Không"),
    Urgency.KHAN: _("Khẩn"),
    Urgency.THUONG_KHAN: _("Thượng khẩn"),
    Urgency.HOA_TOC: _("Hỏa tốc"),
}


def moment(at: datetime) -> str:
    """Give a moment in Vietnamese time: ``09:41 ngày 22/11/2026``."""
    return _("{time} ngày {day}").format(time=f"{to_vn(at):%H:%M}", day=f"{to_vn(at):%d/%m/%Y}")


def stamp_of(number: int | None, symbol: str) -> str:
    """Give số, ký hiệu: ``12/SNNMT-VP``; without a number the symbol is all there is."""
    return f"{number:02d}/{symbol}" if number is not None else symbol


def titled(kind: LetterKind, subject: str) -> str:
    """Give a subject as people speak of the paper: ``V/v đề nghị cải chính``; "" when there is none."""
    plain = subject.strip()
    leads = plain.lower().startswith(("v/v", "về việc"))
    return f"V/v {plain}" if plain and kind is LetterKind.CONG_VAN and not leads else plain


def standing(found: Paper) -> str:
    """Say in one muted line what a paper is and how far it has come."""
    parts = [KINDS[found.letter.kind]]
    if found.number is not None:
        parts.append(_("số {stamp}").format(stamp=stamp_of(found.number, found.letter.symbol)))
    else:
        parts.append(_("dự thảo {version}").format(version=found.version))
    parts.append(_("lưu lúc {moment}").format(moment=moment(found.saved_at)))
    return " · ".join(parts)


def who_waits(roles: tuple[Role, ...]) -> str:
    """Say whose turn it is: ``văn thư hoặc người phát ngôn``."""
    return _(" hoặc ").join(ROLES[role] for role in roles)
