"""ETag for pages: what a reader has already is not sent again."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import FileResponse, Response

Handler = Callable[[Request], Awaitable[Response]]


def fresh(handler: Handler) -> Handler:
    """Give the handler with an ETag on whole answers that caches may keep, and 304 to who has it."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        answer = await handler(request)
        kept = answer.headers.get("cache-control", "")
        if isinstance(answer, FileResponse) or answer.status_code != 200 or "no-store" in kept:
            return answer
        mark = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
        known = request.headers.get("if-none-match", "")
        if mark in [part.strip().removeprefix("W/") for part in known.split(",")]:
            return Response(status_code=304, headers={"etag": mark, "cache-control": kept})
        answer.headers["etag"] = mark
        return answer

    return answered
