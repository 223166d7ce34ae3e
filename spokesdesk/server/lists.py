"""Lists that agencies post for the public: spokespeople (người phát ngôn), resident reporters, offices."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_line, clean_text, fold
from spokesdesk.server.tables import journal, public_list


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as the public sees it.

    Attributes:
        key: its name in addresses; never the id of its journal.
    """

    journal: UUID
    name: str

    @property
    def key(self) -> str:
        """Give the agency's name as part of an address."""
        plain = "".join(char if char.isascii() and char.isalnum() else " " for char in fold(self.name))
        mark = hashlib.sha256(self.name.encode()).hexdigest()[:6]
        return "-".join([*plain.split()[:12], mark])


@dataclass(frozen=True, slots=True)
class Posted:
    """A list as an agency posted it last.

    Attributes:
        on: the day it speaks of.
        posted_at: UTC.
    """

    agency: Agency
    which: str
    on: date
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    posted_at: datetime

    @property
    def filled(self) -> tuple[int, ...]:
        """Give which columns hold something in any row."""
        return tuple(n for n in range(len(self.columns)) if any(row[n] for row in self.rows))


def check(op: wire.Op) -> str:
    """Give what is wrong with a posting; "" when nothing is."""
    if op.kind != "append":
        return "kind_unknown"
    try:
        made = wire.list_of(op.patch)
        date.fromisoformat(made.on)
        clean_line(made.title, field="title", limit=300, required=True)
        for row in [made.columns, *made.rows]:
            for cell in row:
                clean_text(cell, field="rows", limit=1000)
    except (UserError, ValueError):
        return "fields_wrong"
    return ""


def project(connection: Connection, op: wire.Op, now: datetime) -> None:
    """Let the public see a posting in place of the agency's last one of its kind."""
    made = wire.list_of(op.patch)
    here = (public_list.c.journal == op.journal) & (public_list.c.which == made.which)
    connection.execute(sa.delete(public_list).where(here))
    connection.execute(
        sa.insert(public_list).values(
            journal=op.journal,
            which=made.which,
            on_day=date.fromisoformat(made.on),
            title=clean_line(made.title, field="title", limit=300),
            columns=[clean_line(head, field="columns", limit=1000) for head in made.columns],
            rows=[[clean_text(cell, field="rows", limit=1000) for cell in row] for row in made.rows],
            posted_at=now,
        )
    )


def agencies(connection: Connection) -> tuple[Agency, ...]:
    """Give every agency that is enrolled here, by name."""
    rows = connection.execute(sa.select(journal.c.id, journal.c.agency))
    return tuple(sorted((Agency(row.id, row.agency) for row in rows), key=lambda one: fold(one.name)))


def agency(connection: Connection, key: str) -> Agency | None:
    """Give the agency that an address names; None when there is none."""
    return next((one for one in agencies(connection) if one.key == key), None)


def posted(connection: Connection, owner: Agency) -> tuple[Posted, ...]:
    """Give an agency's lists, spokespeople first."""
    rows = connection.execute(sa.select(public_list).where(public_list.c.journal == owner.journal))
    found = [_posted(row, owner) for row in rows]
    order = ("spokespeople", "residents", "offices")
    return tuple(sorted(found, key=lambda one: order.index(one.which)))


def everywhere(connection: Connection, kinds: Sequence[str], words: str = "") -> tuple[Posted, ...]:
    """Give the lists of these kinds of all agencies, by agency.

    Args:
        connection: a reading transaction.
        kinds: which lists.
        words: what was typed into the search box, accents optional: rows and agencies that have all of it.
    """
    known = {one.journal: one for one in agencies(connection)}
    rows = connection.execute(sa.select(public_list).where(public_list.c.which.in_(kinds)))
    lists = sorted(
        (_posted(row, known[row.journal]) for row in rows),
        key=lambda one: (fold(one.agency.name), kinds.index(one.which)),
    )
    asked = fold(words).split()
    return tuple(narrow for one in lists if (narrow := _narrowed(one, asked)) is not None)


def _narrowed(one: Posted, asked: list[str]) -> Posted | None:
    name = fold(one.agency.name)
    kept = tuple(row for row in one.rows if all(word in f"{name} {fold(' '.join(row))}" for word in asked))
    if asked and not kept:
        return None
    return Posted(one.agency, one.which, one.on, one.title, one.columns, kept, one.posted_at)


def _posted(row: Row[Any], owner: Agency) -> Posted:
    return Posted(
        owner,
        row.which,
        row.on_day,
        row.title,
        tuple(row.columns),
        tuple(tuple(cells) for cells in row.rows),
        row.posted_at,
    )
