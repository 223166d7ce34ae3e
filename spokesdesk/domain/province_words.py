"""How notes between the province and agencies are named on screens and on the command line."""

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import NoteKind, Severity


def kind_name(kind: NoteKind) -> str:
    """Give the name of a kind of note."""
    return {
        NoteKind.ALERT: _("Cảnh báo"),
        NoteKind.REMIND: _("Nhắc lại"),
        NoteKind.ASK: _("Yêu cầu"),
        NoteKind.ANSWER: _("Trả lời"),
        NoteKind.ACK: _("Đã xác nhận"),
        NoteKind.DIFFICULTY: _("Khó khăn, vướng mắc"),
        NoteKind.REBUTTAL: _("Văn bản phản bác"),
    }[kind]


def severity_name(severity: Severity) -> str:
    """Give the name of how much an alert presses."""
    return dict(severities())[severity]


def severities() -> tuple[tuple[Severity, str], ...]:
    """Give how much an alert may press, with names."""
    return (
        (Severity.NOTICE, _("Lưu ý")),
        (Severity.HIGH, _("Quan trọng")),
        (Severity.URGENT, _("Khẩn")),
    )
