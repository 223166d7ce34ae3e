"""The public pages of agencies: who speaks for them, which reporters reside where; feeds and the map of the site."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.engine import Connection, Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from spokesdesk.domain.clock import iso_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.server import archive, lists
from spokesdesk.server.pages.fresh import fresh
from spokesdesk.server.pages.paint import Paint, excerpt, feed_title, portal_uid
from spokesdesk.server.pages.views import FILE_TYPES, PageRoutes, read, words_of

_ATOM = "application/atom+xml"
_JSON_FEED = "application/feed+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest releases, of one agency or of all.

    Attributes:
        uid: never changes with the portal's address.
    """

    releases: tuple[archive.Release, ...]
    uid: UUID
    agency: lists.Agency | None

    @property
    def place(self) -> str:
        """Give the address of the page it belongs to."""
        return f"/co-quan/{self.agency.key}" if self.agency else "/"

    @property
    def updated(self) -> datetime:
        """Give when it changed last."""
        nothing = datetime.fromtimestamp(0).astimezone()
        return max((release.changed_at for release in self.releases), default=nothing)


@dataclass(frozen=True, slots=True)
class DirectoryRoutes:
    """Pages of agencies and lists, feeds, sitemap."""

    engine: Engine
    base: Callable[[Request], str]
    paint: Paint
    pages: PageRoutes

    def routes(self) -> list[Route]:
        """Give the routes."""
        return [
            Route("/co-quan", fresh(self.agencies)),
            Route("/co-quan/{key}", fresh(self.agency)),
            Route("/nguoi-phat-ngon", fresh(self.spokespeople)),
            Route("/phong-vien-thuong-tru", fresh(self.residents)),
            Route("/feed.atom", fresh(self.atom)),
            Route("/feed.json", fresh(self.json)),
            Route("/co-quan/{key}/feed.atom", fresh(self.atom)),
            Route("/co-quan/{key}/feed.json", fresh(self.json)),
            Route("/sitemap.xml", fresh(self.sitemap)),
            Route("/robots.txt", self.robots),
        ]

    async def agencies(self, request: Request) -> Response:
        """Show all agencies."""

        def work(connection: Connection) -> dict[str, Any]:
            return {"agencies": lists.agencies(connection), "counts": archive.counts(connection)}

        return self.paint.page("agencies.html", **await read(self.engine, work))

    async def agency(self, request: Request) -> Response:
        """Show one agency: its spokespeople, its other lists, its newest releases."""

        def work(connection: Connection) -> dict[str, Any] | None:
            found = lists.agency(connection, request.path_params["key"])
            if found is None:
                return None
            newest = archive.latest(connection, archive.Asked(agency=found.journal), size=5)
            return {"agency": found, "lists": lists.posted(connection, found), "newest": newest}

        values = await read(self.engine, work)
        if values is None:
            return await self.pages.not_found(request)
        return self.paint.page("agency.html", **values)

    async def spokespeople(self, request: Request) -> Response:
        """Show who speaks for which agency."""
        told = _("Ai phát ngôn cho cơ quan nào, theo danh sách do chính các cơ quan công bố.")
        return await self._lists(request, ("spokespeople",), _("Người phát ngôn"), told)

    async def residents(self, request: Request) -> Response:
        """Show resident reporters and representative offices."""
        told = _("Danh sách do các cơ quan công bố. Không có số điện thoại hay thư riêng của nhà báo.")
        title = _("Phóng viên thường trú, văn phòng đại diện")
        return await self._lists(request, ("residents", "offices"), title, told)

    async def _lists(self, request: Request, kinds: tuple[str, ...], title: str, told: str) -> Response:
        words = words_of(request)
        found = await read(self.engine, lambda connection: lists.everywhere(connection, kinds, words))
        values: dict[str, Any] = {
            "lists": found,
            "words": words,
            "title": title,
            "told": told,
            "here": request.url.path,
        }
        return self.paint.page("lists.html", **values)

    async def atom(self, request: Request) -> Response:
        """Give the newest releases as an Atom feed (RFC 4287)."""
        feed = await self._feed(request)
        if feed is None:
            return await self.pages.not_found(request)

        def entry_uid(release: archive.Release) -> UUID:
            return uuid5(feed.uid, str(release.public_id))

        uid = feed.uid if feed.agency is None else uuid5(feed.uid, feed.agency.key)
        base = self.base(request)
        return self.paint.xml("feed.xml", _ATOM, feed=feed, base=base, uid=uid, entry_uid=entry_uid)

    async def json(self, request: Request) -> Response:
        """Give the newest releases as a JSON feed (version 1.1)."""
        feed = await self._feed(request)
        if feed is None:
            return await self.pages.not_found(request)
        base = self.base(request)
        title = feed.agency.name if feed.agency else self.paint.title
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "language": "vi",
            "home_page_url": base + feed.place,
            "feed_url": base + request.url.path,
            "items": [_item(feed.uid, release, base) for release in feed.releases],
        }
        body = json.dumps(told, ensure_ascii=False)
        return Response(body, 200, {"cache-control": "no-cache"}, media_type=_JSON_FEED)

    async def sitemap(self, request: Request) -> Response:
        """Give the map of the site (sitemaps.org)."""

        def work(connection: Connection) -> dict[str, Any]:
            return {"releases": archive.addresses(connection), "agencies": lists.agencies(connection)}

        values = await read(self.engine, work)
        return self.paint.xml("sitemap.xml", "application/xml", base=self.base(request), **values)

    async def robots(self, request: Request) -> Response:
        """Say that everything public may be indexed, and where the map is."""
        return PlainTextResponse(
            f"User-agent: *\nDisallow: /nha-bao/\nSitemap: {self.base(request)}/sitemap.xml\n"
        )

    async def _feed(self, request: Request) -> Feed | None:
        key = request.path_params.get("key", "")

        def work(connection: Connection) -> Feed | None:
            chosen = lists.agency(connection, key) if key else None
            if key and chosen is None:
                return None
            asked = archive.Asked(agency=chosen.journal if chosen else None)
            found = archive.latest(connection, asked, size=archive.FEED)
            return Feed(found.releases, portal_uid(connection), chosen)

        return await read(self.engine, work)


def _item(uid: UUID, release: archive.Release, base: str) -> dict[str, Any]:
    address = f"{base}/thong-cao/{release.public_id}"
    return {
        "id": f"urn:uuid:{uuid5(uid, str(release.public_id))}",
        "url": address,
        "title": feed_title(release),
        "summary": f"{release.mark} – {excerpt(release.text)}",
        "content_text": "\n\n".join(release.text) or release.title,
        "date_published": iso_vn(release.published_at),
        "date_modified": iso_vn(release.changed_at),
        "authors": [{"name": release.publisher}],
        "language": "vi",
        "attachments": [
            {"url": f"{address}/{name}", "mime_type": FILE_TYPES[name], "size_in_bytes": size}
            for name, size in (("van-ban.pdf", release.pdf.size), ("van-ban.docx", release.docx.size))
        ],
    }
