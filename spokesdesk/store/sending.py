"""Sendings of papers, each an entry of the journal."""

from uuid import UUID

from sqlalchemy import Connection, insert, select

from spokesdesk.domain.people import Ref
from spokesdesk.domain.sending import Result, Sending, Way
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.tables import sending


class SqlSendings:
    """The sending table."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def add(self, made: Sending) -> None:
        """Write what was sent."""
        values = {
            "id": made.id,
            "paper_id": made.paper_id,
            "way": made.way.value,
            "recipients": list(made.to),
            "subject": made.subject,
            "message_id": made.message_id,
            "files": [list(pair) for pair in made.files],
            "at": made.at,
            "author_id": made.by.id,
            "author_name": made.by.name,
            "result": made.result.value,
            "detail": made.detail,
        }
        self._connection.execute(insert(sending), values)
        self._chain.join("sending", made.id, made.at, values)

    def of(self, paper_id: UUID) -> tuple[Sending, ...]:
        """Give the sendings of a paper, the first one first."""
        statement = select(sending).where(sending.c.paper_id == paper_id).order_by(sending.c.n)
        return tuple(
            Sending(
                id=row["id"],
                paper_id=row["paper_id"],
                way=Way(row["way"]),
                to=tuple(row["recipients"]),
                subject=row["subject"],
                message_id=row["message_id"],
                files=tuple((str(name), str(sha256)) for name, sha256 in row["files"]),
                at=row["at"],
                by=Ref(row["author_id"], row["author_name"]),
                result=Result(row["result"]),
                detail=row["detail"],
            )
            for row in self._connection.execute(statement).mappings()
        )
