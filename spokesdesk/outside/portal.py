"""The portal over HTTP: TLS verified by the system's trust, plain http only for this machine."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import (
    AccessError,
    ConflictError,
    DeskError,
    OutsideError,
    UserError,
    WaitError,
)
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.words import known_codes
from spokesdesk.outside import portalfiles
from spokesdesk.outside.portaladdress import checked_address, is_loopback
from spokesdesk.outside.portalmail import MailCalls
from spokesdesk.outside.session import Session
from spokesdesk.services.ports import Cursor, DeviceKeys

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Query = Mapping[str, str | int | list[str]]
CONNECT_S = 10
ANSWER_S = 60
_CONNECTED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
ANSWER_BYTES = wire.BODY_BYTES
_CLASS: dict[int, type[DeskError]] = {
    400: UserError,
    401: AccessError,
    403: AccessError,
    404: AccessError,
    409: WaitError,
    410: WaitError,
    411: UserError,
    413: UserError,
    422: OutsideError,
    426: WaitError,
    460: WaitError,
    429: WaitError,
    503: WaitError,
    507: OutsideError,
}


def portal_at(keys: DeviceKeys) -> "Callable[[str], HttpPortal]":
    """Give what makes a desk's clients of the portal at an address; all of them show the same tokens."""
    session = Session(keys)
    return lambda address: HttpPortal(address, session)


