"""The portal's addresses: what desks call, and the public pages. Holds no state between requests."""

import shutil
from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa
from anyio import to_thread
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, WaitError
from spokesdesk.server import accounts, files, log, openapi, publish, requests, tables, tokens, uploads
from spokesdesk.server.database import is_full, reading
from spokesdesk.server.door.routes import DoorRoutes
from spokesdesk.server.loginroutes import LoginRoutes
from spokesdesk.server.logroutes import LogRoutes
from spokesdesk.server.mailroutes import MailRoutes
from spokesdesk.server.pages import directory, views
from spokesdesk.server.pages.door_accounts import AccountRoutes
from spokesdesk.server.pages.door_questions import QuestionRoutes
from spokesdesk.server.pages.forms import Forms
from spokesdesk.server.pages.paint import Paint
from spokesdesk.server.portal import Portal, uuid_of
from spokesdesk.server.uploadroutes import UploadRoutes

STATUS_RECORDS = 200
ENROL_BYTES = 16 * 1024
ASKED_BYTES = 128 * 1024
# Where desks ask: they are answered in messages; every place of the second kind wants a token.
SIGNING_IN = frozenset({"enrol", "token"})
OF_DESKS = frozenset({"j", "files", "uploads", "hello", "province"})
OF_MACHINES = OF_DESKS | SIGNING_IN | {"healthz", "readyz", "openapi.json"}


def build(portal: Portal, noted: requests.Noted | None = None) -> ASGIApp:
    """Give the web application.

    Args:
        noted: hears of every request as it ends.
    """
    paint = Paint(portal.title, portal.contact)
    pages = views.PageRoutes(portal.engine, portal.store, portal.base, paint, portal.seals)
    listed = directory.DirectoryRoutes(portal.engine, portal.base, paint, pages)
    forms = Forms(portal, paint)
    desk = DeskRoutes(portal, pages)

    app = Starlette(
        routes=[
            Route("/healthz", desk.health),
            Route("/readyz", desk.ready),
            Route("/openapi.json", openapi.serve),
            Route("/enrol", desk.enrol, methods=["POST"]),
            Route("/token", desk.renew, methods=["POST"]),
            *LoginRoutes(portal, paint).routes(),
            *LogRoutes(portal).routes(),
            *UploadRoutes(portal).routes(),
            *MailRoutes(portal).routes(),
            Route("/j/{journal}/releases", desk.releases),
            Route("/j/{journal}/missing", desk.missing, methods=["POST"]),
            Route("/files/{sha256}", desk.has_file, methods=["HEAD"]),
            Route("/files/{sha256}", desk.put_file, methods=["PUT"]),
            Route("/files/{sha256}", desk.get_file, methods=["GET"]),
            *pages.routes(),
            *listed.routes(),
            *DoorRoutes(portal).routes(),
            *AccountRoutes(forms).routes(),
            *QuestionRoutes(forms).routes(),
        ],
        exception_handlers={
            DeskError: desk.refused,
            OperationalError: desk.busy,
            InternalError: desk.busy,  # a copy of the database that takes no writes
            404: desk.unknown,
            405: desk.unknown,
            500: pages.broken,
        },
    )
    app.router.redirect_slashes = False
    return requests.Guard(app, noted)


