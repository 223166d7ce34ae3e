"""Releases as the public sees them: a projection filled with the log, never filtered from it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from spokesdesk import wire
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_line, clean_text, safe_file_name
from spokesdesk.server import mailing
from spokesdesk.server.archive import searched
from spokesdesk.server.tables import blob, journal, release

_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))


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
    try:
        UUID(fields.corrects or "0" * 32)
    except ValueError as error:
        raise UserError("message_malformed", field="corrects", detail="corrects") from error


def project(
    connection: Connection, owner: UUID, rec: UUID, fields: wire.ReleaseFields, now: datetime
) -> None:
    """Write what the public will see of a new record, once ``publish_complete`` finds both files."""
    title = _shown(clean_line(fields.title, field="title", limit=500))
    symbol = clean_line(fields.symbol, field="symbol", limit=30)
    agency = clean_line(fields.agency, field="agency", limit=200)
    publisher = connection.execute(sa.select(journal.c.agency).where(journal.c.id == owner)).scalar_one()
    found_by = [title, agency, publisher, f"{fields.number}/{symbol}", str(fields.number), *fields.text]
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
            search=searched(found_by),
            updated_at=now,
            corrects=UUID(fields.corrects) if fields.corrects else None,
            **_file_columns("docx", fields.docx),
            **_file_columns("pdf", fields.pdf),
        )
    )


def _shown(paragraph: str) -> str:
    # U+FFFE and U+FFFF are no characters and would make the feed unreadable as XML.
    return clean_text(paragraph.translate(_NO_CHARACTERS), field="text", limit=500_000)


def _file_columns(which: str, file: wire.FileRef) -> dict[str, object]:
    name = safe_file_name(file.name, otherwise=f"thong-cao.{which}")
    return {f"{which}_sha256": file.sha256, f"{which}_name": name, f"{which}_size": file.size}


def publish_complete(connection: Connection, owner: UUID, now: datetime) -> int:
    """Make public every waiting release of a journal whose files are all there; give how many."""

    def held(sha256: sa.Column[str]) -> sa.Exists:
        return sa.exists().where(blob.c.journal == owner, blob.c.sha256 == sha256)

    ready = (release.c.journal == owner) & (release.c.state == "waiting")
    ready &= held(release.c.docx_sha256) & held(release.c.pdf_sha256)
    recs = connection.execute(sa.select(release.c.rec).where(ready)).scalars().all()
    if recs:
        shown = sa.update(release).where(release.c.journal == owner, release.c.rec.in_(recs))
        month = f"{to_vn(now):%Y-%m}"
        connection.execute(shown.values(state="public", published_at=now, updated_at=now, month=month))
        mailing.released(connection, owner, recs, now)
    return len(recs)


def withdraw(connection: Connection, owner: UUID, rec: UUID, now: datetime) -> None:
    """Take a release off the public pages."""
    connection.execute(
        sa.update(release)
        .where(release.c.journal == owner, release.c.rec == rec)
        .values(state="withdrawn", updated_at=now)
    )
    mailing.released(connection, owner, [rec], now)


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
