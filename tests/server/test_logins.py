"""A desk signs in through the browser: PKCE ties the code to the desk, and the door on its machine opens once (T5)."""

import re
import secrets
import socket
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError, UserError, WaitError
from spokesdesk.outside.browser import SystemBrowser
from spokesdesk.server import logins
from spokesdesk.server.portal import utc_now
from spokesdesk.services import sync
from tests.server.running import RunningPortal, ask
from tests.sync.desks import new_desk

STATE = "s" * 32
CHALLENGE = logins.challenge_of("v" * 43)


class Person:
    """Somebody at the browser: opens the page that is shown, fills the form in, and follows where it leads."""

    def __init__(self, login: str, secret: str) -> None:
        self.login, self.secret, self.place = login, secret, ""
        self.at_work: list[threading.Thread] = []

    def show(self, address: str) -> bool:
        self.at_work.append(threading.Thread(target=self._sign_in, args=(address,)))
        self.at_work[-1].start()
        return True

    def _sign_in(self, address: str) -> None:
        with httpx.Client(trust_env=False, timeout=60) as client:
            page = client.get(address).text
            told = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', page))
            form = urlsplit(address)
            answer = client.post(
                f"{form.scheme}://{form.netloc}/dang-nhap-may",
                data=told | {"login": self.login, "secret": self.secret},
            )
            assert answer.status_code == 303, answer.text
            self.place = answer.headers["location"]
            assert "Đã đăng nhập" in client.get(self.place).text

    def leave(self) -> None:
        for thread in self.at_work:
            thread.join(30)


def login_of(portal: RunningPortal) -> tuple[str, str]:
    agency, login = f"Sở Đăng nhập {uuid4().hex}", f"so-{uuid4().hex[:12]}"
    portal.quick_code(agency)
    return login, logins.make_login(portal.engine, agency, login, utc_now())


def test_a_desk_is_enrolled_by_signing_in_and_exchanges(portal: RunningPortal, tmp_path: Path) -> None:
    desk, person = new_desk(tmp_path / "desk"), Person(*login_of(portal))
    try:
        desk = replace(desk, browser=SystemBrowser(person.show))
        sync.connect_by_browser(desk, portal.url)
        report, _changes = sync.run_round(desk)
        assert report.fault is None
        assert report.sent > 0
    finally:
        person.leave()
        desk.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(person.place, trust_env=False)


def came_back(visits: list[tuple[str, dict[str, str]]]) -> tuple[str, list[int]]:
    """Wait as a desk does while somebody visits its door; give the code it got, and the answers.

    Args:
        visits: path and query as a template of ``{path}`` and ``{host}``, headers.
    """
    answers: list[int] = []

    def visit(address: str) -> None:
        host = urlsplit(address).netloc
        for target, headers in visits:
            with httpx.Client(trust_env=False, timeout=20) as client:
                place = target.replace("{path}", urlsplit(address).path)
                answers.append(client.get(f"http://{host}{place}", headers=headers).status_code)

    def show(address: str) -> bool:
        threads.append(threading.Thread(target=visit, args=(address,)))
        threads[0].start()
        return True

    threads: list[threading.Thread] = []
    code, _place = SystemBrowser(show).sign_in(lambda redirect: redirect, STATE)
    threads[0].join(20)
    return code, answers


def test_only_the_right_visitor_is_heard() -> None:
    right = f"{{path}}?code=abc&state={STATE}"
    visits: list[tuple[str, dict[str, str]]] = [
        (f"{{path}}?code=evil&state={STATE[:-1]}x", {}),
        ("{path}?code=evil", {}),
        (f"/other?code=evil&state={STATE}", {}),
        (right.replace("abc", "evil"), {"host": "portal.example"}),
        (right.replace("abc", "evil"), {"host": "localhost"}),
        (f"{{path}}?error=denied&state={STATE}", {}),
        (right, {}),
    ]
    assert came_back(visits) == ("abc", [400] * 6 + [200])


def test_a_visitor_who_says_nothing_keeps_nobody_out() -> None:
    lines: list[socket.socket] = []

    def show(address: str) -> bool:
        host = urlsplit(address)
        lines.append(socket.create_connection((host.hostname or "", host.port or 0)))
        threads.append(
            threading.Thread(
                target=lambda: httpx.get(f"{address}?code=abc&state={STATE}", trust_env=False, timeout=20)
            )
        )
        threads[0].start()
        return True

    threads: list[threading.Thread] = []
    assert SystemBrowser(show).sign_in(lambda redirect: redirect, STATE)[0] == "abc"
    threads[0].join(20)
    lines[0].close()


def test_nobody_is_waited_for_when_it_is_not_wanted_or_cannot_be() -> None:
    with pytest.raises(WaitError, match="sign_in_not_done"):
        SystemBrowser(lambda _address: True).sign_in(lambda place: place, STATE, lambda: False)
    with pytest.raises(OutsideError, match="browser_missing"):
        SystemBrowser(lambda _address: False).sign_in(lambda place: place, STATE)


