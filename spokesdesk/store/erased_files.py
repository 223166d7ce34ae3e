"""Files of erased data: which are still to go from this desk, and what every place says of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, exists, func, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or_renew

from spokesdesk.domain.privacy import PORTAL
from spokesdesk.store.tables import chain, draft
from spokesdesk.store.tables_sync import outbox, portal_file
from spokesdesk.store.tables_trust import deletion, deletion_done, erased_file


def note_erased(connection: Connection, deletion_id: UUID, files: Sequence[str]) -> None:
    """Note that files of a deletion are to go, here and at the portal: what was seen there is asked for anew."""
    if files:
        rows = [{"sha256": sha256, "deletion_id": deletion_id} for sha256 in files]
        connection.execute(insert(erased_file).prefix_with("OR IGNORE"), rows)
        connection.execute(delete(portal_file).where(portal_file.c.sha256.in_(files)))


class SqlErasedFiles:
    """The tables erased_file and deletion_done."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self) -> dict[UUID, tuple[str, ...]]:
        """Give the files (SHA-256) that are still to go, by the deletion that says so."""
        found: dict[UUID, tuple[str, ...]] = {}
        for row in self._connection.execute(select(erased_file).order_by(erased_file.c.deletion_id)):
            found[row.deletion_id] = (*found.get(row.deletion_id, ()), row.sha256)
        return found

    def is_in_draft(self, sha256: str) -> bool:
        """Say whether something that is being typed names a file."""
        naming = select(draft.c.id).where(func.instr(draft.c.content, sha256) > 0)
        return self._connection.scalar(naming.limit(1)) is not None

    def erased(self) -> frozenset[str]:
        """Give the files of all deletions."""
        rows = self._connection.scalars(select(deletion.c.files))
        return frozenset(sha256 for files in rows for sha256 in files)

    def let_go(self, deletion_id: UUID, files: Sequence[str]) -> None:
        """Forget files of a deletion, which are not here any more."""
        of_it = (erased_file.c.deletion_id == deletion_id) & erased_file.c.sha256.in_(files)
        self._connection.execute(delete(erased_file).where(of_it))

    def note(self, deletion_id: UUID, device: UUID, held: int, at: datetime) -> None:
        """Write down how many files of a deletion a place keeps, where that is news."""
        made = insert_or_renew(deletion_done).values(deletion_id=deletion_id, device=device, held=held, at=at)
        newer = {"held": made.excluded.held, "at": made.excluded.at}
        is_news = deletion_done.c.held != made.excluded.held
        key = ["deletion_id", "device"]
        self._connection.execute(made.on_conflict_do_update(index_elements=key, set_=newer, where=is_news))

    def said(self, deletion_id: UUID) -> dict[UUID, tuple[int, datetime]]:
        """Give what was said of a deletion: by device, or ``PORTAL``, how many files it keeps, and when it said so."""
        rows = self._connection.execute(
            select(deletion_done).where(deletion_done.c.deletion_id == deletion_id)
        )
        return {row.device: (row.held, row.at) for row in rows}

    def unanswered(self) -> dict[UUID, tuple[str, ...]]:
        """Give the files of this desk's own deletions that the portal has, and was not asked about yet."""
        told = select(deletion_done.c.deletion_id).where(deletion_done.c.device == PORTAL)
        # Asked in every round: of each deletion by its id, for the chain is long.
        is_own = exists().where(chain.c.entry == deletion.c.id, chain.c.kind == "deletion")
        wanted = select(deletion.c.id, deletion.c.files).where(
            is_own,
            deletion.c.id.not_in(told),
            deletion.c.id.not_in(select(outbox.c.record)),
            deletion.c.files != [],
        )
        return {row.id: tuple(row.files) for row in self._connection.execute(wanted)}
