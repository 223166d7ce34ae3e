"""The line between a desk and the portal, without a network: each request goes into the portal's own application."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest
from anyio import to_thread
from starlette.types import ASGIApp, Message

from spokesdesk.outside.portal import HttpPortal
from spokesdesk.outside.session import Session
from spokesdesk.services.ports import DeviceKeys


class CrashError(BaseException):
    """The program died here: nothing below it may catch this."""


class Weather:
    """What happens to the next requests and transactions: a fault each, "" for none.

    Attributes:
        on_line: fault of each coming request: "request" or "reply" lost, "twice" delivered, "before" or "after" it the
            desk dies.
        on_disk: fault of each coming transaction of the desk: it dies "before" or "after" it is kept.
        in_portal: whether the portal dies in the middle of its next transactions that write.
    """

    def __init__(self) -> None:
        self.on_line: list[str] = []
        self.on_disk: list[str] = []
        self.in_portal: list[str] = []

    def clear(self) -> None:
        """From now on all is well."""
        self.on_line, self.on_disk, self.in_portal = [], [], []

    def next_on_line(self) -> str:
        """Give what happens to this request."""
        return self.on_line.pop(0) if self.on_line else ""

    def next_on_disk(self) -> str:
        """Give what happens to this transaction."""
        return self.on_disk.pop(0) if self.on_disk else ""

    def next_in_portal(self) -> str:
        """Give what happens to this transaction of the portal."""
        return self.in_portal.pop(0) if self.in_portal else ""


class Line(httpx.BaseTransport):
    """Carries requests into the application; faults as the weather says."""

    def __init__(self, weather: Weather) -> None:
        self.weather = weather
        self.app: ASGIApp | None = None
        self.loop = asyncio.new_event_loop()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fault, body = self.weather.next_on_line(), request.read()
        if fault == "before":
            raise CrashError
        if fault == "request":
            raise httpx.ConnectError("lost", request=request)
        answer = self._asked(request, body)
        if fault == "twice":
            answer = self._asked(request, body)
        if fault == "after":
            raise CrashError
        if fault == "reply":
            raise httpx.ReadError("lost", request=request)
        return answer

    def _asked(self, request: httpx.Request, body: bytes) -> httpx.Response:
        try:
            with pytest.MonkeyPatch.context() as here:
                # Starting threads takes longer than what they do; one after the other it is the same work.
                here.setattr(to_thread, "run_sync", _at_once)
                return self.loop.run_until_complete(self._through(request, body))
        except PortalDiedError:
            raise httpx.ReadError("the portal died", request=request) from None

    async def _through(self, request: httpx.Request, body: bytes) -> httpx.Response:
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.url.path,
            "raw_path": request.url.raw_path,
            "query_string": request.url.query,
            "headers": headers,
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "root_path": "",
        }
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        told: dict[str, Any] = {"status": 500, "headers": [], "body": b""}

        async def receive() -> Message:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"], told["headers"] = message["status"], message.get("headers", [])
            else:
                told["body"] += message.get("body", b"")

        assert self.app is not None
        await self.app(scope, receive, send)
        found: Iterable[tuple[bytes, bytes]] = told["headers"]
        return httpx.Response(told["status"], headers=list(found), content=told["body"], request=request)

    def portal_at(self, keys: DeviceKeys) -> Callable[[str], HttpPortal]:
        """Give what makes the real clients of one desk on this line."""
        session = Session(keys)
        return lambda address: _OnLine(address, self, session)

    def close(self) -> None:
        """Nothing is let go between two clients."""

    def end(self) -> None:
        """Let the loop go."""
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


async def _at_once(work: Callable[..., object], *values: object, **_how: object) -> object:
    return work(*values)


class PortalDiedError(Exception):
    """The portal's process ended in the middle of a request."""


class _OnLine(HttpPortal):
    def __init__(self, address: str, line: Line, session: Session) -> None:
        super().__init__(address, session)
        self._line = line

    def _open(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(transport=self._line, trust_env=False)
        return self._client
