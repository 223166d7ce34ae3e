"""Behind the agency's proxy: it is asked for what was checked, and never leads into the inner network."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.words import word
from spokesdesk.outside.fetching import Fetcher
from spokesdesk.outside.webroute import Routes, read_proxy
from tests.press_server import Press

INNER, PUBLIC = "10.0.0.5", "113.160.1.1"


class Forwarder:
    """A proxy that connects to one port of this machine, whatever it is asked for.

    Attributes:
        asked: head of each request.
    """

    def __init__(self, leads_to: int, answer: bytes) -> None:
        self.asked: list[str] = []
        self._leads_to, self._answer = leads_to, answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _from = self._listening.accept()
                threading.Thread(target=self._forward, args=(line,), daemon=True).start()

    def _forward(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += line.recv(4096)
            self.asked.append(head.decode())
            line.sendall(self._answer)
            if b" 200 " not in self._answer:
                return
            with socket.create_connection(("127.0.0.1", self._leads_to)) as server:
                back = threading.Thread(target=_pour, args=(server, line), daemon=True)
                back.start()
                _pour(line, server)
                back.join()


def _pour(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    with Press(tmp_path_factory.mktemp("press")) as running:
        yield running


@contextmanager
def forwarder(press: Press, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Iterator[Forwarder]:
    made = Forwarder(press.port, answer)
    try:
        yield made
    finally:
        made.close()


def unknown(_host: str, _port: int) -> Sequence[str]:
    raise socket.gaierror


def behind(proxy: Forwarder, addresses: Sequence[str] | None, login: str = "") -> Fetcher:
    look_up = unknown if addresses is None else (lambda _host, _port: addresses)
    return Fetcher(pace_s=0, proxy=lambda: f"http://{login}127.0.0.1:{proxy.port}", names=look_up)


def test_a_page_comes_through_the_proxy_which_is_asked_for_the_checked_address(press: Press) -> None:
    with forwarder(press) as proxy:
        got = behind(proxy, [PUBLIC]).get("http://bao.example.vn/rss")
    assert got.status == 200
    assert proxy.asked[0].startswith(f"CONNECT {PUBLIC}:80 HTTP/1.1\r\n")
    exchange = got.exchanges[0]
    assert (exchange.address, exchange.sent[:8]) == (PUBLIC, b"GET /rss")
    assert b"host: bao.example.vn" in exchange.sent.lower()
    assert exchange.received.startswith(b"HTTP/1.1 200"), "what the proxy said is not what the outlet served"


@pytest.mark.parametrize("url", ["http://trong.example.vn/", "https://trong.example.vn/", f"http://{INNER}/"])
def test_an_inner_address_is_refused_before_the_proxy_is_asked(press: Press, url: str) -> None:
    with forwarder(press) as proxy, pytest.raises(UserError) as caught:
        behind(proxy, [INNER]).get(url)
    assert caught.value.code == "web_private"
    assert proxy.asked == []


def test_a_redirect_behind_the_proxy_is_checked_too(press: Press) -> None:
    with forwarder(press) as proxy, pytest.raises(UserError) as caught:
        behind(proxy, [PUBLIC]).get("http://bao.example.vn/to-metadata")
    assert caught.value.code == "web_private"
    assert len(proxy.asked) == 1


def test_a_name_is_given_to_the_proxy_only_where_the_server_must_prove_to_bear_it(press: Press) -> None:
    with forwarder(press) as proxy:
        fetcher = behind(proxy, None)
        with pytest.raises(OutsideError) as plain:
            fetcher.get("http://bao.example.vn/rss")
        assert (plain.value.code, proxy.asked) == ("web_unresolved", [])
        # The proxy leads to a server inside that speaks no TLS for this name: nothing of it is read.
        with pytest.raises(OutsideError) as secure:
            fetcher.get("https://bao.example.vn/rss")
    assert secure.value.code in ("web_unreachable", "web_certificate", "web_broken")
    assert proxy.asked[0].startswith("CONNECT bao.example.vn:443 HTTP/1.1\r\n")


def test_a_login_goes_to_the_proxy_alone(press: Press) -> None:
    with forwarder(press) as proxy:
        got = behind(proxy, [PUBLIC], login="lan:m%E1%BA%ADt@").get("http://bao.example.vn/rss")
    assert "Proxy-Authorization: Basic bGFuOm3huq10" in proxy.asked[0]
    assert b"Proxy-Authorization" not in got.exchanges[0].sent


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "web_proxy_login"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "web_proxy_refused"),
        (b"SSH-2.0-x\r\n\r\n", "web_proxy_refused"),
    ],
)
def test_what_the_proxy_refuses_is_told_as_its_own(press: Press, answer: bytes, code: str) -> None:
    with forwarder(press, answer) as proxy, pytest.raises(OutsideError) as caught:
        behind(proxy, [PUBLIC]).get("http://bao.example.vn/rss")
    assert caught.value.code == code
    assert "proxy" in word(caught.value)


def test_a_proxy_that_is_away_is_said() -> None:
    fetcher = Fetcher(pace_s=0, proxy=lambda: "http://127.0.0.1:1", names=lambda _host, _port: [PUBLIC])
    with pytest.raises(OutsideError) as caught:
        fetcher.get("http://bao.example.vn/rss")
    assert caught.value.code == "web_proxy_away"


@pytest.mark.parametrize("written", ["ftp://a:1", "http://", "http://a:b:c", "socks5://a:1080"])
def test_what_is_no_proxy_is_said(written: str) -> None:
    with pytest.raises(OutsideError) as caught:
        read_proxy(written)
    assert caught.value.code == "web_proxy_form"


def test_the_systems_proxy_is_taken_where_none_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    routes = Routes(frozenset(), str, lambda _host, _port: [PUBLIC])
    assert routes.to("bao.example.vn", 443, is_tls=True).proxy is None
    monkeypatch.setenv("https_proxy", "proxy.coquan.gov.vn:3128")
    monkeypatch.setenv("no_proxy", "trong.example.vn")
    route = routes.to("bao.example.vn", 443, is_tls=True)
    assert route.proxy is not None
    assert (route.proxy.host, route.proxy.port, route.target) == (
        "proxy.coquan.gov.vn",
        3128,
        "bao.example.vn:443",
    )
    assert routes.to("trong.example.vn", 443, is_tls=True).proxy is None
