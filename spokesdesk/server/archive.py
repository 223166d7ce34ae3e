"""What the public reads of releases: pages of them, one, and which months and agencies there are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk.domain.text import fold
from spokesdesk.server.tables import journal, release

PAGE = 12
FEED = 50
WORDS = 8
SITEMAP = 45_000


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file to download."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Release:
    """One published release.

    Attributes:
        publisher: the agency as it is enrolled at the portal.
        agency: the agency as printed on the paper.
        published_at, updated_at: UTC.
        corrected_at: UTC; when the newest public release that corrects this one came out; None when it holds.
    """

    public_id: UUID
    publisher: str
    agency: str
    kind: str
    title: str
    number: int
    symbol: str
    place: str
    date_on: date
    text: tuple[str, ...]
    docx: PublicFile
    pdf: PublicFile
    published_at: datetime
    updated_at: datetime
    rec: UUID
    journal: UUID
    corrects: UUID | None
    corrected_at: datetime | None

    @property
    def changed_at(self) -> datetime:
        """When what a reader should know of it changed last: itself, or that it was corrected."""
        return max(self.updated_at, self.corrected_at or self.updated_at)

    @property
    def mark(self) -> str:
        """Number and symbol as printed."""
        return mark(self.number, self.symbol)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of releases, newest first; ``page`` counts from 1."""

    releases: tuple[Release, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see.

    Attributes:
        words: what was typed into the search box, accents optional; every word must begin some word.
        agency: only of this one's journal.
        month: only of this month in Vietnam, ``2026-11``; "" for all.
    """

    words: str = ""
    agency: UUID | None = None
    month: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What is said of a release that was taken back: whose it was, its number and when; nothing of its content."""

    publisher: str
    mark: str
    date_on: date
    withdrawn_at: datetime


def mark(number: int, symbol: str) -> str:
    """Give number and symbol as printed, ``05/TCBC-SNNMT``: under 10 with a zero in front (NĐ 30/2020)."""
    return f"{number:02d}/{symbol}" if symbol else f"{number:02d}"


def searched(texts: Sequence[str]) -> str:
    """Give texts as they are searched: words without accents, a space before each."""
    plain = "".join(char if char.isalnum() else " " for char in fold(" ".join(texts)))
    return f" {' '.join(plain.split())}"


def latest(connection: Connection, asked: Asked | None = None, page: int = 1, size: int = PAGE) -> Listing:
    """Give a page of public releases, newest first.

    Args:
        connection: a reading transaction.
        asked: which ones; None for all.
        page: from 1; one beyond the last gives the last.
        size: releases a page.
    """
    asked = asked or Asked()
    shown = [release.c.state == "public"]
    for word in searched([asked.words]).split()[:WORDS]:
        shown.append(release.c.search.contains(f" {word}", autoescape=True))
    if asked.agency is not None:
        shown.append(release.c.journal == asked.agency)
    if asked.month:
        shown.append(release.c.month == asked.month)
    total = connection.execute(sa.select(sa.func.count()).select_from(release).where(*shown)).scalar_one()
    pages = max(1, math.ceil(total / size))
    page = min(max(page, 1), pages)
    # Their ids first: a page far down sorts and skips many rows, which should not be whole texts.
    newest = sa.select(release.c.public_id).where(*shown)
    newest = newest.order_by(release.c.published_at.desc(), release.c.public_id)
    ids = list(connection.execute(newest.limit(size).offset((page - 1) * size)).scalars())
    found = {row.public_id: row for row in connection.execute(_public().where(release.c.public_id.in_(ids)))}
    return Listing(tuple(_release(found[one]) for one in ids if one in found), total, page, pages)


def months(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Give the months in which releases came out, the latest first, with how many."""
    counted = (
        sa.select(release.c.month, sa.func.count())
        .where(release.c.state == "public", release.c.month.is_not(None))
        .group_by(release.c.month)
        .order_by(release.c.month.desc())
    )
    return tuple((row[0], row[1]) for row in connection.execute(counted))


def counts(connection: Connection) -> dict[UUID, int]:
    """Give how many releases of each agency are public, by its journal."""
    counted = (
        sa.select(release.c.journal, sa.func.count())
        .where(release.c.state == "public")
        .group_by(release.c.journal)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def addresses(connection: Connection) -> tuple[tuple[UUID, datetime], ...]:
    """Give the newest public releases for a map of the site, with when each changed."""
    wanted = sa.select(release.c.public_id, release.c.updated_at).where(release.c.state == "public")
    ordered = wanted.order_by(release.c.published_at.desc()).limit(SITEMAP)
    return tuple((row.public_id, row.updated_at) for row in connection.execute(ordered))


def one(connection: Connection, public_id: UUID) -> Release | None:
    """Give a public release, None when there is none with this id or it is not public."""
    found = connection.execute(
        _public().where(release.c.public_id == public_id, release.c.state == "public")
    ).first()
    return _release(found) if found else None


def linked(connection: Connection, held: Release) -> tuple[Release | None, Release | None]:
    """Give the public release that corrects this one, and the one that this one corrects; None for none."""
    own = (release.c.journal == held.journal) & (release.c.state == "public")
    by = connection.execute(
        _public().where(own, release.c.corrects == held.rec).order_by(release.c.published_at.desc()).limit(1)
    ).first()
    of = None
    if held.corrects is not None:
        of = connection.execute(_public().where(own, release.c.rec == held.corrects)).first()
    return (_release(by) if by else None, _release(of) if of else None)


def withdrawn(connection: Connection, public_id: UUID) -> Withdrawn | None:
    """Give what is said of a release that was public and was withdrawn; None for any other."""
    found = connection.execute(
        _public().where(
            release.c.public_id == public_id,
            release.c.state == "withdrawn",
            release.c.published_at.is_not(None),
        )
    ).first()
    return (
        Withdrawn(found.publisher, mark(found.number, found.symbol), found.date_on, found.updated_at)
        if found
        else None
    )


def _public() -> sa.Select[Any]:
    newer = release.alias("newer")
    by = (newer.c.journal == release.c.journal) & (newer.c.corrects == release.c.rec)
    corrected = sa.select(sa.func.max(newer.c.published_at)).where(by, newer.c.state == "public")
    named = (journal.c.agency.label("publisher"), corrected.scalar_subquery().label("corrected_at"))
    return sa.select(release, *named).join_from(release, journal)


def _release(row: Row[Any]) -> Release:
    return Release(
        row.public_id,
        row.publisher,
        row.agency,
        row.kind,
        row.title,
        row.number,
        row.symbol,
        row.place,
        row.date_on,
        tuple(row.text),
        PublicFile(row.docx_sha256, row.docx_name, row.docx_size),
        PublicFile(row.pdf_sha256, row.pdf_name, row.pdf_size),
        row.published_at,
        row.updated_at,
        row.rec,
        row.journal,
        row.corrects,
        row.corrected_at,
    )