@pytest.mark.parametrize(
    "redirect",
    [
        "http://127.0.0.1/a",
        "http://127.0.0.1:80/a",
        "http://localhost:8000/a",
        "https://127.0.0.1:8000/a",
        "http://127.0.0.1:8000@evil.example/a",
        "http://127.0.0.1:8000/a?x=1",
        "http://127.0.0.1:8000/a#x",
        "http://127.0.0.1.evil.example:8000/a",
        "http://127.0.0.1:99999/a",
        "//evil.example",
        "",
    ],
)
def test_the_browser_is_sent_nowhere_but_to_this_machine(redirect: str) -> None:
    with pytest.raises(UserError, match="sign_in_malformed"):
        logins.wanted(redirect, STATE, CHALLENGE, "S256")


@pytest.mark.parametrize(
    ("state", "challenge", "method"),
    [
        (STATE, CHALLENGE, "plain"),
        (STATE, "short", "S256"),
        ("short", CHALLENGE, "S256"),
        (STATE, CHALLENGE, ""),
    ],
)
def test_a_sign_in_without_its_proofs_does_not_begin(state: str, challenge: str, method: str) -> None:
    with pytest.raises(UserError, match="sign_in_malformed"):
        logins.wanted("http://127.0.0.1:8000/a", state, challenge, method)


def test_a_code_is_good_once_and_only_for_who_began(embedded_portal: RunningPortal) -> None:
    engine, now = embedded_portal.engine, utc_now()
    login, secret = login_of(embedded_portal)
    asked = logins.Wanted("http://127.0.0.1:8000/a", STATE, CHALLENGE)

    def code() -> str:
        place = logins.signed_in(engine, asked, login.upper(), secret.lower(), uuid4().hex, now)
        return parse_qs(urlsplit(place).query)["code"][0]

    def enrol(given: str, verifier: str = "v" * 43, redirect: str = asked.redirect) -> wire.Enrolled:
        question = wire.SignInAsk(ask(given, secrets.token_bytes(32)), verifier, redirect)
        return logins.enrol(engine, question, now)

    first = code()
    assert enrol(first).token
    elsewhere = "http://127.0.0.1:8001/a"
    for given, verifier, redirect in (
        (first, "v" * 43, asked.redirect),
        (code(), "w" * 43, asked.redirect),
        (code(), "v" * 43, elsewhere),
        ("made-up", "v" * 43, asked.redirect),
    ):
        with pytest.raises(AccessError, match="sign_in_refused"):
            enrol(given, verifier, redirect)
    late = code()
    with pytest.raises(AccessError, match="sign_in_refused"):
        logins.enrol(
            engine,
            wire.SignInAsk(ask(late, secrets.token_bytes(32)), "v" * 43, asked.redirect),
            now + logins.CODE_VALID,
        )


def test_a_wrong_passphrase_and_an_unknown_account_look_alike_and_are_counted(
    embedded_portal: RunningPortal,
) -> None:
    engine, now, address = embedded_portal.engine, utc_now(), uuid4().hex
    login, secret = login_of(embedded_portal)
    asked = logins.Wanted("http://127.0.0.1:8000/a", STATE, CHALLENGE)
    for name, told in ((login, "AAAA"), ("no-such", secret)) * 10:
        with pytest.raises(AccessError, match="login_wrong"):
            logins.signed_in(engine, asked, name, told, address, now)
    with pytest.raises(WaitError, match="too_many_attempts"):
        logins.signed_in(engine, asked, login, secret, address, now)
    assert logins.end_login(engine, login)
    with pytest.raises(AccessError, match="login_wrong"):
        logins.signed_in(engine, asked, login, secret, uuid4().hex, now)


def test_the_page_says_what_is_wrong_and_leads_nowhere(embedded_portal: RunningPortal) -> None:
    bad = embedded_portal.get("/dang-nhap-may?redirect_uri=http://evil.example/")
    assert bad.status_code == 400
    assert "<form" not in bad.text
    query = f"redirect_uri=http://127.0.0.1:8000/a&state={STATE}&code_challenge={CHALLENGE}&code_challenge_method=S256"
    good = embedded_portal.get(f"/dang-nhap-may?{query}")
    assert good.status_code == 200
    assert "http://127.0.0.1:*" in good.headers["content-security-policy"]
    assert good.headers["cache-control"] == "no-store"
    wrong = httpx.post(
        f"{embedded_portal.url}/dang-nhap-may",
        content=query.encode() + b"&login=a&secret=%3Cb%3E",
        headers={"content-type": "application/x-www-form-urlencoded"},
        trust_env=False,
        timeout=30,
    )
    assert wrong.status_code == 403
    assert "không đúng" in wrong.text
    assert "%3Cb" not in wrong.text
    assert "&lt;b" not in wrong.text
