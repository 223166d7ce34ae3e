"""Between papers and their rows: what follows a text or a stamp, moves and their reviews."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Move, PaperMove, PaperReview, PaperState, Stamp
from spokesdesk.domain.people import Ref
from spokesdesk.store.rows import RowValues, file_value
from spokesdesk.store.tables import paper_review


def stamp_values(stamp: Stamp) -> dict[str, object]:
    """Give the columns of a paper that numbering fills."""
    return {
        "number": stamp.number,
        "numbered_on": stamp.on,
        "series": stamp.series,
        "year": stamp.on.year,
        "docx": file_value(stamp.docx),
        "pdf": file_value(stamp.pdf),
    }


def head_values(letter: Letter) -> dict[str, object]:
    """Give the columns of a paper that follow its text."""
    return {"kind": letter.kind.value, "subject": letter.subject, "symbol": letter.symbol}


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
