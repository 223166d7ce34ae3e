"""How far the first filling of this desk has come, and what of its pages can be done beforehand."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select, update

from spokesdesk import wire
from spokesdesk.services.ports.sync import Filling
from spokesdesk.store.replica_ready import Ready, make_ready
from spokesdesk.store.replica_standing import Standing
from spokesdesk.store.tables_sync import replication


class Fillings(Standing):
    """The place that the table ``replication`` keeps."""

    def make_ready(self, page: wire.Snapshot) -> Mapping[UUID, Ready]:
        """Do beforehand what of the work on a page needs no database."""
        return make_ready(page.records, self._seals)

    def filling(self) -> Filling | None:
        """Give how far the first filling has come; None when there is none to be done."""
        row = self._connection.execute(select(replication)).first()
        if row is None or not row.filled:
            return None
        noun, _slash, after = row.filled.partition(" ")
        cursor = (row.filled_seq, row.filled_chain) if row.filled_chain else None
        return Filling(noun.removeprefix("-"), after, cursor)

    def note_filling(self, filling: Filling | None) -> None:
        """Keep how far the first filling has come; None: this desk is filled."""
        seq, chain = filling.cursor if filling and filling.cursor else (None, "")
        place = f"{filling.noun or '-'} {filling.after}" if filling else ""
        self._connection.execute(update(replication).values(filled=place, filled_seq=seq, filled_chain=chain))
