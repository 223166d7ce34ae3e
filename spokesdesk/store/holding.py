"""What happened to number series at this desk, each an entry of the journal."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from spokesdesk.domain.holding import Block, HoldingEntry, HoldingKind, OtherDesk, Span
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues
from spokesdesk.store.tables_numbers import number_holding


class SqlHoldings:
    """The number_holding table."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def add(self, made: HoldingEntry) -> None:
        """Write an entry."""
        values = {
            "id": made.id,
            "kind": made.kind.value,
            "series": made.series,
            "turn": made.turn,
            "other_code": made.other.code,
            "other_name": made.other.name,
            "token": made.token,
            "span": _span_value(made.span) if made.span else None,
            "given": [_span_value(span) for span in made.given],
            "lent": [_block_value(block) for block in made.lent],
            "reason": made.reason,
            "at": made.at,
            "author_id": made.by.id,
            "author_name": made.by.name,
        }
        self._connection.execute(insert(number_holding), values)
        self._chain.join("number_holding", made.id, made.at, values)

    def all(self) -> tuple[HoldingEntry, ...]:
        """Give every entry of this desk in order; colleagues' desks have series of their own."""
        own = number_holding.c.device.is_(None)
        statement = select(number_holding).where(own).order_by(number_holding.c.n)
        return tuple(_entry(row) for row in self._connection.execute(statement).mappings())


def _entry(row: RowValues) -> HoldingEntry:
    return HoldingEntry(
        id=row["id"],
        kind=HoldingKind(row["kind"]),
        series=str(row["series"]),
        turn=int(row["turn"]),
        other=OtherDesk(str(row["other_code"]), str(row["other_name"])),
        at=row["at"],
        by=Ref(row["author_id"], str(row["author_name"])),
        token=row["token"],
        span=Span(*row["span"]) if row["span"] else None,
        given=tuple(Span(*value) for value in row["given"]),
        lent=tuple(_block(value) for value in row["lent"]),
        reason=str(row["reason"]),
    )


def _span_value(span: Span) -> list[int]:
    return [span.year, span.first, span.last]


def _block_value(block: Block) -> dict[str, Any]:
    return {
        "token": str(block.token),
        "span": _span_value(block.span),
        "code": block.desk.code,
        "name": block.desk.name,
    }


def _block(value: dict[str, Any]) -> Block:
    return Block(UUID(value["token"]), Span(*value["span"]), OtherDesk(value["code"], value["name"]))
