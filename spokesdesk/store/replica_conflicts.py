"""Open conflicts as a person reads them: what both wrote, of which record."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from spokesdesk import wire
from spokesdesk.domain.sealing import require_read
from spokesdesk.domain.setting_parts import ENTITY as SETTING
from spokesdesk.domain.setting_parts import NAME, setting_of
from spokesdesk.services.ports.sync import SyncConflict
from spokesdesk.store.replica_tables import by_entity
from spokesdesk.store.seals import Seals
from spokesdesk.store.tables import member
from spokesdesk.store.tables_sync import enrolled, ledger, replica, sync_conflict


def subject_of(connection: Connection, entity: str, record: UUID) -> tuple[str, UUID] | None:
    """Give the row here that a record of the portal is about: its table and id; None for one without an id."""
    spec = by_entity().get(entity)
    if spec is None or spec.key != ("id",):
        return None
    if not spec.beside and spec.entity != "paper-draft":
        return spec.table.name, record
    fields = connection.scalar(select(replica.c.fields).where(replica.c.record == record))
    return (spec.table.name, UUID(fields["id"])) if fields and fields.get("id") else None


def read_conflicts(connection: Connection, seals: Seals, *, open_only: bool) -> tuple[SyncConflict, ...]:
    """Give the conflicts, the latest first; sealed values are opened."""

    def shown(row: Any, value: Any) -> Any:
        return seals.shown_or_awaited(row.entity, row.record, row.field, value)

    own = connection.scalar(select(enrolled.c.device))
    wanted = select(sync_conflict).order_by(sync_conflict.c.opened_at.desc(), sync_conflict.c.id)
    if open_only:
        wanted = wanted.where(sync_conflict.c.state == "open")
    names = {str(row.id): row.name for row in connection.execute(select(member.c.id, member.c.name))}
    return tuple(
        SyncConflict(
            id=row.id,
            record=row.record,
            entity=row.entity,
            field=row.field,
            title=_title(connection, row),
            base=shown(row, row.base),
            current=shown(row, row.current),
            mine=shown(row, row.mine),
            is_own=row.device == own,
            is_text=_is_text(row.entity, row.field),
            by=names.get(row.actor, ""),
            opened_at=row.opened_at,
            state=row.state,
            subject=subject_of(connection, row.entity, row.record),
        )
        for row in connection.execute(wanted).all()
    )


def settling(connection: Connection, seals: Seals, conflict: SyncConflict, value: object) -> wire.FieldChange:
    """Give the change that decides a conflict, its values as the portal keeps them.

    Args:
        value: what holds from now on, opened; one of the two stays sealed as it was.

    Raises:
        WaitError: ``agency_key_awaited``: what is in question cannot be read here yet.
    """
    require_read((conflict.current, conflict.mine, value))
    kept = select(sync_conflict.c.current, sync_conflict.c.mine).where(sync_conflict.c.id == conflict.id)
    row = connection.execute(kept).one()
    for shown, sealed in ((conflict.current, row.current), (conflict.mine, row.mine)):
        if shown == value:
            return wire.settling(row.current, row.mine, sealed)
    made = seals.hide(conflict.entity, conflict.record, conflict.field, value)
    return wire.settling(row.current, row.mine, made)


def move_beside(connection: Connection, settled: SyncConflict, value: object) -> None:
    """Bring the other conflicts about a setting up to a decision about one part, before the portal has seen it."""
    kind = setting_of(settled.entity, settled.field, _setting_name(connection, settled.record))
    now = kind.parts(value) if kind is not None else None
    if kind is None or now is None:
        return
    here = (sync_conflict.c.record == settled.record) & (sync_conflict.c.field == settled.field)
    others = here & (sync_conflict.c.state == "open") & (sync_conflict.c.id != settled.id)
    for row in connection.execute(select(sync_conflict).where(others)).all():
        names = kind.in_question(row.base, row.current, row.mine)
        mine = kind.whole(kind.moved(now, names, row.mine))
        moved = update(sync_conflict).where(sync_conflict.c.id == row.id)
        connection.execute(moved.values(current=value, mine=mine))


def _is_text(entity: str, name: str) -> bool:
    spec = by_entity().get(entity)
    return spec is not None and name in spec.texts


def _setting_name(connection: Connection, record: UUID) -> str:
    fields = connection.scalar(select(replica.c.fields).where(replica.c.record == record))
    return str((fields or {}).get(NAME) or "")


def _title(connection: Connection, row: Any) -> str:
    if row.entity == SETTING and (name := _setting_name(connection, row.record)):
        return name
    subject = subject_of(connection, row.entity, row.record)
    spec = by_entity().get(row.entity)
    if subject is not None and spec is not None:
        for name in ("title", "subject", "name", "topic"):
            if name in spec.table.c:
                wanted = select(spec.table.c[name]).where(spec.table.c.id == subject[1])
                if found := connection.scalar(wanted):
                    return str(found)
    shown = connection.scalar(select(ledger.c.title).where(ledger.c.record == row.record))
    return str(shown or "")
