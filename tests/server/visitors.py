"""A journalist with a browser that runs no scripts: forms are filled and sent as a browser sends them."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from uuid import uuid4

import httpx
import sqlalchemy as sa

from spokesdesk.server.door import deciding, journalists
from spokesdesk.server.door_tables import journalist, journalist_session
from spokesdesk.server.lists import Agency
from spokesdesk.server.portal import utc_now
from tests.server.running import Device, RunningPortal

PASSPHRASE = "một câu dài dễ nhớ"
MARK = re.compile(r'name="mau" value="([0-9a-f]{64})"')


@dataclass
class Visitor:
    """One visitor of a portal.

    Attributes:
        email: of the account, once there is one.
    """

    portal: RunningPortal
    email: str = field(default_factory=lambda: f"{secrets.token_hex(6)}@toasoan.vn")
    name: str = "Nguyễn Thị Lan"

    def __post_init__(self) -> None:
        # Behind a server of the agency's own on this machine, which says where a visitor comes from.
        came_from = {"x-forwarded-for": f"2001:db8::{secrets.token_hex(2)}:{secrets.token_hex(2)}"}
        self.client = httpx.Client(base_url=self.portal.url, headers=came_from, trust_env=False, timeout=60)

    def close(self) -> None:
        """Close the browser."""
        self.client.close()

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path)

    def send(self, path: str, page: str = "", **typed: str) -> httpx.Response:
        """Fill the form that stands on a page and send it."""
        mark = MARK.search(self.client.get(page or path).text)
        assert mark is not None
        return self.client.post(path, data={"mau": mark[1], **typed})

    def register(self, **changed: str) -> httpx.Response:
        """Ask for an account."""
        typed = {
            "name": self.name,
            "outlet": "Báo Tuổi Trẻ",
            "card_number": "IBT-02311",
            "phone": "0912 345 678",
            "email": self.email,
            "passphrase": PASSPHRASE,
            "again": PASSPHRASE,
        }
        return self.send("/nha-bao/dang-ky", **(typed | changed))

    def sign_in(self, passphrase: str = PASSPHRASE) -> httpx.Response:
        """Sign in."""
        return self.send("/nha-bao/dang-nhap", email=self.email, passphrase=passphrase)

    def verified(self) -> "Visitor":
        """Have an account that may ask, and be signed in: laid into the database, for tests of what comes then."""
        now, account, token = utc_now(), uuid4(), secrets.token_urlsafe(32)
        own = {"name": self.name, "outlet": "Báo Tuổi Trẻ", "card": "IBT-02311", "phone": "0912 345 678"}
        stands = {"state": "verified", "reason": "", "made_at": now, "decided_at": now}
        known = {"id": account, "email": self.email, "pass_hash": _hashed(), **own, **stands}
        session = {"token_hash": hashlib.sha256(token.encode()).hexdigest(), "journalist": account}
        session |= {"made_at": now, "expires_at": now + timedelta(hours=1)}
        with self.portal.engine.begin() as connection:
            connection.execute(sa.insert(journalist).values(**known))
            connection.execute(sa.insert(journalist_session).values(**session))
        self.client.cookies.set("nha-bao", token, domain=self.client.base_url.host, path="/")
        return self

    def verified_by_forms(self) -> "Visitor":
        """Have an account that may ask, and be signed in, the way people do it."""
        assert self.register().status_code == 303
        deciding.decide(self.portal.engine, self.email, "verified", "", utc_now())
        assert self.sign_in().status_code == 303
        return self

    def ask(self, device: Device, **changed: str) -> str:
        """Ask the agency of a device, and give the path of the question."""
        agency = Agency(device.journal, device.place.agency).key
        typed = {
            "agency": agency,
            "kind": "question",
            "topic": "về giá đất",
            "body": "Bảng giá khi nào có?",
            "day": "",
            "time": "",
        }
        answer = self.send("/nha-bao/hoi", **(typed | changed))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].partition("?")[0]


@cache
def _hashed() -> str:
    return journalists.hash_of(PASSPHRASE)


Guests = Callable[[RunningPortal], Visitor]
