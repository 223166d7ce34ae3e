"""The public pages of releases: list and search, archive, one release, its files, and what stands where nothing is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from anyio import to_thread
from sqlalchemy.engine import Connection, Engine
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from spokesdesk import assets
from spokesdesk.server import archive, lists
from spokesdesk.server.database import reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.pages.fresh import fresh
from spokesdesk.server.pages.paint import Paint, listing_url
from spokesdesk.server.seals import Seal, Seals

T = TypeVar("T")
WORDS_LIMIT = 200
_FOLDER = Path(__file__).parent
_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FONTS = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf")
FILE_TYPES = {
    "van-ban.pdf": "application/pdf",
    "van-ban.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class PageRoutes:
    """The public addresses.

    Attributes:
        base: gives the portal's public address for a request.
    """

    engine: Engine
    store: FileStore
    base: Callable[[Request], str]
    paint: Paint
    seals: Seals

    def routes(self) -> list[Route]:
        """Give the routes."""
        return [
            Route("/", fresh(self.home)),
            Route("/luu-tru", fresh(self.by_month)),
            Route("/thong-cao/{public_id}", fresh(self.release)),
            Route("/thong-cao/{public_id}/{which}", self.file),
            Route("/static/{name}", self.static),
        ]

    async def home(self, request: Request) -> Response:
        """Show the newest releases, or those that a search finds."""
        words, page, key = words_of(request), page_of(request), request.query_params.get("co-quan", "")
        month = request.query_params.get("thang", "")

        def work(connection: Connection) -> dict[str, Any] | None:
            chosen = lists.agency(connection, key) if key else None
            if (key and chosen is None) or (month and not _MONTH.fullmatch(month)):
                return None
            asked = archive.Asked(words, chosen.journal if chosen else None, month)
            found = archive.latest(connection, asked, page)
            return {
                "found": found,
                "asked": asked,
                "chosen": chosen,
                "agencies": lists.agencies(connection),
                "months": archive.months(connection),
                "key": key,
                "turned": partial(listing_url, asked, key),
            }

        values = await read(self.engine, work)
        return await self.not_found(request) if values is None else self.paint.page("home.html", **values)

    async def by_month(self, request: Request) -> Response:
        """Show by which month and agency releases can be found."""

        def work(connection: Connection) -> dict[str, Any]:
            counts = archive.counts(connection)
            known = [
                (one, counts[one.journal]) for one in lists.agencies(connection) if one.journal in counts
            ]
            return {"months": archive.months(connection), "agencies": known}

        return self.paint.page("archive.html", **await read(self.engine, work))

    async def release(self, request: Request) -> Response:
        """Show one release; of one that was withdrawn, that it was."""
        public_id = _id_of(request)
        found = await self._one(request)
        if found is None:
            gone = await read(self.engine, lambda opened: public_id and archive.withdrawn(opened, public_id))
            if not gone:
                return await self.not_found(request)
            return self.paint.page("withdrawn.html", status=410, gone=gone)

        def work(connection: Connection) -> dict[str, Any]:
            by, of = archive.linked(connection, found)
            owner = lists.Agency(found.journal, found.publisher)
            return {"release": found, "corrected_by": by, "corrects": of, "agency": owner}

        values = await read(self.engine, work)
        seal = await to_thread.run_sync(self._seal, found.pdf.sha256)
        return self.paint.page("release.html", seal=seal, base=self.base(request), **values)

    def _seal(self, sha256: str) -> Seal:
        return self.seals.of(self.store.local(sha256), sha256)

    async def file(self, request: Request) -> Response:
        """Give a release's PDF or .docx; only while the release is public."""
        which = request.path_params["which"]
        found = await self._one(request) if which in FILE_TYPES else None
        if found is None:
            return await self.not_found(request)
        wanted = found.pdf if which.endswith(".pdf") else found.docx
        path = await to_thread.run_sync(self.store.local, wanted.sha256)
        if not path.is_file():
            return await self.not_found(request)
        headers = {
            "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "cache-control": "no-cache",
        }
        return FileResponse(path, filename=wanted.name, media_type=FILE_TYPES[which], headers=headers)

    async def static(self, request: Request) -> Response:
        """Give the style sheet, the icon or a font."""
        name = request.path_params["name"]
        headers = {"cache-control": "public, max-age=86400"}
        if name in _STATIC:
            return FileResponse(_FOLDER / name, media_type=_STATIC[name], headers=headers)
        if name in _FONTS and assets.path("fonts", name).is_file():
            return FileResponse(assets.path("fonts", name), media_type="font/ttf", headers=headers)
        return await self.not_found(request)

    async def not_found(self, request: Request, error: Exception | None = None) -> Response:
        """Show that there is nothing here, and where to go on."""
        return self.paint.page("not_found.html", status=404)

    async def broken(self, request: Request, error: Exception, status: int = 500) -> Response:
        """Show that something failed, without saying what."""
        return self.paint.page("broken.html", status=status)

    async def _one(self, request: Request) -> archive.Release | None:
        public_id = _id_of(request)
        if public_id is None:
            return None
        return await read(self.engine, lambda connection: archive.one(connection, public_id))


async def read(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do a reading work in a thread of its own, in one transaction."""

    def done() -> T:
        with reading(engine) as connection:
            return work(connection)

    return await to_thread.run_sync(done)


def words_of(request: Request) -> str:
    """Give what was typed into the search box."""
    return " ".join(request.query_params.get("tim", "")[:WORDS_LIMIT].split())


def page_of(request: Request) -> int:
    """Give the page that is asked for, 1 for anything odd."""
    asked = request.query_params.get("trang", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1


def _id_of(request: Request) -> UUID | None:
    try:
        return UUID(request.path_params["public_id"])
    except ValueError:
        return None
