"""One visit to the journalists' door: who comes, what was typed, what is wrong with it."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from spokesdesk.domain.errors import AccessError, DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.server import requests
from spokesdesk.server.door.journalists import Account


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


SAID = {
    "da-dang-ky": _(
        "Đã nhận đăng ký và sẽ được xem xét trong thời gian sớm nhất; đăng nhập để biết đã được xác minh hay chưa."
    ),
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
