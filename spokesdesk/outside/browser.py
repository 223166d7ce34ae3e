"""Signing in through the system's browser, which comes back once, to a door that then closes (RFC 8252)."""

import hmac
import secrets
import socket
import time
import webbrowser
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.domain.language import gettext as _

WAITED_S = 300.0
_READ_S = 3.0
_LOOK_S = 0.5
_MOST = 8192
_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n"
)


class SystemBrowser:
    """The browser that this machine's people use.

    Args:
        show: opens an address there; says whether it could.
    """

    def __init__(self, show: Callable[[str], bool] = webbrowser.open) -> None:
        self._show = show

    def sign_in(
        self, page: Callable[[str], str], state: str, is_wanted: Callable[[], bool] | None = None
    ) -> tuple[str, str]:
        """Show a page and wait until the browser comes back from it.

        Args:
            page: makes the page's address from the one to come back to.
            state: what it must bring back.
            is_wanted: asked twice a second; False ends the waiting.

        Returns:
            The code that it brought, and the address to which it came back.

        Raises:
            OutsideError: ``browser_missing``.
            WaitError: ``sign_in_not_done``: five minutes passed, or nobody wants it any more.
        """
        with socket.create_server(("127.0.0.1", 0)) as door:
            door.settimeout(_LOOK_S)
            host = f"127.0.0.1:{door.getsockname()[1]}"
            path = f"/{secrets.token_urlsafe(16)}"
            redirect = f"http://{host}{path}"
            if not self._show(page(redirect)):
                raise OutsideError("browser_missing")
            end = time.monotonic() + WAITED_S
            while time.monotonic() < end and (is_wanted is None or is_wanted()):
                try:
                    line, _address = door.accept()
                except TimeoutError:
                    continue
                with line:
                    if code := _heard(line, host, path, state):
                        return code, redirect
        raise WaitError("sign_in_not_done")


def _heard(line: socket.socket, host: str, path: str, state: str) -> str:
    """Answer one visitor; give the code when it was the one that is waited for."""
    line.settimeout(_READ_S)
    try:
        code = _code(_request(line), host, path, state)
        if code:
            _answer(line, "200 OK", _("Đã đăng nhập. Hãy đóng trang này và trở lại SpokesDesk."))
        else:
            _answer(line, "400 Bad Request", _("Không phải lần đăng nhập đang chờ."))
    except OSError:
        return ""
    return code


def _request(line: socket.socket) -> str:
    found = b""
    while b"\r\n\r\n" not in found and len(found) < _MOST:
        piece = line.recv(_MOST)
        if not piece:
            break
        found += piece
    return found.decode("latin-1")


def _code(request: str, host: str, path: str, state: str) -> str:
    first, _end, rest = request.partition("\r\n")
    method, _space, target = first.partition(" ")
    place = target.partition(" ")[0]
    hosts = [
        value.strip()
        for name, _colon, value in (header.partition(":") for header in rest.split("\r\n"))
        if name.lower() == "host"
    ]
    if method != "GET" or hosts != [host]:
        return ""
    try:
        parts, told = urlsplit(place), parse_qs(urlsplit(place).query, max_num_fields=10)
    except ValueError:
        return ""
    if parts.path != path or not hmac.compare_digest(told.get("state", [""])[0].encode(), state.encode()):
        return ""
    return told.get("code", [""])[0]


def _answer(line: socket.socket, status: str, said: str) -> None:
    html = (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>SpokesDesk</title><p>{said}</p></html>'
    )
    body = html.encode()
    line.sendall(f"HTTP/1.1 {status}\r\n{_HEADERS}Content-Length: {len(body)}\r\n\r\n".encode() + body)
