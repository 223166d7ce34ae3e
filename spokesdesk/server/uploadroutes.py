"""The addresses of resumable uploads (tus 1.0.0: core, creation, checksum, termination, expiration)."""

import base64
import binascii
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from uuid import UUID

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from spokesdesk import wire
from spokesdesk.domain.errors import DeskError, UserError, WaitError
from spokesdesk.server import requests, straight, uploads
from spokesdesk.server.intake import Intake
from spokesdesk.server.portal import Portal, count, uuid_of
from spokesdesk.server.readback import ReadBack

VERSION = "1.0.0"
CHECKSUMS = ("crc32", "sha1", "sha256")
PATCH_TYPE = "application/offset+octet-stream"
_ABOUT = {
    "tus-version": VERSION,
    "tus-extension": "creation,checksum,termination,expiration",
    "tus-max-size": str(wire.UPLOAD_BYTES),
    "tus-checksum-algorithm": ",".join(CHECKSUMS),
}
MOST_READ_BACK = 256
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(slots=True)
class _Turn:
    """The request that goes on with an upload; a newer one cancels it and waits until it is gone."""

    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    gone: anyio.Event = field(default_factory=anyio.Event)


class UploadRoutes:
    """Uploads of the caller's own journal; one of another journal does not exist for it."""

    def __init__(self, portal: Portal) -> None:
        self.portal, self.engine, self.store = portal, portal.engine, portal.store
        self._turns: dict[UUID, _Turn] = {}
        self._read_backs: dict[UUID, ReadBack] = {}

    def routes(self) -> list[Route]:
        """Give the addresses."""
        methods = ["HEAD", "PATCH", "DELETE", "POST"]
        return [
            Route("/uploads", self.about, methods=["OPTIONS"]),
            Route("/uploads", self._spoken(self.create), methods=["POST"]),
            Route("/uploads/{id}", self.about, methods=["OPTIONS"]),
            Route("/uploads/{id}", self._spoken(self.one), methods=methods),
        ]

    async def about(self, request: Request) -> Response:
        """Say what of the protocol is spoken here."""
        return Response(status_code=204, headers=_ABOUT)

    async def create(self, request: Request) -> Response:
        """Begin an upload: its length and its hash are told first."""
        who = await self.portal.caller(request)
        size = _number(request, "upload-length")
        sha256 = _told(request.headers.get("upload-metadata", ""), "sha256")
        now = self.portal.now()
        made = await to_thread.run_sync(
            uploads.create, self.engine, self.store, who.journal, sha256, size, now
        )
        place = f"{self.portal.base(request)}/uploads/{made.id}"
        return Response(status_code=201, headers={"location": place, **_expiry(made)})

    async def one(self, request: Request) -> Response:
        """Say how far an upload is, go on with it, or end it."""
        method = request.headers.get("x-http-method-override", request.method).upper()
        handlers = {"HEAD": self.head, "PATCH": self.patch, "DELETE": self.end}
        if method not in handlers:
            return Response(status_code=405, headers={"allow": "HEAD, PATCH, DELETE, OPTIONS"})
        return await handlers[method](request)

    async def head(self, request: Request) -> Response:
        """Say how many bytes are safe."""
        owner, which = await self._named(request)
        found = await to_thread.run_sync(uploads.get, self.engine, owner, which, self.portal.now())
        if found.received == found.size and not found.is_done:  # killed between the last byte and the end
            async with self._turn(which):
                await self._finish(found)
        place = {"upload-offset": str(found.received), "upload-length": str(found.size)}
        return Response(headers={**place, **_expiry(found)})

    async def patch(self, request: Request) -> Response:
        """Take the next piece of a file; a request that still hangs on the same upload is ended."""
        owner, which = await self._named(request)
        if request.headers.get("content-type") != PATCH_TYPE:
            raise UserError("upload_type")
        offset, (algorithm, checks) = _number(request, "upload-offset"), _checks(request)
        async with self._turn(which):
            now = self.portal.now()
            held = await to_thread.run_sync(uploads.take_over, self.engine, owner, which, now)
            if offset != held.received:
                raise WaitError("upload_offset")
            declared = int(request.headers.get("content-length", "0") or 0)
            most = min(held.size - offset, len(checks) * wire.CHUNK_BYTES or held.size)
            if declared > most:
                raise UserError("body_too_big", limit_mb=most // 1024**2)
            if not held.is_done:
                part, read_back = self.store.part(which), self._read_back(held)
                intake = Intake(self.engine, part, held, now, read_back, checks, algorithm)
                async with aclosing(straight.pieces(request, most)) as pieces:
                    await intake.take(pieces)
                if intake.safe == held.size:
                    await self._finish(held, read_back)
                offset = intake.safe
        return Response(status_code=204, headers={"upload-offset": str(offset), **_expiry(held)})

    async def end(self, request: Request) -> Response:
        """Forget an upload."""
        owner, which = await self._named(request)
        async with self._turn(which):
            await to_thread.run_sync(uploads.get, self.engine, owner, which, self.portal.now())
            await to_thread.run_sync(uploads.drop, self.engine, self.store, owner, which)
        return Response(status_code=204)

    def _read_back(self, held: uploads.Upload) -> ReadBack:
        """Give what has read the part so far, a new one when it is not as that left it."""
        known = self._read_backs.pop(held.id, None)
        if known is None or not known.fits(self.store.part(held.id), held.received):
            known = ReadBack()
        while len(self._read_backs) >= MOST_READ_BACK:
            del self._read_backs[next(iter(self._read_backs))]
        self._read_backs[held.id] = known
        return known

    async def _finish(self, held: uploads.Upload, read_back: ReadBack | None = None) -> None:
        self._read_backs.pop(held.id, None)
        now = self.portal.now()
        await to_thread.run_sync(uploads.finish, self.engine, self.store, held, now, read_back)

    async def _named(self, request: Request) -> tuple[UUID, UUID]:
        who = await self.portal.caller(request)
        try:
            return who.journal, uuid_of(request.path_params["id"])
        except UserError:
            raise UserError("upload_unknown") from None

    @asynccontextmanager
    async def _turn(self, which: UUID) -> AsyncIterator[None]:
        older, mine = self._turns.get(which), _Turn()
        self._turns[which] = mine
        try:
            if older is not None:
                older.scope.cancel()
                await older.gone.wait()
            with mine.scope:
                yield
        finally:
            if self._turns.get(which) is mine:
                del self._turns[which]
            mine.gone.set()
        if mine.scope.cancelled_caught:
            raise WaitError("upload_taken")

    def _spoken(self, handler: Handler) -> Handler:
        """Every answer says the version, and no request of another version is heard."""

        async def spoken(request: Request) -> Response:
            try:
                if request.method != "HEAD" and request.headers.get("tus-resumable") != VERSION:
                    raise UserError("upload_version")
                answer = await handler(request)
            except DeskError as error:
                self.portal.refused[error.code] += 1
                answer = requests.fault(error)
                if error.code == "upload_version":
                    answer.headers["tus-version"] = VERSION
            answer.headers["tus-resumable"] = VERSION
            answer.headers["cache-control"] = "no-store"
            return answer

        return spoken


def _number(request: Request, header: str) -> int:
    return count(request.headers.get(header, ""))


def _expiry(held: uploads.Upload) -> dict[str, str]:
    return {"upload-expires": format_datetime(held.expires_at, usegmt=True)}


def _told(metadata: str, name: str) -> str:
    """Give a value of ``Upload-Metadata``; raises UserError("file_hash_form") when it is not there."""
    for pair in metadata.split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == name:
            try:
                return base64.b64decode(value, validate=True).decode("ascii")
            except (binascii.Error, UnicodeDecodeError):
                break
    raise UserError("file_hash_form", field=name)


def _checks(request: Request) -> tuple[str, tuple[bytes, ...]]:
    """Give algorithm and digests of ``Upload-Checksum``.

    tus has one for a request; ours may name one for each stretch of 8 MiB, parted by commas.

    Raises:
        UserError: ``message_malformed``.
    """
    told = request.headers.get("upload-checksum", "")
    if not told:
        return "sha256", ()
    algorithm, _space, values = told.partition(" ")
    if algorithm in CHECKSUMS:
        try:
            return algorithm, tuple(base64.b64decode(one, validate=True) for one in values.split(","))
        except binascii.Error:
            pass
    raise UserError("message_malformed", detail="upload-checksum")
