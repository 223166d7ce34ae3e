"""The devices of a journal as its desks know of each other, and the public keys that they publish."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import device


def of(connection: Connection, owner: UUID) -> list[wire.Member]:
    """Give every device that a journal ever had."""
    rows = connection.execute(sa.select(device).where(device.c.journal == owner).order_by(device.c.id))
    return [_member(row) for row in rows]


def listed(engine: Engine, owner: UUID) -> wire.Members:
    """Answer a desk that asks for them."""
    with reading(engine) as connection:
        return wire.Members(of(connection, owner))


def publish(engine: Engine, owner: UUID, own: UUID, box: wire.DeviceBox) -> wire.Members:
    """Take the public keys that a device publishes of itself.

    Raises:
        AccessError: ``enrol_proof_wrong``: it is not its own signature.
    """
    here = (device.c.journal == owner) & (device.c.id == own)

    def work(connection: Connection) -> wire.Members:
        key = connection.execute(sa.select(device.c.public_key).where(here)).scalar_one()
        if not wire.is_own_box(key, box):
            raise AccessError("enrol_proof_wrong")
        connection.execute(sa.update(device).where(here).values(**box_values(box)))
        return wire.Members(of(connection, owner))

    return in_transaction(engine, work)


def box_values(box: wire.DeviceBox | None) -> dict[str, str]:
    """Give the columns that keep published keys."""
    if box is None:
        return {}
    return {"box_key": box.box_key, "recovery_key": box.recovery_key, "box_proof": box.proof}


def _member(row: Row[Any]) -> wire.Member:
    box = wire.DeviceBox(row.box_key, row.recovery_key, row.box_proof) if row.box_key else None
    return wire.Member(row.id, row.name, row.public_key, box, row.revoked_at is not None)
