"""Forms of the journalists' door: what was typed, who is signed in, and whether the form is one of ours.

A form holds a hash of what the visitor's cookie holds; a page of somebody else knows neither (CSRF). It works
without scripts, and nothing of it is kept between requests.
"""

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from spokesdesk.domain.clock import VN
from spokesdesk.domain.errors import AccessError, DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.server import requests
from spokesdesk.server.door import journalists
from spokesdesk.server.door.journalists import Account
from spokesdesk.server.pages.paint import Paint
from spokesdesk.server.portal import Portal

FORM_BYTES = 64 * 1024
FIELDS = 20
_COOKIE = "nha-bao"
_HOME = "/nha-bao"


@dataclass(slots=True)
class Visit:
    """One visit to the door.

    Attributes:
        token: what the cookie holds: of a session, or of a visitor who is not signed in.
        is_new: the cookie has to be set.
        account: who is signed in.
        typed: the fields of the form that was sent, by name; empty for a page that is only looked at.
        fault: what is wrong with them.
    """

    request: Request
    token: str
    is_new: bool
    account: Account | None
    now: datetime
    typed: dict[str, str] = field(default_factory=dict)
    fault: DeskError | None = None

    @property
    def csrf(self) -> str:
        """What a form of this visit holds."""
        return hashlib.sha256(f"form:{self.token}".encode()).hexdigest()

    @property
    def address(self) -> str:
        """Where it comes from; only hashes of it are kept."""
        return self.request.client.host if self.request.client else ""

    @property
    def journalist(self) -> Account:
        """Who is signed in; raises AccessError("door_signin_needed")."""
        if self.account is None:
            raise AccessError("door_signin_needed")
        return self.account

    def said(self, name: str) -> str:
        """Give what was typed into a field."""
        return self.typed.get(name, "")


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
            signed_in: who is not signed in is led to the sign-in page.
        """

        async def answered(request: Request) -> Response:
            visit = await self._open(request)
            if signed_in and visit.account is None:
                return self.went(visit, f"{_HOME}/dang-nhap")
            try:
                if request.method == "POST":
                    visit.typed = await _fields(request)
                    if not self._is_ours(visit):
                        raise AccessError("door_form_old")
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

    def _is_ours(self, visit: Visit) -> bool:
        origin = visit.request.headers.get("origin", "")
        own = {urlsplit(self.portal.base(visit.request)).netloc, visit.request.headers.get("host", "")}
        if origin and urlsplit(origin).netloc not in own:
            return False
        return not visit.is_new and hmac.compare_digest(visit.said("mau").encode(), visit.csrf.encode())

    def _is_https(self, request: Request) -> bool:
        return self.portal.base(request).startswith("https:")

    def _name(self, request: Request) -> str:
        return f"__Host-{_COOKIE}" if self._is_https(request) else _COOKIE

    def page(self, visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
        """Draw a page of the door; no cache keeps it."""
        answer = self.paint.page_kept(
            template, status, visit=visit, typed=visit.typed, fault=fault_of(visit.fault), **values
        )
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
        """Do what a form asks for; False when it cannot be done, and the visit says why."""
        try:
            await to_thread.run_sync(work)
        except DeskError as error:
            self.portal.refused[error.code] += 1
            visit.fault = error
            return False
        return True


def signed(visit: Visit, token: str) -> None:
    """Go on with another cookie: of the session that was opened, or of nobody ("")."""
    visit.token, visit.is_new = token or secrets.token_urlsafe(32), True


def fault_of(error: DeskError | None) -> dict[str, str]:
    """Give what a page says of a fault: the sentence, and the field it belongs to."""
    if error is None:
        return {"said": "", "field": ""}
    return {"said": word(error), "field": error.field or ""}


def status_of(visit: Visit) -> int:
    """Give the status of a page that shows a form again."""
    return 200 if visit.fault is None else requests.status_of(visit.fault)


async def _fields(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise UserError("message_malformed", detail="content-type")
    data = await requests.body(request, FORM_BYTES)
    try:
        pairs = parse_qsl(
            data.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"
        )
    except ValueError:
        raise UserError("message_malformed", detail="form") from None
    return dict(pairs)


def moment_typed(day: str, time: str, *, needed: bool = False) -> datetime | None:
    """Read a day and a time as people in Vietnam type them; both "" for none.

    Args:
        day: 02/12/2026, or as a browser's own field gives it: 2026-12-02.
        time: 14:30; "" takes the end of the working day.

    Returns:
        UTC-aware moment.

    Raises:
        UserError: ``door_wish_form``.
    """
    if not day.strip() and not time.strip() and not needed:
        return None
    found = day_typed(day, "wanted_at", "door_wish_form")
    try:
        hour, _colon, minute = (time.strip().replace("h", ":").replace("g", ":") or "17:00").partition(":")
        return datetime(found.year, found.month, found.day, int(hour), int(minute or 0), tzinfo=VN)
    except ValueError:
        raise UserError("door_wish_form", field="wanted_at") from None


def day_typed(day: str, name: str, code: str) -> date:
    """Read a day as people type it; raises UserError of the code, naming the field."""
    plain = day.strip()
    try:
        if "/" in plain:
            parts = [int(part) for part in plain.split("/")]
            return date(parts[2], parts[1], parts[0])
        return date.fromisoformat(plain)
    except (ValueError, IndexError):
        raise UserError(code, field=name) from None


SAID = {
    "da-dang-ky": _("Đã nhận đăng ký."),
    "da-doi": _("Đã lưu thay đổi."),
    "da-doi-cum": _("Đã đổi cụm mật khẩu; các máy khác đã được đăng xuất."),
    "da-xoa": _("Đã xóa tài khoản."),
    "da-ra": _("Đã đăng xuất."),
    "da-gui": _("Đã gửi. Cơ quan nhận được trong lần kết nối tới."),
    "da-danh-gia": _("Đã gửi đánh giá đến cơ quan."),
    "da-phan-anh": _("Đã gửi phản ánh đến cơ quan quản lý báo chí của tỉnh."),
}


def notice_of(visit: Visit) -> str:
    """Give the sentence that a redirect brought along; "" for none or an unknown one."""
    return SAID.get(visit.request.query_params.get("xong", ""), "")
