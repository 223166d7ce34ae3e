"""Calls to a WordPress site's REST interface, and what its answers mean to a person."""

import json as jsons
import time
from typing import TYPE_CHECKING, Any, BinaryIO

from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, UserError, WaitError
from spokesdesk.outside.portaladdress import checked_address, is_loopback

if TYPE_CHECKING:
    import httpx

ANSWER_S, CONNECT_S = 60, 10
ANSWER_BYTES = 8 * 1024**2
# WordPress takes who shows a wrong password for nobody, and says so in the words for what nobody may do.
_NOBODY = (
    "rest_cannot",
    "rest_forbidden",
    "rest_not_logged_in",
    "incorrect_password",
    "invalid_",
    "application_",
)


class Line:
    """The way to one site, as one account."""

    def __init__(self, address: str, account: str, password: str) -> None:
        self._address = checked_address(address)
        self._account, self._password = account, password
        self._client: httpx.Client | None = None
        # None: not known yet. Without readable addresses a site has no /wp-json.
        self._has_readable: bool | None = None

    def call(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        json: object | None = None,
        content: BinaryIO | None = None,
        headers: dict[str, str] | None = None,
        may_be: tuple[int, ...] = (),
    ) -> Any:
        """Ask the site something.

        Args:
            path: after ``wp/v2``.
            may_be: statuses that are no fault here; one of them is given back as a number.

        Returns:
            The answer's JSON.

        Raises:
            AccessError: ``wordpress_refused``, ``wordpress_rights``, ``wordpress_closed``.
            OutsideError: ``elsewhere_unreachable``, ``elsewhere_failed``, ``wordpress_moved``.
            UserError: ``elsewhere_refused``, ``wordpress_file``.
            WaitError: ``elsewhere_busy``.
        """
        more = {"json": json, "content": content, "headers": headers}
        answer, data = self._asked(method, path, params or {}, **more)
        if self._has_readable is None and method == "GET":
            self._has_readable = _read(data) is not None or answer.status_code not in {200, 404}
            if not self._has_readable:
                answer, data = self._asked(method, path, params or {})
        if answer.status_code in may_be:
            return answer.status_code
        told = _read(data)
        if answer.status_code // 100 != 2 or told is None:
            raise _fault(answer, told)
        return told

    def close(self) -> None:
        """Let the connections go."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _asked(
        self, method: str, path: str, params: dict[str, str], **more: Any
    ) -> tuple["httpx.Response", bytes]:
        import httpx

        address = f"{self._address}/wp-json/wp/v2{path}"
        if self._has_readable is False:
            address, params = f"{self._address}/index.php", {"rest_route": f"/wp/v2{path}", **params}
        source = more.get("content")
        pieces = iter(lambda: source.read(256 * 1024), b"") if source else None
        data, end = bytearray(), time.monotonic() + 3 * ANSWER_S
        try:
            with self._open().stream(method, address, params=params, **{**more, "content": pieces}) as answer:
                for piece in answer.iter_bytes():
                    data += piece
                    if len(data) > ANSWER_BYTES or time.monotonic() > end:
                        raise OutsideError("elsewhere_failed", status=answer.status_code)
        except httpx.HTTPError as error:
            raise OutsideError("elsewhere_unreachable", place=self._address) from error
        return answer, bytes(data)

    def _open(self) -> "httpx.Client":
        import ssl
        from urllib.parse import urlsplit

        import httpx

        if self._client is None:
            self._client = httpx.Client(
                auth=(self._account, self._password),
                verify=ssl.create_default_context(),
                timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
                follow_redirects=False,
                trust_env=not is_loopback(urlsplit(self._address).hostname or ""),
                headers={"user-agent": "SpokesDesk"},
            )
        return self._client


def _read(data: bytes) -> Any:
    try:
        told = jsons.loads(data)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict | list) else None


def _fault(answer: "httpx.Response", told: Any) -> DeskError:
    status, code = answer.status_code, str(told.get("code", "")) if isinstance(told, dict) else ""
    if status in {401, 403} and code.startswith(_NOBODY):
        known = AccessError("wordpress_rights", field="account", rights=code)
        return AccessError("wordpress_refused", field="account") if status == 401 else known
    if status in {401, 403} or (status == 404 and code in {"", "rest_no_route"}):
        return AccessError("wordpress_closed", field="address")
    if status // 100 == 3:
        return OutsideError("wordpress_moved", place=answer.headers.get("location", "")[:200])
    if status in {429, 503}:
        return WaitError("elsewhere_busy")
    if status == 413 or code.startswith("rest_upload"):
        return UserError("wordpress_file")
    if status in {400, 415}:
        return UserError("elsewhere_refused")
    return OutsideError("elsewhere_failed", status=status)
