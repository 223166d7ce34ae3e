"""The public pages: list and search, one release, its files, the feed, and what stands where nothing is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from anyio import to_thread
from sqlalchemy.engine import Engine
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from spokesdesk import assets
from spokesdesk.server import publish
from spokesdesk.server.database import reading
from spokesdesk.server.files import FileStore
from spokesdesk.server.pages.paint import Paint, portal_uid

WORDS_LIMIT = 200
_FOLDER = Path(__file__).parent
_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FONTS = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf")
_FILES = {
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

    def routes(self) -> list[Route]:
        """Give the routes."""
        return [
            Route("/", self.home),
            Route("/thong-cao/{public_id}", self.release),
            Route("/thong-cao/{public_id}/{which}", self.file),
            Route("/feed.atom", self.feed),
            Route("/static/{name}", self.static),
        ]

    async def home(self, request: Request) -> Response:
        """Show the newest releases, or those that a search finds."""
        words = " ".join(request.query_params.get("tim", "")[:WORDS_LIMIT].split())
        asked = request.query_params.get("trang", "1")
        page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1

        def work() -> publish.Listing:
            with reading(self.engine) as connection:
                return publish.latest(connection, words, page)

        found = await to_thread.run_sync(work)
        return self.paint.page("home.html", found=found, words=words)

    async def release(self, request: Request) -> Response:
        """Show one release."""
        found = await self._one(request)
        if found is None:
            return await self.not_found(request)
        return self.paint.page("release.html", release=found)

    async def file(self, request: Request) -> Response:
        """Give a release's PDF or .docx; only while the release is public."""
        which = request.path_params["which"]
        found = await self._one(request) if which in _FILES else None
        if found is None:
            return await self.not_found(request)
        wanted = found.pdf if which.endswith(".pdf") else found.docx
        path = self.store.path(wanted.sha256)
        if not path.is_file():
            return await self.not_found(request)
        headers = {
            "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "cache-control": "no-cache",
        }
        return FileResponse(path, filename=wanted.name, media_type=_FILES[which], headers=headers)

    async def feed(self, request: Request) -> Response:
        """Give the newest releases as an Atom feed (RFC 4287)."""

        def work() -> tuple[publish.Listing, UUID]:
            with reading(self.engine) as connection:
                return publish.latest(connection, size=publish.FEED), portal_uid(connection)

        found, uid = await to_thread.run_sync(work)
        return self.paint.feed(found.releases, base=self.base(request), uid=uid)

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

    async def _one(self, request: Request) -> publish.Release | None:
        try:
            public_id = UUID(request.path_params["public_id"])
        except ValueError:
            return None

        def work() -> publish.Release | None:
            with reading(self.engine) as connection:
                return publish.one(connection, public_id)

        return await to_thread.run_sync(work)
