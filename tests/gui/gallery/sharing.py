"""Pictures of what two desks of an agency have of each other."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from spokesdesk.gui.rounds import chip_of
from spokesdesk.gui.sync import SyncScreen
from spokesdesk.services.ports.sync import SyncConflict
from spokesdesk.services.sync import Asked, WaitingAsk
from tests.gui.stage import Stage

AT = datetime(2026, 11, 27, 2, tzinfo=UTC)
CHECK = "4821-0937-5514-2206-7783"
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


def asked(screen: SyncScreen) -> None:
    """A request that waits for its answer."""
    assert screen.state is not None
    screen.show_ledger()
    screen._show_state(replace(screen.state, portal=""))
    screen.joining.ask_card._show(Asked(CHECK, AT))


def again(screen: SyncScreen) -> None:
    """A desk that goes by stick looks for another way."""
    assert screen.state is not None
    screen._wants_line = True
    screen._show_state(replace(screen.state, by_hand=True, fault=""))
    screen.joining.ask_card._show(None)


def asks(screen: SyncScreen) -> None:
    """A request on the stick of a desk that is to be let in."""
    one = WaitingAsk(
        CHECK, "Máy phòng Tiếp dân", "Sở Nông nghiệp và Môi trường", AT, is_known=False, fault=None
    )
    screen.carry._asked((one,))


def by_hand(stage: Stage, screen: SyncScreen) -> None:
    """Where a desk stands that goes by stick alone."""
    assert screen.state is not None
    state = replace(screen.state, by_hand=True, fault="", last_round_at=AT)
    screen._show_state(state)
    stage.window.status_line.set_portal(*chip_of(state, offline=False), "Nhận thẻ lần cuối 09:00 27/11")


def _found(number: int, entity: str, title: str, field: str, current: Any, mine: Any) -> SyncConflict:
    at, who = datetime(2026, 11, 27, 2, tzinfo=UTC), "Vũ Thị Mai"
    ids = (UUID(int=number), UUID(int=number + 100))
    return SyncConflict(*ids, entity, field, title, None, current, mine, False, False, who, at, "open")
