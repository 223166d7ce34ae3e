"""Notes between the province and agencies, as a device signs them."""

from uuid import uuid4

from spokesdesk import wire
from tests.server.running import Device


def note(device: Device, kind: str, recipient: str, **more: object) -> wire.SignedOp:
    """Give a signed note between the province and an agency."""
    values: dict[str, object] = {
        "kind": kind,
        "recipient": recipient,
        "title": "về vụ việc trên báo",
        "text": "Đề nghị kiểm tra, trả lời.",
        "at": "2026-11-27T02:00:00+00:00",
        "author_name": "Nguyễn Thị Hoa",
    }
    patch = {name: wire.FieldChange(None, value) for name, value in (values | more).items()}
    return device.record_op("append", uuid4(), patch, entity=wire.NOTE)
