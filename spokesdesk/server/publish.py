"""Releases as the public sees them: a projection filled with the log, never filtered from it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_line, clean_text, fold, safe_file_name
from spokesdesk.server.tables import blob, journal, release

PAGE = 12
FEED = 50
WORDS = 8
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))


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

    @property
    def mark(self) -> str:
        """Number and symbol as printed, ``05/TCBC-SNNMT``: under 10 with a zero in front (NĐ 30/2020)."""
        return f"{self.number:02d}/{self.symbol}" if self.symbol else f"{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of releases, newest first; ``page`` counts from 1."""

    releases: tuple[Release, ...]
    total: int
    page: int
    pages: int


def check(fields: wire.ReleaseFields) -> None:
    """Refuse fields that must not reach the public: control or direction marks, an impossible date.

    Raises:
        UserError: names the field.
    """
    clean_line(fields.title, field="title", limit=500, required=True)
    clean_line(fields.agency, field="agency", limit=200)
    clean_line(fields.symbol, field="symbol", limit=30)
    clean_line(fields.place, field="place", limit=100)
    for paragraph in fields.text:
        clean_text(paragraph, field="text", limit=500_000)
    try:
        date.fromisoformat(fields.date_on)
    except ValueError as error:
        raise UserError("date_unreadable", field="date_on", text=fields.date_on) from error


def project(
    connection: Connection, owner: UUID, rec: UUID, fields: wire.ReleaseFields, now: datetime
) -> None:
    """Write what the public will see of a new record, once ``publish_complete`` finds both files."""
    title = _shown(clean_line(fields.title, field="title", limit=500))
    symbol = clean_line(fields.symbol, field="symbol", limit=30)
    agency = clean_line(fields.agency, field="agency", limit=200)
    publisher = connection.execute(sa.select(journal.c.agency).where(journal.c.id == owner)).scalar_one()
    searched = [title, agency, publisher, f"{fields.number}/{symbol}", str(fields.number), *fields.text]
    connection.execute(
        sa.insert(release).values(
            journal=owner,
            rec=rec,
            public_id=uuid4(),
            state="waiting",
            kind=fields.kind,
            title=title,
            number=fields.number,
            symbol=symbol,
            agency=agency,
            place=clean_line(fields.place, field="place", limit=100),
            date_on=date.fromisoformat(fields.date_on),
            text=[_shown(part) for part in fields.text],
            search=_searched(searched),
            updated_at=now,
            **_file_columns("docx", fields.docx),
            **_file_columns("pdf", fields.pdf),
        )
    )


def _shown(paragraph: str) -> str:
    # U+FFFE and U+FFFF are no characters and would make the feed unreadable as XML.
    return clean_text(paragraph.translate(_NO_CHARACTERS), field="text", limit=500_000)


def _searched(texts: Sequence[str]) -> str:
    plain = "".join(char if char.isalnum() else " " for char in fold(" ".join(texts)))
    return f" {' '.join(plain.split())}"


def _file_columns(which: str, file: wire.FileRef) -> dict[str, object]:
    name = safe_file_name(file.name, otherwise=f"thong-cao.{which}")
    return {f"{which}_sha256": file.sha256, f"{which}_name": name, f"{which}_size": file.size}


def publish_complete(connection: Connection, owner: UUID, now: datetime) -> int:
    """Make public every waiting release of a journal whose files are all there; give how many."""

    def held(sha256: sa.Column[str]) -> sa.Exists:
        return sa.exists().where(blob.c.journal == owner, blob.c.sha256 == sha256)

    done = connection.execute(
        sa.update(release)
        .where(release.c.journal == owner, release.c.state == "waiting")
        .where(held(release.c.docx_sha256), held(release.c.pdf_sha256))
        .values(state="public", published_at=now, updated_at=now)
    )
    return done.rowcount


def withdraw(connection: Connection, owner: UUID, rec: UUID, now: datetime) -> None:
    """Take a release off the public pages."""
    connection.execute(
        sa.update(release)
        .where(release.c.journal == owner, release.c.rec == rec)
        .values(state="withdrawn", updated_at=now)
    )


def statuses(connection: Connection, owner: UUID, records: Sequence[UUID], base: str) -> wire.Releases:
    """Say of each record whether it is public, and which files are still missing."""
    rows = connection.execute(
        sa.select(release).where(release.c.journal == owner, release.c.rec.in_(records))
    )
    found = {row.rec: row for row in rows}
    have = set(connection.execute(sa.select(blob.c.sha256).where(blob.c.journal == owner)).scalars())
    return wire.Releases([_status(rec, found.get(rec), have, base) for rec in records])


def _status(rec: UUID, row: Row[Any] | None, have: set[str], base: str) -> wire.ReleaseStatus:
    if row is None:
        return wire.ReleaseStatus(rec, "unknown")
    missing = sorted({row.docx_sha256, row.pdf_sha256} - have)
    url = f"{base}/thong-cao/{row.public_id}" if row.state == "public" else ""
    return wire.ReleaseStatus(rec, row.state, missing, url)


def latest(connection: Connection, words: str = "", page: int = 1, size: int = PAGE) -> Listing:
    """Give a page of public releases, newest first.

    Args:
        connection: a reading transaction.
        words: what was typed into the search box, accents optional; every word must begin some word.
        page: from 1; one beyond the last gives the last.
        size: releases a page.
    """
    shown = [release.c.state == "public"]
    for word in _searched([words]).split()[:WORDS]:
        shown.append(release.c.search.contains(f" {word}", autoescape=True))
    total = connection.execute(sa.select(sa.func.count()).select_from(release).where(*shown)).scalar_one()
    pages = max(1, math.ceil(total / size))
    page = min(max(page, 1), pages)
    rows = connection.execute(
        _public()
        .where(*shown)
        .order_by(release.c.published_at.desc(), release.c.public_id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return Listing(tuple(_release(row) for row in rows), total, page, pages)


def one(connection: Connection, public_id: UUID) -> Release | None:
    """Give a public release, None when there is none with this id or it is not public."""
    found = connection.execute(
        _public().where(release.c.public_id == public_id, release.c.state == "public")
    ).first()
    return _release(found) if found else None


def _public() -> sa.Select[Any]:
    return sa.select(release, journal.c.agency.label("publisher")).join_from(release, journal)


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
    )
