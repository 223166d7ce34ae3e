"""Lists of the end of the day and where they went, each an entry of the journal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from spokesdesk.domain.day_end import DayEnd, DayEndItem, DayEndSent
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, one, plain
from spokesdesk.store.tables_requests import day_end, day_end_sent


class SqlDayEnds:
    """The day_end and day_end_sent tables."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def add(self, made: DayEnd) -> None:
        """Write a finished list."""
        values = {
            "id": made.id,
            "on": made.on,
            "at": made.at,
            "author_id": made.by.id,
            "author_name": made.by.name,
            "items": [_item_value(item) for item in made.items],
        }
        self._connection.execute(insert(day_end), values)
        self._chain.join("day_end", made.id, made.at, values)

    def get(self, day_end_id: UUID) -> DayEnd:
        """Give one list; raises UserError("record_missing")."""
        return _day_end(one(self._connection, day_end, day_end_id))

    def latest(self) -> DayEnd | None:
        """Give the list finished last, None before the first one."""
        row = (
            self._connection.execute(select(day_end).order_by(day_end.c.n.desc()).limit(1)).mappings().first()
        )
        return _day_end(row) if row else None

    def add_sent(self, made: DayEndSent) -> None:
        """Write where a list went."""
        values = {
            "id": made.id,
            "day_end_id": made.day_end_id,
            "way": made.way,
            "recipients": list(made.to),
            "at": made.at,
            "author_id": made.by.id,
            "author_name": made.by.name,
            "result": made.result,
            "detail": made.detail,
        }
        self._connection.execute(insert(day_end_sent), values)
        self._chain.join("day_end_sent", made.id, made.at, values)

    def last_addresses(self) -> tuple[str, ...]:
        """Give the addresses of the list mailed last."""
        statement = select(day_end_sent.c.recipients).where(day_end_sent.c.way == "mail")
        found = self._connection.scalar(statement.order_by(day_end_sent.c.n.desc()).limit(1))
        return tuple(found or ())

    def sent(self, day_end_id: UUID) -> tuple[DayEndSent, ...]:
        """Give where a list went, in order."""
        statement = select(day_end_sent).where(day_end_sent.c.day_end_id == day_end_id)
        return tuple(
            DayEndSent(
                row["id"],
                row["day_end_id"],
                row["way"],
                tuple(row["recipients"]),
                row["at"],
                Ref(row["author_id"], row["author_name"]),
                row["result"],
                row["detail"],
            )
            for row in self._connection.execute(statement.order_by(day_end_sent.c.n)).mappings()
        )


def _item_value(item: DayEndItem) -> dict[str, object]:
    return {
        "request_id": str(item.request_id),
        "who": item.who,
        "topic": item.topic,
        "received_at": plain(item.received_at),
        "owner": item.owner,
        "holder": item.holder,
        "due_at": plain(item.due_at),
        "citation": item.citation,
        "journalist_id": plain(item.journalist_id),
    }


def _day_end(row: RowValues) -> DayEnd:
    return DayEnd(
        row["id"],
        row["on"],
        row["at"],
        Ref(row["author_id"], row["author_name"]),
        tuple(_item(item) for item in row["items"]),
    )


def _id(text: str | None) -> UUID | None:
    """Give the id, None where a person's data was taken out of the list."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _item(value: RowValues) -> DayEndItem:
    due_at, asker = value["due_at"], value.get("journalist_id")
    return DayEndItem(
        request_id=UUID(value["request_id"]),
        who=value["who"],
        topic=value["topic"],
        received_at=datetime.fromisoformat(value["received_at"]),
        owner=value["owner"],
        holder=value["holder"],
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        citation=value["citation"],
        journalist_id=_id(asker),
    )
