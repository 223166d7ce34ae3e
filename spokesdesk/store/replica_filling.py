"""How far the first filling of this desk has come, and what of its pages can be done beforehand."""

from sqlalchemy import select, update

from spokesdesk import wire
from spokesdesk.services.ports.sync import Filling
from spokesdesk.store.database import GATE, Gate
from spokesdesk.store.replica_ready import Ready, make_ready
from spokesdesk.store.replica_standing import Standing
from spokesdesk.store.tables_sync import replication

# Of the nouns as they are taken: what was filled in another order is looked through again.
_ORDER = "2"


class Fillings(Standing):
    """The place that the table ``replication`` keeps."""

    def make_ready(self, page: wire.Snapshot) -> Ready | None:
        """Do beforehand what of the work on a page needs no database; None where nothing can be."""
        gate: Gate | None = self._connection.get_execution_options().get(GATE)
        return make_ready(page.records, self._seals, gate)

    def _fill_at_once(self, page: wire.Snapshot, ready: Ready) -> bool:
        """Write a page that was made ready; False, and nothing written, where its records are to be looked at."""
        if not ready.is_whole and ready.ring != self._seals.ring:
            opened = self.make_ready(page)  # a key has come since
            return opened is not None and self._write_ready(opened)
        return self._write_ready(ready)

    def filling(self) -> Filling | None:
        """Give how far the first filling has come; None when there is none to be done."""
        row = self._connection.execute(select(replication)).first()
        if row is None or not row.filled:
            return None
        noun, after, order = (*row.filled.split(" "), "", "")[:3]
        cursor = (row.filled_seq, row.filled_chain) if row.filled_chain else None
        if order != _ORDER:  # begun by another program, which took the nouns in another order
            return Filling(cursor=cursor)
        return Filling(noun.removeprefix("-"), after, cursor)

    def note_filling(self, filling: Filling | None) -> None:
        """Keep how far the first filling has come; None: this desk is filled."""
        seq, chain = filling.cursor if filling and filling.cursor else (None, "")
        place = f"{filling.noun or '-'} {filling.after} {_ORDER}" if filling else ""
        self._connection.execute(update(replication).values(filled=place, filled_seq=seq, filled_chain=chain))
