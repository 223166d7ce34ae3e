"""How requests are called on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import AskerKind, RequestState
from spokesdesk.domain.rules import Confidence
from spokesdesk.domain.text import short_date
from spokesdesk.services import requests
from spokesdesk.services.ports import Desk, Suggestion

_NOBODY = UUID(int=0)

STATES: dict[RequestState, tuple[str, str]] = {
    RequestState.OPEN: (_("Mới nhận"), "amber"),
    RequestState.ASSIGNED: (_("Đã giao"), "teal"),
    RequestState.ANSWERED: (_("Đã trả lời"), "green"),
    RequestState.REFUSED: (_("Đã từ chối"), "neutral"),
    RequestState.REFERRED: (_("Đã chuyển"), "neutral"),
    RequestState.WITHDRAWN: (_("Bên hỏi rút"), "neutral"),
}
ASKERS: tuple[tuple[AskerKind, str], ...] = (
    (AskerKind.PRESS, _("Nhà báo, cơ quan báo chí")),
    (AskerKind.OFFICE, _("Văn phòng")),
    (AskerKind.AGENCY, _("Cơ quan khác")),
)


@dataclass(frozen=True, slots=True)
class Names:
    """Gives whom a request may wait on, while one types."""

    desk: Desk

    def __call__(self, words: str) -> Sequence[Suggestion]:
        """Give the names that hold these words (blocking)."""
        return tuple(Suggestion(_NOBODY, name) for name in requests.names(self.desk, words))


def moment(at: datetime) -> str:
    """Give a moment as lists show it: ``09:15 27/11/2026``."""
    local = to_vn(at)
    return f"{local:%H:%M} {short_date(local.date())}"


def doubt(confidence: str) -> str:
    """Say that the text of a law has not been checked against the official one; "" when it has."""
    known = confidence in list(Confidence)
    return Confidence(confidence).wording if known and confidence != Confidence.VERIFIED else ""
