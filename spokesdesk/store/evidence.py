"""Items of evidence and their custody log: both only ever grow."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select

from spokesdesk.domain.evidence import Custody, CustodyAct, Evidence, EvidenceKind, Taken
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, file_record, file_value, one
from spokesdesk.store.tables import chain as links
from spokesdesk.store.tables_cases import custody, evidence

_HIDING = {CustodyAct.WITHDRAWN.value: True, CustodyAct.RESTORED.value: False}


def _no_matter(case_id: UUID) -> None:
    """Nobody wants to know that an item came."""


class SqlEvidence:
    """The evidence and custody tables.

    Attributes:
        on_added: told the case that an item was added to, in the same transaction.
    """

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection, self._chain = connection, chain
        self.on_added: Callable[[UUID], None] = _no_matter

    def add(self, item: Evidence, entry: Custody) -> None:
        """Write an item and the entry that says so."""
        values = {
            "id": item.id,
            "case_id": item.case_id,
            "kind": item.kind.value,
            "name": item.name,
            "original_name": item.original_name,
            "file": file_value(item.file),
            "url": item.url,
            "text": item.text,
            "taken_at": item.taken.at,
            "taken_by": item.taken.by,
            "note": item.taken.note,
            "card_reason": item.taken.card_reason,
            "added_at": item.added_at,
            "author_id": item.by.id,
            "author_name": item.by.name,
        }
        self._connection.execute(insert(evidence), values)
        self._chain.join("evidence", item.id, item.added_at, values)
        self.note(entry)
        self.on_added(item.case_id)

    def get(self, evidence_id: UUID) -> Evidence:
        """Give an item; raises UserError("record_missing")."""
        row = one(self._connection, evidence, evidence_id)
        return _item(row, evidence_id in self._hidden(row["case_id"]))

    def of(self, case_id: UUID) -> tuple[Evidence, ...]:
        """Give the items of a case as they came, withdrawn ones too."""
        hidden = self._hidden(case_id)
        statement = select(evidence).where(evidence.c.case_id == case_id).order_by(evidence.c.n)
        rows = self._connection.execute(statement).mappings()
        return tuple(_item(row, row["id"] in hidden) for row in rows)

    def note(self, entry: Custody) -> None:
        """Write an entry of the log."""
        values = {
            "id": entry.id,
            "case_id": entry.case_id,
            "evidence_id": entry.evidence_id,
            "act": entry.act.value,
            "at": entry.at,
            "author_id": entry.by.id,
            "author_name": entry.by.name,
            "remark": entry.remark,
        }
        self._connection.execute(insert(custody), values)
        self._chain.join("custody", entry.id, entry.at, values)

    def log(self, case_id: UUID) -> tuple[Custody, ...]:
        """Give everything that was done with the items of a case, each with its link in the chain."""
        statement = (
            select(custody, links.c.n.label("link"), links.c.hash.label("link_hash"))
            .select_from(custody.outerjoin(links, links.c.entry == custody.c.id))
            .where(custody.c.case_id == case_id)
            .order_by(custody.c.n)
        )
        return tuple(_entry(row) for row in self._connection.execute(statement).mappings())

    def counts(self, cases: Sequence[UUID]) -> dict[UUID, int]:
        """Give how many items of each case are not withdrawn."""
        among: BindParameter[UUID] = bindparam("cases", expanding=True)
        items = select(evidence.c.case_id, func.count()).where(evidence.c.case_id.in_(among))
        counted = self._connection.execute(items.group_by(evidence.c.case_id), {"cases": list(cases)})
        found = {row[0]: row[1] for row in counted}
        hiding = (
            select(custody.c.case_id)
            .distinct()
            .where(custody.c.case_id.in_(among), custody.c.act.in_(list(_HIDING)))
        )
        for case_id in list(self._connection.scalars(hiding, {"cases": list(cases)})):
            found[case_id] = found.get(case_id, 0) - len(self._hidden(case_id))
        return found

    def _hidden(self, case_id: UUID) -> frozenset[UUID]:
        """Give the items whose latest withdrawal was not taken back."""
        statement = (
            select(custody.c.evidence_id, custody.c.act)
            .where(custody.c.case_id == case_id, custody.c.act.in_(list(_HIDING)))
            .order_by(custody.c.n)
        )
        last = {row[0]: _HIDING[row[1]] for row in self._connection.execute(statement)}
        return frozenset(item for item, is_hidden in last.items() if is_hidden)


def _item(row: RowValues, withdrawn: bool) -> Evidence:
    file = file_record(row["file"])
    assert file is not None
    return Evidence(
        id=row["id"],
        case_id=row["case_id"],
        kind=EvidenceKind(row["kind"]),
        name=row["name"],
        original_name=row["original_name"],
        file=file,
        taken=Taken(row["taken_at"], row["taken_by"], row["note"], row["card_reason"]),
        added_at=row["added_at"],
        by=Ref(row["author_id"], row["author_name"]),
        url=row["url"],
        text=row["text"],
        withdrawn=withdrawn,
    )


def _entry(row: RowValues) -> Custody:
    return Custody(
        id=row["id"],
        case_id=row["case_id"],
        evidence_id=row["evidence_id"],
        act=CustodyAct(row["act"]),
        at=row["at"],
        by=Ref(row["author_id"], row["author_name"]),
        remark=row["remark"],
        link=row["link"] or 0,
        link_hash=row["link_hash"].hex() if row["link_hash"] else "",
    )
