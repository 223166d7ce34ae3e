"""The log of who opened whose personal data, and the requests of the people themselves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, insert, select

from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Ref
from spokesdesk.domain.privacy import Access, Step, SubjectRequest, Wish
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.tables_trust import access, subject_request


class SqlAccess:
    """The access and subject_request tables."""

    def __init__(self, connection: Connection, joined: SqlChain) -> None:
        self._connection = connection
        self._chain = joined

    def add(self, seen: Sequence[Access]) -> None:
        """Note who looked."""
        rows = [
            {
                "at": one.at,
                "member_id": one.member.id,
                "member_name": one.member.name,
                "subject_kind": one.subject_kind,
                "subject": one.subject,
                "act": one.act,
            }
            for one in seen
        ]
        if rows:
            self._connection.execute(insert(access), rows)

    def rows(self, subject: UUID | None = None, limit: int = 500) -> tuple[Access, ...]:
        """Give who looked, the latest first; at one person's data, if given."""
        statement = select(access).order_by(access.c.n.desc()).limit(limit)
        if subject is not None:
            statement = statement.where(access.c.subject == subject)
        return tuple(_access(row) for row in self._connection.execute(statement).mappings())

    def prune(self, before: datetime) -> int:
        """Drop what was noted before a time (UTC); gives how many."""
        return self._connection.execute(delete(access).where(access.c.at < before)).rowcount

    def add_request(self, made: SubjectRequest) -> None:
        """Write a request, or what became of it, into the chain."""
        values = {
            "id": made.id,
            "about": made.about,
            "step": made.step.value,
            "wish": made.wish.value,
            "subject": made.subject,
            "at": made.at,
            "clocks": [_clock(due) for due in made.clocks],
            "ground": made.ground,
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(subject_request), values)
        self._chain.join("subject_request", made.id, made.at, values)

    def requests(self, subject: UUID | None = None) -> tuple[SubjectRequest, ...]:
        """Give requests and their answers in the order they came."""
        statement = select(subject_request).order_by(subject_request.c.n)
        if subject is not None:
            statement = statement.where(subject_request.c.subject == subject)
        return tuple(_request(row) for row in self._connection.execute(statement).mappings())


def _clock(due: Due) -> dict[str, object]:
    return {
        "rule_id": due.rule_id,
        "due_at": due.due_at.isoformat() if due.due_at else None,
        "wording": due.wording,
        "citation": due.citation,
        "confidence": due.confidence,
        "note": due.note,
    }


def _request(row: RowMapping) -> SubjectRequest:
    clocks = tuple(
        Due(
            one["rule_id"],
            datetime.fromisoformat(one["due_at"]) if one["due_at"] else None,
            one["wording"],
            one["citation"],
            one["confidence"],
            one["note"],
        )
        for one in row["clocks"]
    )
    return SubjectRequest(
        row["id"],
        row["about"],
        Step(row["step"]),
        Wish(row["wish"]),
        row["subject"],
        row["at"],
        clocks,
        row["ground"],
        Ref(row["author_id"], row["author_name"]),
    )


def _access(row: RowMapping) -> Access:
    member = Ref(row["member_id"] or UUID(int=0), row["member_name"])
    return Access(row["at"], member, row["subject_kind"], row["subject"], row["act"])
