"""What belongs to a contact beside its own row: the other journalists, the answers, the thread it stands in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, or_, select, text

from spokesdesk.domain.answers import Answer
from spokesdesk.domain.companions import Companion
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.columns import UuidBlob
from spokesdesk.store.rows import RowValues
from spokesdesk.store.tables import contact
from spokesdesk.store.tables_contacts import contact_answer, contact_companion
from spokesdesk.store.verification import verification_record, verification_value

# Entries that follow one another or correct one another, from any of them, both ways.
_THREAD = (
    text(
        "WITH RECURSIVE thread(id) AS (VALUES (:id)"
        " UNION SELECT c.id FROM thread t JOIN contact c ON c.follows = t.id"
        " UNION SELECT c.id FROM thread t JOIN contact c ON c.corrects = t.id"
        " UNION SELECT c.follows FROM thread t JOIN contact c ON c.id = t.id WHERE c.follows IS NOT NULL"
        " UNION SELECT c.corrects FROM thread t JOIN contact c ON c.id = t.id WHERE c.corrects IS NOT NULL"
        ") SELECT id FROM thread"
    )
    .bindparams(bindparam("id", type_=UuidBlob))
    .columns(id=UuidBlob)
)

_WITH_PARTS = (
    "SELECT contact_id FROM contact_companion WHERE contact_id IN ({marks})",
    "SELECT contact_id FROM contact_answer WHERE contact_id IN ({marks})",
    "SELECT given_in FROM contact_answer WHERE given_in IN ({marks})",
    "SELECT id FROM contact WHERE id IN ({marks}) AND corrects IS NOT NULL",
)


class ContactParts:
    """The tables of ``tables_contacts``, written together with the contact."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def add(self, entry: Contact, new_ids: Sequence[UUID]) -> None:
        """Write the companions and answers of an entry, each with its link; one id for each companion."""
        for place, (made, companion) in enumerate(zip(new_ids, entry.companions, strict=True)):
            values = _companion_values(made, entry.id, place, companion)
            self._connection.execute(insert(contact_companion), values)
            self._chain.join("contact_companion", made, entry.entered_at, values)
        for answer in (*entry.answers, *entry.replies):
            values = _answer_values(answer)
            self._connection.execute(insert(contact_answer), values)
            self._chain.join("contact_answer", answer.id, entry.entered_at, values)

    def among(self, contact_ids: Sequence[UUID]) -> set[UUID]:
        """Give which of some entries have companions, answers, or correct an entry that may have answers."""
        ids = tuple(one.bytes for one in contact_ids)
        marks = ", ".join("?" * len(ids))
        found: set[UUID] = set()
        for wanted in _WITH_PARTS:
            rows = self._connection.exec_driver_sql(wanted.format(marks=marks), ids)
            found.update(UUID(bytes=row[0]) for row in rows)
        return found

    def companions(self, contact_id: UUID) -> tuple[Companion, ...]:
        """Give the other journalists in the order in which they were written down."""
        wanted = select(contact_companion).where(contact_companion.c.contact_id == contact_id)
        rows = self._connection.execute(wanted.order_by(contact_companion.c.place)).mappings()
        return tuple(_companion(row) for row in rows)

    def answers(self, row: RowValues) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
        """Give the answers to an entry's questions and those it gave to questions of earlier entries.

        An answer counts while the entry that gave it stands uncorrected: the correction says it anew.
        """
        asking = self._lineage(row)
        of_entry = or_(contact_answer.c.contact_id.in_(asking), contact_answer.c.given_in == row["id"])
        stands = or_(contact.c.corrected_by.is_(None), contact.c.id == row["id"])
        wanted = (
            select(contact_answer)
            .join(contact, contact.c.id == contact_answer.c.given_in)
            .where(of_entry, stands)
            .order_by(contact_answer.c.answered_at, contact_answer.c.n)
        )
        found = [_answer(each) for each in self._connection.execute(wanted).mappings()]
        own = tuple(each for each in found if each.contact_id in asking)
        return own, tuple(each for each in found if each.contact_id not in asking)

    def thread(self, contact_id: UUID) -> tuple[UUID, ...]:
        """Give the entries that follow or correct one another around this one, it among them, in order of time."""
        ids = list(self._connection.scalars(_THREAD, {"id": contact_id}))
        ordered = (
            select(contact.c.id).where(contact.c.id.in_(ids)).order_by(contact.c.received_at, contact.c.n)
        )
        return tuple(self._connection.scalars(ordered))

    def _lineage(self, row: RowValues) -> list[UUID]:
        """Give the entry and those it corrects, one after another."""
        found = [row["id"]]
        earlier = row["corrects"]
        while earlier is not None and earlier not in found:
            found.append(earlier)
            earlier = self._connection.scalar(select(contact.c.corrects).where(contact.c.id == earlier))
        return found


def _companion_values(made: UUID, contact_id: UUID, place: int, companion: Companion) -> dict[str, Any]:
    who, outlet = companion.journalist, companion.outlet
    return {
        "id": made,
        "contact_id": contact_id,
        "place": place,
        "journalist_id": who.id if who else None,
        "journalist_name": who.name if who else "",
        "outlet_id": outlet.id if outlet else None,
        "outlet_name": outlet.name if outlet else "",
        "verification": verification_value(companion.verification),
    }


def _companion(row: RowValues) -> Companion:
    who = Ref(row["journalist_id"], str(row["journalist_name"])) if row["journalist_id"] else None
    outlet = Ref(row["outlet_id"], str(row["outlet_name"])) if row["outlet_id"] else None
    return Companion(who, outlet, verification_record(row["verification"]))


def _answer_values(answer: Answer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in Answer.__dataclass_fields__}


def _answer(row: RowValues) -> Answer:
    return Answer(**{name: row[name] for name in Answer.__dataclass_fields__})
