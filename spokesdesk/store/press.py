"""What belongs to an outlet: its representative offices and the checklists filled for it."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or_renew

from spokesdesk.domain.checklists import Answered, Checklist, Seen
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.offices import Office
from spokesdesk.domain.people import Ref
from spokesdesk.store.alias import is_of, survivor
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import outlet
from spokesdesk.store.tables_people import outlet_checklist, outlet_office

_given = outlet.alias("given")
_OFFICES = select(
    outlet_office, outlet.c.name.label("outlet_name"), outlet.c.id.label("kept_id")
).select_from(
    outlet_office.join(_given, _given.c.id == outlet_office.c.outlet_id).join(
        outlet, outlet.c.id == survivor(_given)
    )
)


class SqlPress:
    """The outlet_office and outlet_checklist tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def save_office(self, office: Office) -> None:
        """Add or renew an office."""
        values = {
            "id": office.id,
            "outlet_id": office.outlet.id,
            "address": office.address,
            "head": office.head,
            "phone": office.phone,
            "email": office.email,
            "decision": office.decision,
            "from_on": office.from_on,
            "until_on": office.until_on,
            "note": office.note,
        }
        made = insert_or_renew(outlet_office).values(**values)
        # The outlet stays the one it was first given to, so that taking a merge back gives it back.
        newer = {name: made.excluded[name] for name in values if name not in ("id", "outlet_id")}
        self._connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=newer))

    def drop_office(self, office_id: UUID) -> None:
        """Take an office away."""
        self._connection.execute(delete(outlet_office).where(outlet_office.c.id == office_id))

    def office(self, office_id: UUID) -> Office:
        """Give an office; raises UserError("record_missing")."""
        row = self._connection.execute(_OFFICES.where(outlet_office.c.id == office_id)).mappings().first()
        if row is None:
            raise UserError("record_missing", field="id", id=office_id)
        return _office(row)

    def offices(self, outlet_id: UUID | None = None) -> tuple[Office, ...]:
        """Give the offices of one outlet, or all, by outlet and the latest opened first."""
        statement = _OFFICES
        if outlet_id is not None:
            statement = statement.where(self._is_of(outlet_office.c.outlet_id, outlet_id))
        ordered = statement.order_by(outlet.c.name_fold, outlet_office.c.from_on.desc())
        return tuple(_office(row) for row in self._connection.execute(ordered).mappings())

    def add_checklist(self, made: Checklist) -> None:
        """Write a filled checklist, its link and its search text."""
        values = {
            "id": made.id,
            "outlet_id": made.outlet.id,
            "outlet_name": made.outlet.name,
            "criteria": made.criteria,
            "source": made.source,
            "answers": [_answer_value(item) for item in made.answers],
            "note": made.note,
            "at": made.at,
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(outlet_checklist), values)
        self._chain.join("outlet_checklist", made.id, made.at, values)
        self._put_words(made)

    def find_again(self, checklist_id: UUID) -> None:
        """Renew the words by which a filled checklist is found."""
        self._put_words(self.checklist(checklist_id))

    def _put_words(self, made: Checklist) -> None:
        words = " · ".join([item.evidence for item in made.answers if item.evidence] + [made.note])
        self._search.put("checklist", made.id, made.outlet.name, words, datetime.now(UTC))

    def checklist(self, checklist_id: UUID) -> Checklist:
        """Give a filled checklist; raises UserError("record_missing")."""
        return _checklist(one(self._connection, outlet_checklist, checklist_id))

    def checklists(self, outlet_id: UUID) -> tuple[Checklist, ...]:
        """Give the checklists filled for an outlet, the newest first."""
        wanted = self._is_of(outlet_checklist.c.outlet_id, outlet_id)
        statement = select(outlet_checklist).where(wanted).order_by(outlet_checklist.c.n.desc())
        return tuple(_checklist(row) for row in self._connection.execute(statement).mappings())

    def _is_of(self, column: ColumnElement[UUID], outlet_id: UUID) -> ColumnElement[bool]:
        return is_of(self._connection, outlet, column, outlet_id)


def _office(row: RowValues) -> Office:
    same = ("id", "address", "head", "phone", "email", "decision", "from_on", "until_on", "note")
    return Office(outlet=Ref(row["kept_id"], str(row["outlet_name"])), **{name: row[name] for name in same})


def _answer_value(item: Answered) -> dict[str, str]:
    return {
        "id": item.id,
        "group": item.group,
        "text": item.text,
        "seen": item.seen.value,
        "evidence": item.evidence,
    }


def _checklist(row: RowValues) -> Checklist:
    return Checklist(
        id=row["id"],
        outlet=Ref(row["outlet_id"], str(row["outlet_name"])),
        criteria=str(row["criteria"]),
        source=str(row["source"]),
        answers=tuple(Answered(**(dict(item) | {"seen": Seen(item["seen"])})) for item in row["answers"]),
        at=row["at"],
        author=Ref(row["author_id"], str(row["author_name"])),
        note=str(row["note"]),
    )
