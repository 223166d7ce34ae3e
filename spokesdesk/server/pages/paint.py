"""From releases to HTML and Atom: templates with escaping always on, Vietnamese dates and sizes."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid5

import sqlalchemy as sa
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.engine import Connection
from starlette.responses import Response

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date, vn_date
from spokesdesk.server.publish import Release
from spokesdesk.server.tables import portal

_FOLDER = Path(__file__).parent
_EXCERPT = 220


class Paint:
    """Draws the pages.

    Args:
        title: the portal's name as the public reads it; "" for the usual one.
    """

    def __init__(self, title: str = "") -> None:
        self.title = title or _("Cổng thông cáo báo chí")
        self._templates = _templates()

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Give an HTML page."""
        html = self._templates.get_template(template).render(site=self.title, **values)
        return Response(html, status, {"cache-control": "no-cache"}, media_type="text/html")

    def feed(self, releases: Sequence[Release], *, base: str, uid: UUID) -> Response:
        """Give the Atom feed; ids never change with the address."""
        updated = max(
            (release.updated_at for release in releases), default=datetime.fromtimestamp(0).astimezone()
        )
        xml = self._templates.get_template("feed.xml").render(
            site=self.title,
            releases=releases,
            base=base,
            uid=uid,
            updated=updated,
            entry_uid=lambda release: uuid5(uid, str(release.public_id)),
        )
        return Response(xml, 200, {"cache-control": "no-cache"}, media_type="application/atom+xml")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _
    made.globals["listing_url"] = _listing_url
    style = hashlib.sha256((_FOLDER / "style.css").read_bytes()).hexdigest()[:10]
    made.globals["style_url"] = f"/static/style.css?v={style}"
    made.filters["excerpt"] = excerpt
    made.filters["heading"] = heading
    made.filters["size"] = file_size
    made.filters["moment"] = lambda at: to_vn(at).strftime("%H:%M, %d/%m/%Y")
    made.filters["stamp"] = lambda at: to_vn(at).isoformat(timespec="seconds")
    made.filters["vn_date"] = vn_date
    made.filters["short_date"] = short_date
    return made


def portal_uid(connection: Connection) -> UUID:
    """Give the portal's own id, made with its database."""
    found: UUID = connection.execute(sa.select(portal.c.uid)).scalar_one()
    return found


def excerpt(text: Sequence[str]) -> str:
    """Give the first words of a text, whole words only."""
    joined = " ".join(text)
    if len(joined) <= _EXCERPT:
        return joined
    return f"{joined[:_EXCERPT].rsplit(' ', 1)[0].rstrip(' ,;:.')} …"


def heading(title: str) -> str:
    """Give a subject as a heading: its first letter large."""
    return title[:1].upper() + title[1:]


def file_size(size: int) -> str:
    """Give a size as people read it, with the Vietnamese decimal comma."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024**2:.1f} MB".replace(".", ",")


def _listing_url(words: str, page: int) -> str:
    asked = {name: value for name, value in (("tim", words), ("trang", page if page > 1 else "")) if value}
    return f"/?{urlencode(asked)}" if asked else "/"
