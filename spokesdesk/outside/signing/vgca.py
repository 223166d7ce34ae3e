"""Signing through VGCA Sign Service, the local program of the government's certificate authority.

Written from its public description and proven against a simulator only; no real token was at hand. The service shows
its own window: it asks for the certificate, the PIN and the place of the stamp; nothing of that passes through here.
"""

import json
import ssl
from socket import create_connection
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from spokesdesk.domain.errors import DeskError, OutsideError, WaitError
from spokesdesk.domain.signing import SignAsk, SignatureKind
from spokesdesk.outside.signing.onefile import OneFile, served
from spokesdesk.outside.signing.waiting import in_reach

ADDRESS = "wss://127.0.0.1:8987"
_PATHS = {SignatureKind.LEADER: "SignApproved", SignatureKind.AGENCY: "SignIssued"}
_ORIGIN = "http://localhost:8080"
_THERE_S, _GREETING_S, _GLANCE_S, _PERSON_S = 1.0, 5.0, 0.2, 600.0
_NAME = "van-ban.pdf"


class VgcaSigner:
    """The local service.

    Args:
        address: where it listens.
    """

    adapter = "vgca"

    def __init__(self, address: str = ADDRESS) -> None:
        self._address = address

    def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        """Give the signed PDF; waits up to ten minutes for the person at the service's window.

        Raises:
            OutsideError: ``vgca_missing``: no service within a second; ``vgca_failed``: what it said.
            WaitError: ``sign_cancelled``, ``sign_too_long``.
        """
        with served(pdf, _NAME) as file:
            try:
                with self._reached(_PATHS[ask.kind], ask) as socket:
                    socket.send(json.dumps(_order(file, ask)))
                    _check(_answer(socket, ask))
            except DeskError:
                raise
            except _connection_errors() as error:
                raise OutsideError("vgca_failed", detail=str(error)[:200]) from error
            if not file.came.is_set():
                raise OutsideError("vgca_failed", detail="")
            return file.signed

    def _reached(self, path: str, ask: SignAsk) -> Any:
        """Give the socket; a greeting that hangs holds nobody who wants to stop."""
        return in_reach(
            lambda: self._connected(path), ask.cancelled, _PERSON_S, late=lambda socket: socket.close()
        )

    def _connected(self, path: str) -> Any:
        for is_last in (False, True):
            try:
                return self._greeted(path)
            except _connection_errors() as error:
                # A greeting that hangs has sent no order yet: asking once more is safe.
                if is_last or not isinstance(error, TimeoutError):
                    raise OutsideError("vgca_missing") from error
        raise OutsideError("vgca_missing")

    def _greeted(self, path: str) -> Any:
        from websockets.sync.client import connect

        where = urlsplit(self._address)
        plain = create_connection((where.hostname or "", where.port or 443), timeout=_THERE_S)
        try:
            return connect(
                f"{self._address}/{path}",
                sock=plain,
                ssl=_any_certificate() if self._address.startswith("wss:") else None,
                origin=_ORIGIN,  # type: ignore[arg-type]
                open_timeout=_GREETING_S,
                close_timeout=_THERE_S,
                proxy=None,
            )
        except _connection_errors():
            plain.close()
            raise


def _any_certificate() -> ssl.SSLContext:
    """Take the service's self-signed certificate: it is this machine, and what comes back is checked byte by byte."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _connection_errors() -> tuple[type[Exception], ...]:
    from websockets.exceptions import WebSocketException

    return (OSError, TimeoutError, WebSocketException)


def _order(file: OneFile, ask: SignAsk) -> dict[str, str]:
    order = {"FileUploadHandler": file.target, "SessionId": "", "FileName": file.source}
    if ask.kind is SignatureKind.AGENCY and ask.number is not None and ask.dated_on is not None:
        order |= {"DocNumber": f"{ask.number:02d}", "IssuedDate": f"{ask.dated_on:%d/%m/%Y}"}
    return order


def _answer(socket: Any, ask: SignAsk) -> str:
    end = monotonic() + _PERSON_S
    while True:
        try:
            told = socket.recv(timeout=_GLANCE_S)
            return told if isinstance(told, str) else told.decode("utf-8", "replace")
        except TimeoutError:
            if ask.cancelled():
                raise WaitError("sign_cancelled") from None
            if monotonic() > end:
                raise WaitError("sign_too_long", minutes=round(_PERSON_S / 60)) from None


def _check(told: str) -> None:
    try:
        answer = json.loads(told)
        status, message = answer["Status"], str(answer.get("Message") or "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutsideError("vgca_failed", detail="") from error
    if status != 0 or isinstance(status, bool):
        raise OutsideError("vgca_failed", detail=message[:200])
