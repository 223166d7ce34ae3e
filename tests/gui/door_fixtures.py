"""What comes through the journalists' door, as a portal hands it over."""

from uuid import uuid4

from spokesdesk import wire
from spokesdesk.services import door
from spokesdesk.services.ports import Desk


def came(desk: Desk, **changed: object) -> wire.DoorAsked:
    """Let a question come through the door as the portal hands it over."""
    values: dict[str, object] = {
        "id": uuid4(),
        "journal": uuid4(),
        "kind": "question",
        "topic": "Giá đất năm 2027",
        "text": "Khi nào công bố?",
        "asker": uuid4(),
        "asked_at": desk.now().isoformat(),
    }
    made = wire.DoorAsked(**(values | changed))  # type: ignore[arg-type]
    item = wire.DoorItem(
        made, "0" * 64, "Nguyễn Thị Lan", "Báo Tuổi Trẻ", "IBT-1", "lan@bao.vn", "0912345678"
    )
    door.open_asked(desk, item)
    return made