class HttpPortal(MailCalls):
    """A portal at one address.

    Args:
        address: https, or http for this machine.
        session: shows and renews the desk's tokens; without one, the token of each call is shown as it is.

    Raises:
        UserError: as ``checked_address`` does.
    """

    def __init__(self, address: str, session: Session | None = None) -> None:
        self._address = checked_address(address)
        self._session = session
        self._host = urlsplit(self._address).netloc
        self._client: httpx.Client | None = None
        self._socket: socket.socket | None = None
        self._socket_lock = threading.Lock()
        self._is_hung_up = False

    def close(self) -> None:
        """Let the connections go."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def enrol(self, ask: wire.EnrolAsk) -> wire.Enrolled:
        """Use a one-time code."""
        return wire.decode(self._call("POST", "/enrol", content=wire.encode(ask)), wire.Enrolled)

    def enrol_signed_in(self, ask: wire.SignInAsk) -> wire.Enrolled:
        """Use the code that the browser brought."""
        return self._read(self._call("POST", "/enrol/browser", content=wire.encode(ask)), wire.Enrolled)

    def renew(self, ask: wire.RenewAsk) -> wire.Renewed:
        """Ask for new tokens."""
        return self._read(self._call("POST", "/token", content=wire.encode(ask)), wire.Renewed)

    def hello(self, token: str) -> wire.Hello:
        """Ask where the journal stands."""
        return self._read(self._call("GET", "/hello", token), wire.Hello)

    def push(self, token: str, journal: UUID, push: wire.Push) -> wire.PushReply:
        """Send operations."""
        data = self._call("POST", f"/j/{journal}/push", token, content=wire.encode(push))
        return self._read(data, wire.PushReply)

    def changes(self, token: str, journal: UUID, cursor: Cursor, limit: int) -> wire.Changes:
        """Ask for what follows the cursor."""
        asked: Query = {"epoch": cursor.epoch, "after": cursor.seq, "chain": cursor.chain, "limit": limit}
        return self._read(self._call("GET", f"/j/{journal}/changes", token, params=asked), wire.Changes)

    def snapshot(self, token: str, journal: UUID, entity: str, after: str, limit: int) -> wire.Snapshot:
        """Ask for a page of a noun's records as they are now."""
        asked: Query = {"entity": entity, "after": after, "limit": limit}
        return self._read(self._call("GET", f"/j/{journal}/snapshot", token, params=asked), wire.Snapshot)

    def points(self, token: str, journal: UUID, places: Sequence[int]) -> wire.ChainPoints:
        """Ask for the chain hash at some places of the feed."""
        asked: Query = {"seq": [str(place) for place in places]}
        return self._read(self._call("GET", f"/j/{journal}/chain", token, params=asked), wire.ChainPoints)

    def digests(self, token: str, journal: UUID, entity: str = "") -> wire.Digests:
        """Ask for what to compare the records here with; of one noun by buckets."""
        asked: Query = {"entity": entity} if entity else {}
        return self._read(self._call("GET", f"/j/{journal}/digest", token, params=asked), wire.Digests)

    def wait(self, token: str, journal: UUID, known: wire.Poke) -> wire.Poke:
        """Wait until something went on since it stood as known, or for some time; ``hang_up`` ends it at once."""
        asked: Query = {
            "after": known.seq,
            "mail": known.mail,
            "door": known.door,
            "members": known.members,
        }
        path = f"/j/{journal}/wait"
        return self._read(self._call("GET", path, token, params=asked, on_socket=self._keep_line), wire.Poke)

    def hang_up(self) -> None:
        """End a ``wait`` of another thread; it raises ``portal_unreachable`` there, and so does every later one."""
        with self._socket_lock:
            self._is_hung_up = True
            line = self._socket
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _keep_line(self, line: socket.socket) -> None:
        with self._socket_lock:
            self._socket = line
            is_hung_up = self._is_hung_up
        if is_hung_up:
            line.close()  # the client does not know it yet, and would leave it open
            raise OutsideError("portal_unreachable", portal=self._host)

    def told_fork(self, token: str, journal: UUID, told: wire.ForkTold) -> wire.Hello:
        """Show the portal an entry of its feed that it no longer has."""
        data = self._call("POST", f"/j/{journal}/restored", token, content=wire.encode(told))
        return self._read(data, wire.Hello)

    def door(self, token: str, journal: UUID, call: wire.DoorCall) -> wire.DoorBox:
        """Ask what came through the journalists' door for this desk, and say which ratings it has kept."""
        data = self._call("POST", f"/j/{journal}/door", token, content=wire.encode(call))
        return self._read(data, wire.DoorBox)

    def members(self, token: str, journal: UUID) -> wire.Members:
        """Ask for the journal's devices and their public keys."""
        return self._read(self._call("GET", f"/j/{journal}/members", token), wire.Members)

    def publish_box(self, token: str, journal: UUID, box: wire.DeviceBox) -> wire.Members:
        """Publish this device's own public keys; gives the journal's devices."""
        path = f"/j/{journal}/box"
        return self._read(self._call("POST", path, token, content=wire.encode(box)), wire.Members)

    def releases(self, token: str, journal: UUID, records: Sequence[UUID]) -> wire.Releases:
        """Ask where releases stand on the public side."""
        if not records:
            return wire.Releases([])
        asked: Query = {"rec": [str(record) for record in records]}
        return self._read(self._call("GET", f"/j/{journal}/releases", token, params=asked), wire.Releases)

    def has_file(self, token: str, sha256: str) -> bool:
        """Ask whether the journal holds a file."""
        try:
            self._call("HEAD", f"/files/{sha256}", token)
        except AccessError as error:
            if error.code == "journal_foreign":
                return False
            raise
        return True

    def put_file(
        self, token: str, file: Attachment, source: BinaryIO, told: Callable[[int], bool] | None = None
    ) -> None:
        """Send a file, unless the journal holds it already; a large one goes on where it was cut before."""
        if file.size > wire.CHUNK_BYTES:
            portalfiles.send(partial(self._told, token), file, source, told)
            return
        if self.has_file(token, file.sha256):
            return
        # Whole, as it is small: so it can be asked again with a new token.
        self._call("PUT", f"/files/{file.sha256}", token, content=source.read())

    def file(
        self, token: str, sha256: str, told: Callable[[int], bool] | None = None
    ) -> portalfiles.Download:
        """Give a file of the journal as a stream to read to its end; the caller closes it."""
        return portalfiles.Download(partial(self._stream, token), sha256, told)

    def missing_files(self, token: str, journal: UUID, files: Sequence[str]) -> tuple[str, ...]:
        """Ask which of some files the journal does not hold."""
        found: list[str] = []
        for at in range(0, len(files), wire.FILES_ASKED):
            asked = wire.encode(wire.FilesAsk(list(files[at : at + wire.FILES_ASKED])))
            data = self._call("POST", f"/j/{journal}/missing", token, content=asked)
            found += self._read(data, wire.FilesMissing).missing
        return tuple(found)

    def _told(
        self, token: str, method: str, path: str, content: bytes | Iterable[bytes], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str]]:
        with self._asked(method, path, token, content=content, headers=headers) as answer:
            data = self._body(answer)
        if answer.status_code // 100 != 2 and answer.status_code != 404:
            raise self._fault(answer.status_code, data)
        return answer.status_code, answer.headers

    def _stream(self, token: str, path: str, headers: Mapping[str, str]) -> Iterator[bytes]:
        with self._asked("GET", path, token, headers={"accept-encoding": "identity", **headers}) as answer:
            if answer.status_code // 100 != 2:
                raise self._fault(answer.status_code, self._body(answer))
            if "range" in headers and answer.status_code != 206:
                raise OutsideError("portal_answer_unreadable", portal=self._host)
            yield from answer.iter_raw()

    def _read(self, data: bytes, kind: type[T]) -> T:
        try:
            return wire.decode(data, kind)
        except UserError as error:
            raise OutsideError("portal_answer_unreadable", portal=self._host) from error

    def _call(
        self,
        method: str,
        path: str,
        token: str = "",
        *,
        content: bytes | Iterable[bytes] | None = None,
        params: Query | None = None,
        headers: Mapping[str, str] | None = None,
        on_socket: Callable[[socket.socket], None] | None = None,
    ) -> bytes:
        asked = self._asked(
            method, path, token, content=content, params=params, headers=headers, on_socket=on_socket
        )
        with asked as answer:
            data = self._body(answer)
        if answer.status_code // 100 != 2:
            raise self._fault(answer.status_code, data)
        return data

    @contextmanager
    def _asked(
        self,
        method: str,
        path: str,
        token: str,
        *,
        content: bytes | Iterable[bytes] | None = None,
        params: Query | None = None,
        headers: Mapping[str, str] | None = None,
        on_socket: Callable[[socket.socket], None] | None = None,
    ) -> Iterator["httpx.Response"]:
        import httpx

        shown = self._session.token(self.renew) if token and self._session else token

        def asked() -> AbstractContextManager[httpx.Response]:
            return self._open().stream(
                method,
                self._address + path,
                content=content,
                params=params,
                headers={**({"authorization": f"Bearer {shown}"} if shown else {}), **(headers or {})},
                extensions=_told_of(on_socket) if on_socket else None,
            )

        try:
            with asked() as answer:
                is_over = bool(shown) and self._session is not None and _is_over(answer)
                if not is_over:
                    yield answer
            if is_over and self._session is not None:
                shown = self._session.token(self.renew, shown)
                with asked() as answer:
                    yield answer
        except httpx.TransportError as error:
            raise self._unreachable(error) from error
        except httpx.HTTPError as error:
            raise OutsideError("portal_answer_unreadable", portal=self._host) from error

    def _body(self, answer: "httpx.Response") -> bytes:
        found = bytearray()
        for piece in answer.iter_bytes():
            found += piece
            if len(found) > ANSWER_BYTES:
                raise OutsideError("portal_answer_unreadable", portal=self._host)
        return bytes(found)

    def _open(self) -> "httpx.Client":
        import ssl

        import httpx

        if self._client is None:
            host = urlsplit(self._address).hostname or ""
            self._client = httpx.Client(
                # Reading the system's trust takes longer than a round with nothing to say.
                verify=ssl.create_default_context() if self._address.startswith("https:") else False,
                timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
                follow_redirects=False,
                trust_env=not is_loopback(host),
                headers={"user-agent": f"SpokesDesk/{wire.PROTOCOL}"},
            )
        return self._client

    def _unreachable(self, error: Exception) -> OutsideError:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return OutsideError("portal_certificate", portal=self._host)
        return OutsideError("portal_unreachable", portal=self._host)

    def _fault(self, status: int, data: bytes) -> DeskError:
        try:
            told = wire.decode(data or b'{"error":""}', wire.Fault)
        except UserError:
            told = wire.Fault("")
        if status == 404 and not told.error:
            return AccessError("journal_foreign")
        kind = _CLASS.get(status)
        if kind is None or (status != 503 and told.error not in known_codes()):
            return OutsideError("portal_failed", status=status)
        if told.error == "already_enrolled":
            kind = ConflictError
        code = told.error if told.error in known_codes() else "portal_busy"
        return kind(code, **{name: value for name, value in told.params.items() if name.isidentifier()})


def _is_over(answer: "httpx.Response") -> bool:
    """Say whether a new token is wanted: its time is over, or the portal was put back to before it was given."""
    return answer.status_code == 401 and "invalid_token" in answer.headers.get("www-authenticate", "")


def _told_of(on_socket: Callable[[socket.socket], None]) -> dict[str, Callable[[str, dict[str, Any]], None]]:
    """Have the client say on which connection it asks; one that it kept from before is the same as then."""

    def trace(name: str, info: dict[str, Any]) -> None:
        if name in _CONNECTED:
            on_socket(info["return_value"].get_extra_info("socket"))

    return {"trace": trace}
