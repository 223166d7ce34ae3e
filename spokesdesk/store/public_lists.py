"""Lists posted for the public: each posting is an operation of its own in the outbox, and is kept nowhere else."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from spokesdesk import wire
from spokesdesk.domain.sheets import Sheet
from spokesdesk.domain.text import fold
from spokesdesk.store.tables_sync import enrolled, ledger, outbox


class SqlPublicLists:
    """The way of lists to the portal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def post(
        self, which: str, on: date, sheet: Sheet, at: datetime, actor: str, ids: tuple[UUID, UUID]
    ) -> bool:
        """Queue a list for the portal.

        Args:
            which: the kind of list, a word of the wire.
            on: the day it speaks of.
            sheet: the list; of an empty one the public sees that nobody is on it.
            at: UTC.
            actor: id of the member who posts it.
            ids: of the posting and of its operation.

        Returns:
            False before enrolment: nothing was queued.
        """
        place = self._connection.execute(select(enrolled)).first()
        if place is None:
            return False
        columns = [head for head, _width in sheet.columns]
        rows = [list(row) for row in sheet.rows if len(row) == len(columns)]
        made = wire.PublicList(which, on.isoformat(), sheet.title, columns, rows)  # type: ignore[arg-type]
        op = wire.Op(
            op_id=ids[1],
            device=place.device,
            dseq=place.dseq + 1,
            actor=actor,
            journal=place.journal,
            entity=wire.PUBLIC_LIST,
            rec=ids[0],
            kind="append",
            base_ver=0,
            patch=wire.list_patch(made),
            sv=wire.SV,
            wall=at.isoformat(),
        )
        queued = dict(op_id=op.op_id, record=op.rec, op=wire.encode(op).decode(), state="queued", tries=0)
        shown = dict(record=op.rec, entity=op.entity, title=sheet.title, folded=fold(sheet.title))
        self._connection.execute(insert(ledger).values(**shown, state="queued", files=[], changed_at=at))
        self._connection.execute(insert(outbox).values(**queued, queued_at=at))
        self._connection.execute(update(enrolled).values(dseq=op.dseq))
        return True
