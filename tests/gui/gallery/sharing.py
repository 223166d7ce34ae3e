"""Pictures of what two desks of an agency have of each other."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from spokesdesk.gui.sync import SyncScreen
from spokesdesk.services.ports.sync import SyncConflict

SETTING = {"name": "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "place": "Long An", "unit": "VP"}


def conflict(screen: SyncScreen) -> SyncScreen:
    """Two changes of the agency's particulars, and two of one telephone number."""
    screen.conflicts.show_all(
        (
            _found(1, "setting", "agency", "value", SETTING, SETTING | {"unit": "TTBCXB"}),
            _found(2, "outlet", "Báo Đồng Khởi", "phone", "0275 3822 111", "0275 3822 112"),
        )
    )
    return screen


def _found(number: int, entity: str, title: str, field: str, current: Any, mine: Any) -> SyncConflict:
    at, who = datetime(2026, 11, 27, 2, tzinfo=UTC), "Vũ Thị Mai"
    ids = (UUID(int=number), UUID(int=number + 100))
    return SyncConflict(*ids, entity, field, title, None, current, mine, False, False, who, at, "open")
