"""Forms of the journalists' door: who is signed in, whether a form is one of ours, and nothing typed is lost.

A form holds a hash of what the visitor's cookie holds; a page of somebody else knows neither (CSRF). It works
without scripts, and nothing of it is kept between requests: what was typed when a session had ended goes along in
the sign-in page, and comes back in its form, not sent.
"""

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from spokesdesk.domain.errors import AccessError, ConflictError, DeskError
from spokesdesk.domain.words import word
from spokesdesk.server import requests
from spokesdesk.server.door import journalists, limits
from spokesdesk.server.pages.paint import Paint
from spokesdesk.server.pages.typed import fields
from spokesdesk.server.pages.visit import Visit, fault_of, signed, status_of
from spokesdesk.server.portal import Portal

SIGN_IN = "/nha-bao/dang-nhap"
_COOKIE = "nha-bao"
_PLACE = re.compile(r"/nha-bao(?:[/?][\w/?=&.-]*)?", re.ASCII)
# What a sign-in form holds of its own, and what is never written into a page.
_NOT_KEPT = frozenset({"mau", "vao", "ve", "email", "passphrase", "again", "before", "confirm"})
Handler = Callable[[Visit], Awaitable[Response]]


class Forms:
    """Opens visits and draws their pages."""

    def __init__(self, portal: Portal, paint: Paint) -> None:
        self.portal, self.paint = portal, paint

    def visited(
        self, handler: Handler, *, signed_in: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        """Give the route of a handler.

        Args:
            signed_in: who is not signed in is led to the sign-in page, and back with what was typed.
        """

        async def answered(request: Request) -> Response:
            visit = await self._open(request)
            try:
                if request.method == "POST":
                    visit.typed = await fields(request)
                    self._check(visit, signed_in)
                if signed_in and visit.account is None:
                    asked = await self._let_in(visit)
                    if asked is not None:
                        return asked
                return await handler(visit)
            except DeskError as error:
                self.portal.refused[error.code] += 1
                if requests.status_of(error) == 404:
                    return self.page(visit, "not_found.html", status=404)
                visit.typed = {}
                return self.page(visit, "door_fault.html", status=requests.status_of(error), said=word(error))

        return answered

    async def _open(self, request: Request) -> Visit:
        token, now = request.cookies.get(self._name(request), ""), self.portal.now()
        if len(token) > 100:
            token = ""
        account = await to_thread.run_sync(journalists.signed_in, self.portal.engine, token, now)
        is_new = not token
        return Visit(request, token or secrets.token_urlsafe(32), is_new, account, now)

    def _check(self, visit: Visit, signed_in: bool) -> None:
        """Hold what another page sent; what an old page of ours sent is shown again, and nothing of it is done."""
        is_of_now = not visit.is_new and hmac.compare_digest(visit.said("mau").encode(), visit.csrf.encode())
        origin = visit.request.headers.get("origin", "")
        own = {urlsplit(self.portal.base(visit.request)).netloc, visit.request.headers.get("host", "")}
        is_here = _place_of(origin) in own
        if (origin and not is_here) or (not origin and not is_of_now):
            raise AccessError("door_form_old")
        if not is_of_now:
            is_over = signed_in and visit.account is None
            self._hold(visit, AccessError("door_session_over" if is_over else "door_form_old"))

    def _hold(self, visit: Visit, error: DeskError) -> None:
        self.portal.refused[error.code] += 1
        visit.fault = error

    async def _let_in(self, visit: Visit) -> Response | None:
        """Give the page to sign in at; None when it was just done there, and the form comes back as it was typed."""
        url = visit.request.url
        if visit.request.method != "POST":
            here = f"{url.path}?{url.query}" if url.query else url.path
            return self.went(visit, f"{SIGN_IN}?ve={quote(here, safe='/')}")
        is_in = "vao" in visit.typed and await self.sign_in(visit)
        kept = {name: value for name, value in visit.typed.items() if name not in _NOT_KEPT}
        if not is_in:
            if visit.fault is None:
                self._hold(visit, AccessError("door_session_over"))
            return self.sign_in_page(visit, url.path, kept=kept)
        visit.account = await to_thread.run_sync(
            journalists.signed_in, self.portal.engine, visit.token, visit.now
        )
        visit.typed = kept
        self._hold(visit, ConflictError("door_form_kept"))
        return None

    async def sign_in(self, visit: Visit) -> bool:
        """Open a session with what was typed; False when it cannot be, and the visit says why."""
        engine, tokens = self.portal.engine, list[str]()
        who = {"email": visit.said("email").strip().lower(), "address": visit.address}

        def work() -> None:
            limits.check(engine, "sign-in", limits.WRONG_SIGN_INS, who, visit.now)
            try:
                given = (visit.said("email"), visit.said("passphrase"))
                tokens.append(journalists.sign_in(engine, *given, visit.now))
            except AccessError:
                limits.count(engine, "sign-in", limits.WRONG_SIGN_INS, who, visit.now)
                raise

        if not await self.tried(visit, work):
            return False
        signed(visit, tokens[0])
        return True

    def sign_in_page(
        self, visit: Visit, action: str = SIGN_IN, back: str = "", kept: dict[str, str] | None = None
    ) -> Response:
        """Draw the page to sign in at.

        Args:
            action: where its form is sent.
            back: where to go on afterwards.
            kept: fields of a form that was sent without a session.
        """
        values: dict[str, Any] = {"action": action, "back": back, "kept": kept or {}}
        return self.page(visit, "door_sign_in.html", status_of(visit), **values)

    def _is_https(self, request: Request) -> bool:
        return self.portal.base(request).startswith("https:")

    def _name(self, request: Request) -> str:
        return f"__Host-{_COOKIE}" if self._is_https(request) else _COOKIE

    def page(self, visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
        """Draw a page of the door; no cache keeps it."""
        fault = fault_of(visit.fault)
        answer = self.paint.page_kept(template, status, visit=visit, typed=visit.typed, fault=fault, **values)
        minutes = visit.fault.params.get("minutes") if visit.fault else None
        if isinstance(minutes, int):
            answer.headers["retry-after"] = str(minutes * 60)
        return self._kept(visit, answer)

    def went(self, visit: Visit, place: str) -> Response:
        """Lead to another page of the portal (303): a form that was sent is not sent again by a reload."""
        return self._kept(visit, RedirectResponse(place, 303, {"cache-control": "no-store"}))

    def _kept(self, visit: Visit, answer: Response) -> Response:
        if visit.is_new:
            answer.set_cookie(
                self._name(visit.request),
                visit.token,
                path="/",
                secure=self._is_https(visit.request),
                httponly=True,
                samesite="lax",
                max_age=int(journalists.SESSION / timedelta(seconds=1)),
            )
        return answer

    async def tried(self, visit: Visit, work: Callable[[], object]) -> bool:
        """Do what a form asks for; False when it cannot be done or must not, and the visit says why."""
        if visit.fault is not None:
            return False
        try:
            await to_thread.run_sync(work)
        except DeskError as error:
            self._hold(visit, error)
            return False
        return True


def _place_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no address at all: nobody's page
        return None


def back_of(visit: Visit) -> str:
    """Give where a visitor wanted to go before signing in; "" for nowhere, or for anything outside the door."""
    asked = visit.said("ve") or visit.request.query_params.get("ve", "")
    return asked if _PLACE.fullmatch(asked) and not asked.startswith(SIGN_IN) else ""
