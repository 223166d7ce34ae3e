"""From releases to HTML and Atom: templates with escaping always on, Vietnamese dates and sizes."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.engine import Connection
from starlette.responses import Response

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date, vn_date
from spokesdesk.server.archive import Asked, Release
from spokesdesk.server.tables import portal

_FOLDER = Path(__file__).parent
_EXCERPT = 220
_PHONE = re.compile(r"[+(]?[0-9][0-9 .()-]{6,20}[0-9]")


class Paint:
    """Draws the pages.

    Args:
        title: the portal's name as the public reads it; "" for the usual one.
        contact: who looks after it and how they are reached, for the foot of every page; "" leaves it out.
    """

    def __init__(self, title: str = "", contact: str = "") -> None:
        self.title = title or _("Cổng thông cáo báo chí")
        self.contact = contact
        self._templates = _templates()

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Give an HTML page."""
        html = self._templates.get_template(template).render(site=self.title, contact=self.contact, **values)
        return Response(html, status, {"cache-control": "no-cache"}, media_type="text/html")

    def page_kept(self, template: str, status: int = 200, **values: object) -> Response:
        """Give an HTML page that belongs to one reader: no cache keeps it."""
        answer = self.page(template, status, **values)
        answer.headers["cache-control"] = "no-store"
        return answer

    def xml(self, template: str, kind: str, **values: object) -> Response:
        """Give a feed or a map of the site as XML."""
        xml = self._templates.get_template(template).render(site=self.title, **values)
        return Response(xml, 200, {"cache-control": "no-cache"}, media_type=kind)


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
    style = hashlib.sha256((_FOLDER / "style.css").read_bytes()).hexdigest()[:10]
    made.globals["style_url"] = f"/static/style.css?v={style}"
    made.filters["excerpt"] = excerpt
    made.filters["heading"] = heading
    made.filters["feed_title"] = feed_title
    made.filters["size"] = file_size
    made.filters["moment"] = lambda at: to_vn(at).strftime("%H:%M, %d/%m/%Y")
    made.filters["stamp"] = lambda at: to_vn(at).isoformat(timespec="seconds")
    made.filters["vn_date"] = vn_date
    made.filters["short_date"] = short_date
    made.filters["month"] = month_said
    made.tests["mail"] = lambda text: "@" in text and " " not in text and text.isascii()
    made.tests["phone"] = lambda text: (
        len(re.sub(r"[ .+()-]", "", text)) >= 8 and bool(_PHONE.fullmatch(text))
    )
    made.filters["dial"] = lambda text: re.sub(r"[^0-9+]", "", text)
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


def feed_title(release: Release) -> str:
    """Give a release's title for readers of feeds, who see no more of it: one that was corrected says so."""
    title = heading(release.title)
    return _("[Đã được đính chính] {title}").format(title=title) if release.corrected_at else title


def file_size(size: int) -> str:
    """Give a size as people read it, with the Vietnamese decimal comma."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024**2:.1f} MB".replace(".", ",")


def month_said(month: str) -> str:
    """Give a month ``2026-11`` as people say it."""
    year, _dash, number = month.partition("-")
    return _("Tháng {n} năm {year}").format(n=int(number), year=year)


def listing_url(asked: Asked, key: str, page: int) -> str:
    """Give the address of a page of the list; ``key`` names the agency."""
    values = (
        ("tim", asked.words),
        ("co-quan", key),
        ("thang", asked.month),
        ("trang", page if page > 1 else ""),
    )
    query = {name: value for name, value in values if value}
    return f"/?{urlencode(query)}" if query else "/"
