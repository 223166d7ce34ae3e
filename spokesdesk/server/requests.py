"""What every request goes through: body limits, security headers, errors as answers, a discreet log."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from spokesdesk import wire
from spokesdesk.domain.errors import (
    AccessError,
    ConflictError,
    DeskError,
    OutsideError,
    UserError,
    WaitError,
)
from spokesdesk.server import walls

log = logging.getLogger("spokesdesk.portal")
Noted = Callable[[str, str, int, float], None]
CHUNK_WAIT_S = 30
# A body that trickles keeps a worker busy with nothing: after the first minute this many bytes a second must have come.
SLOWEST = 1024
GRACE_S = 60
clock = time.monotonic
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_STATUS: dict[type[DeskError], int] = {
    UserError: 400,
    WaitError: 503,
    ConflictError: 409,
    OutsideError: 502,
    AccessError: 403,
}
_STATUS_BY_CODE = {
    "portal_token_refused": 401,
    "device_revoked": 401,
    "token_expired": 401,
    "login_wrong": 403,
    "sign_in_refused": 403,
    "session_unknown": 401,
    "session_over": 401,
    "session_copied": 401,
    "journal_foreign": 404,
    "portal_address_unknown": 404,
    "door_question_unknown": 404,
    "complaint_unknown": 404,
    "portal_restored": 409,
    "below_floor": 410,
    "client_too_old": 426,
    "too_many_attempts": 429,
    "too_many_requests": 429,
    "door_too_many": 429,
    "body_too_big": 413,
    "length_needed": 411,
    "file_too_big": 413,
    "file_hash_wrong": 422,
    "file_size_wrong": 422,
    "portal_full": 507,
    "file_storage_unreachable": 503,
    "quota_used_up": 507,
    "upload_unknown": 404,
    "upload_offset": 409,
    "upload_taken": 409,
    "upload_checksum": 460,  # tus 1.0.0, checksum extension
    "upload_type": 415,
    "upload_version": 412,
}
# Another token may be taken; when none is, asking for one says why.
_WANT_ANOTHER = frozenset({"portal_token_refused", "token_expired", "device_revoked"})
# What a desk reads is no page: it needs less, and comes every minute from every desk.
_HEADERS_OF_DATA = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}


def reply(message: object, status: int = 200) -> Response:
    """Give a message as an answer that no cache keeps."""
    return Response(
        wire.encode(message), status, {"cache-control": "no-store"}, media_type="application/json"
    )


def status_of(error: DeskError) -> int:
    """Give the HTTP status of an error."""
    return _STATUS_BY_CODE.get(error.code) or _STATUS.get(type(error), 400)


def fault(error: DeskError) -> Response:
    """Give an error as an answer: its code and what a sentence needs, nothing of the portal's inside."""
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    answer = reply(wire.Fault(error.code, params), status_of(error))
    if error.code in _WANT_ANOTHER:
        # Said in a header, too: an answer to HEAD has no body. Source: RFC 6750, 3.1.
        answer.headers["www-authenticate"] = 'Bearer error="invalid_token"'
    return answer


def declared_size(request: Request) -> int:
    """Give the Content-Length; raises UserError("length_needed") when there is none."""
    try:
        return max(0, int(request.headers.get("content-length", "")))
    except ValueError:
        raise UserError("length_needed") from None


async def chunks(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """Give a body piece by piece, never more than ``most`` bytes.

    Raises:
        UserError: ``body_too_big``.
        WaitError: ``body_too_slow``: nothing came for half a minute, too little in all, or the sender
            went away.
    """
    stream, got, began = request.stream(), 0, clock()
    while True:
        if is_slow(began, got):
            raise WaitError("body_too_slow")
        try:
            async with asyncio.timeout(CHUNK_WAIT_S):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        except (TimeoutError, ClientDisconnect) as error:
            raise WaitError("body_too_slow") from error
        got += len(piece)
        if got > most:
            raise UserError("body_too_big", limit_mb=most // 1024**2)
        yield piece


def is_slow(began: float, got: int) -> bool:
    """Say whether too little of a body came since it began."""
    return clock() - began > GRACE_S + got / SLOWEST


async def body(request: Request, most: int) -> bytes:
    """Give a whole body of at most ``most`` bytes; raises as ``chunks`` does."""
    if declared_size(request) > most:
        raise UserError("body_too_big", limit_mb=most // 1024**2)
    return b"".join([piece async for piece in chunks(request, most)])


class Guard:
    """Adds the security headers to every answer; writes a log line a request, without query and headers."""

    def __init__(self, app: ASGIApp, noted: Noted | None = None) -> None:
        self.app, self.noted = app, noted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 500

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, scope)
            await send(message)

        try:
            with walls.seeing(None):  # until a token says whose request it is
                await self.app(scope, receive, send_guarded)
        finally:
            took, place = time.monotonic() - began, _place(scope, status)
            method = scope["method"] if scope["method"] in _METHODS else "…"
            told = {
                "method": method,
                "place": place,
                "status": status,
                "ms": round(took * 1000),
            }
            log.info("request", extra={"event": "request", **told})
            if self.noted is not None:
                self.noted(place, method, status, took)


def _place(scope: Scope, status: int) -> str:
    """Give the first part of the path: what was asked for, not which record or file.

    A path that leads nowhere is what somebody typed; it is not repeated.
    """
    if status == 404:
        return "/…"
    parts = [*scope["path"].split("/"), ""]
    return "/" + (parts[1][:20] if parts[1].replace(".", "").isalnum() or not parts[1] else "…")


def _add_headers(message: Message, scope: dict[str, Any] | Scope) -> None:
    headers = MutableHeaders(scope=message)
    is_data = headers.get("content-type") == "application/json"
    for name, value in (_HEADERS_OF_DATA if is_data else _HEADERS).items():
        headers.setdefault(name, value)
    if scope.get("scheme") == "https":
        headers.setdefault("strict-transport-security", "max-age=31536000")
