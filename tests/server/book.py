"""A journal's records in memory, and two devices that change them as the portal would take their operations."""

import itertools
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from spokesdesk import wire
from spokesdesk.server.merging import Taken, take
from spokesdesk.server.records import Book, Held

NOW = datetime(2026, 11, 22, tzinfo=UTC)
JOURNAL = UUID(int=1)
REC = UUID(int=2)


def change(base: object, new: object, how: str = "") -> wire.FieldChange:
    """Give a change of a field; ``how`` is "text", "set" or "found"."""
    return wire.FieldChange(base, new, how) if how else wire.FieldChange(base, new)  # type: ignore[arg-type]


class Typist:
    """A device that makes operations on one record of one noun."""

    def __init__(self, book: Book, entity: str = "contact", rec: UUID = REC) -> None:
        self.book, self.entity, self.rec, self.device = book, entity, rec, uuid4()
        self.numbers = itertools.count(1)

    def op(self, kind: str, base_ver: int = 0, /, **patch: wire.FieldChange) -> wire.Op:
        """Give an operation."""
        return wire.Op(
            op_id=uuid4(),
            device=self.device,
            dseq=next(self.numbers),
            actor="",
            journal=JOURNAL,
            entity=self.entity,
            rec=self.rec,
            kind=kind,
            base_ver=base_ver,
            patch=patch,
            sv=wire.SV,
            wall="2026-11-22T00:00:00Z",
        )

    def does(self, kind: str, base_ver: int = 0, /, **patch: wire.FieldChange) -> Taken:
        """Have an operation taken."""
        return take(self.book, self.op(kind, base_ver, **patch), NOW)

    def puts(self, name: str, base: object, new: object, how: str = "") -> Taken:
        """Change one field."""
        return self.does("put", **{name: change(base, new, how)})

    @property
    def held(self) -> Held:
        """The record as the portal has it."""
        found = self.book.find(self.entity, self.rec)
        assert found is not None
        return found


def pair() -> tuple[Typist, Typist]:
    """Give two devices of one journal."""
    book = Book(JOURNAL)
    return Typist(book), Typist(book)


def open_values(typist: Typist, name: str) -> list[Any]:
    """Give the values that are kept beside a field."""
    return [one.mine for one in typist.book.open_conflicts(typist.held, name)]