class DeskRoutes:
    """What a desk calls; every route but ``enrol`` and ``token`` wants the device's token."""

    def __init__(self, portal: Portal, pages: views.PageRoutes) -> None:
        self.portal, self.pages = portal, pages

    async def busy(self, request: Request, error: Exception) -> Response:
        """Say that the database does not answer or has no room: desks try again later, people read it in words."""
        fault = type(getattr(error, "orig", error)).__name__
        requests.log.error("database", extra={"event": "database", "fault": fault})
        if request.url.path.split("/")[1] in OF_DESKS | SIGNING_IN:
            if is_full(error):
                return await self.refused(request, OutsideError("portal_full"))
            return requests.fault(WaitError("portal_busy"))
        return await self.pages.broken(request, error, status=503)

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answer an error that a person can act on, and count it."""
        assert isinstance(error, DeskError)
        self.portal.refused[error.code] += 1
        return requests.fault(error)

    async def unknown(self, request: Request, error: Exception) -> Response:
        """Say that there is no such address or not this method: to machines by a code, to people by a page."""
        assert isinstance(error, HTTPException)
        if request.url.path.split("/")[1] in OF_MACHINES:
            answer = await self.refused(request, AccessError("portal_address_unknown"))
            answer.status_code = error.status_code
        elif error.status_code == 404:
            answer = await self.pages.not_found(request, error)
        else:
            answer = PlainTextResponse(error.detail, error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    async def health(self, request: Request) -> Response:
        """Say that the portal answers."""
        return PlainTextResponse("ok")

    async def ready(self, request: Request) -> Response:
        """Say whether the portal can work: its database answers, its folder has room. 503 when not."""
        return await to_thread.run_sync(self._ready)

    def _ready(self) -> Response:
        try:
            with reading(self.portal.engine) as connection:
                connection.execute(sa.select(tables.portal.c.id)).first()
            is_full = shutil.disk_usage(self.portal.store.folder).free < wire.FILE_BYTES
        except (DBAPIError, PoolTimeout):
            return PlainTextResponse("database", 503)
        except OSError:
            return PlainTextResponse("folder", 503)
        return PlainTextResponse("disk", 503) if is_full else PlainTextResponse("ok")

    async def enrol(self, request: Request) -> Response:
        """Enrol a device with a one-time code."""
        ask = wire.decode(await requests.body(request, ENROL_BYTES), wire.EnrolAsk)
        address = request.client.host if request.client else ""
        now = self.portal.now()
        given = await to_thread.run_sync(accounts.enrol, self.portal.engine, ask, address, now)
        await self.portal.poke(given.journal)  # colleagues' desks hand the agency's keys over to it
        return requests.reply(given)

    async def renew(self, request: Request) -> Response:
        """Give a device new tokens."""
        ask = wire.decode(await requests.body(request, ENROL_BYTES), wire.RenewAsk)
        now = self.portal.now()
        return await _done(lambda: tokens.renew(self.portal.engine, ask, now))

    async def releases(self, request: Request) -> Response:
        """Say where releases stand on the public side."""
        who = await self.portal.caller(request)
        owner = log.journal_of(who, request.path_params["journal"])
        records = [uuid_of(text) for text in request.query_params.getlist("rec")[:STATUS_RECORDS]]
        base = self.portal.base(request)

        def work() -> wire.Releases:
            with reading(self.portal.engine) as connection:
                return publish.statuses(connection, owner, records, base)

        return await _done(work)

    async def has_file(self, request: Request) -> Response:
        """Say whether the caller's own journal holds a file; if not, where an upload of it was cut."""
        who = await self.portal.caller(request)
        sha256, engine = request.path_params["sha256"], self.portal.engine
        headers = {"cache-control": "no-store"}
        if await self._held(who.journal, sha256):
            return Response(headers=headers)
        begun = await to_thread.run_sync(uploads.unfinished, engine, who.journal, sha256, self.portal.now())
        if begun is not None:
            headers["location"] = f"{self.portal.base(request)}/uploads/{begun}"
        return Response(status_code=404, headers=headers)

    async def get_file(self, request: Request) -> Response:
        """Give a file of the caller's own journal, or a part of it (Range, If-Range with its hash)."""
        who = await self.portal.caller(request)
        sha256 = request.path_params["sha256"]
        if not await self._held(who.journal, sha256):
            raise AccessError("journal_foreign")
        headers = {"etag": f'"{sha256}"', "cache-control": "private, no-store"}
        headers["content-security-policy"] = "default-src 'none'; sandbox"
        path = await to_thread.run_sync(self.portal.store.local, sha256)
        if not path.is_file():  # altered in the storage, or lost just now
            raise AccessError("journal_foreign")
        return _FileAnswer(path, filename=sha256, media_type="application/octet-stream", headers=headers)

    async def missing(self, request: Request) -> Response:
        """Say which of some files the caller's journal does not hold: after a restore, or after its disk was lost."""
        who = await self.portal.caller(request)
        owner = log.journal_of(who, request.path_params["journal"])
        asked = wire.decode(await requests.body(request, ASKED_BYTES), wire.FilesAsk)
        engine, store = self.portal.engine, self.portal.store
        return await _done(lambda: wire.FilesMissing(files.missing(engine, store, owner, asked.files)))

    async def _held(self, owner: UUID, sha256: str) -> bool:
        self.portal.store.path(sha256)
        size = await to_thread.run_sync(files.size_of, self.portal.engine, owner, sha256)
        return size is not None and await to_thread.run_sync(self.portal.store.has, sha256)

    async def put_file(self, request: Request) -> Response:
        """Store a file under its hash."""
        who = await self.portal.caller(request)
        sha256, size = request.path_params["sha256"], requests.declared_size(request)
        engine, store = self.portal.engine, self.portal.store
        store.path(sha256)
        await to_thread.run_sync(files.check_room, engine, who.journal, size)
        store.check_free(size)
        await store.receive(sha256, size, requests.chunks(request, wire.FILE_BYTES))
        await to_thread.run_sync(files.keep, engine, who.journal, sha256, size, self.portal.now())
        return Response(status_code=204, headers={"cache-control": "no-store"})


class _FileAnswer(FileResponse):
    """Reads a MiB at once: each piece is a way to another thread and back."""

    chunk_size = 1024 * 1024


async def _done(work: Callable[[], object]) -> Response:
    return requests.reply(await to_thread.run_sync(work))
