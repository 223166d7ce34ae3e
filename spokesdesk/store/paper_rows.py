"""Moves of papers and their reviews, from rows to records."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from spokesdesk.domain.papers import Move, PaperMove, PaperReview, PaperState
from spokesdesk.domain.people import Ref
from spokesdesk.store.rows import RowValues
from spokesdesk.store.tables import paper_review


def move_record(row: RowValues, review: PaperReview | None = None) -> PaperMove:
    """Give a row of paper_move as its record."""
    return PaperMove(
        id=row["id"],
        move=Move(str(row["move"])),
        target=PaperState(str(row["target"])),
        at=row["at"],
        by=Ref(row["author_id"], str(row["author_name"])),
        version=int(str(row["version"])),
        text_sha256=str(row["text_sha256"]),
        remark=str(row["remark"]),
        is_flagged=bool(row["is_flagged"]),
        review=review,
    )


def reviews_of(connection: Connection, moves: Sequence[UUID]) -> dict[UUID, PaperReview]:
    """Give who looked at these approvals later."""
    if not moves:
        return {}
    found = connection.execute(select(paper_review).where(paper_review.c.move_id.in_(moves))).mappings()
    return {row["move_id"]: _review(row) for row in found}


def _review(row: RowValues) -> PaperReview:
    by = Ref(row["author_id"], str(row["author_name"]))
    return PaperReview(row["id"], row["move_id"], row["at"], by, str(row["remark"]))
