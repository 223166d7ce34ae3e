"""Fetches what an address on the web gives: public addresses only, within limits of size and time, politely.

An address leads where its name resolves to, and a page may send on to another one; so every connection is made to an
address that was checked just before (no second look-up that may answer otherwise), again after each redirect.
Behind a proxy the same holds, see ``webroute.py``.
"""

import ssl
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from spokesdesk import __version__
from spokesdesk.domain.errors import DeskError, OutsideError, UserError
from spokesdesk.domain.monitoring_web import Exchange, Fetched
from spokesdesk.outside import clock
from spokesdesk.outside.webroute import LookUp, Routes, look_up

if TYPE_CHECKING:
    import httpcore
    import httpx

    from spokesdesk.outside.pinned import Watch

LIMIT_BYTES = 10 * 1024 * 1024
PATIENCE_S = 20.0
HOPS = 5
PACE_S = 2.0
_SENT_ON = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"


class Fetcher:
    """Fetches addresses, one at a time; a host is not asked more often than every two seconds.

    Args:
        loopback_ports: where servers on this machine may be reached, for the program's own tests; no setting does.
        patience_s: a whole answer, redirects included, takes no longer.
        limit: bytes of an answer, as sent and as unpacked.
        pace_s: seconds between two requests to one host.
        proxy: gives the address of the agency's proxy, "" for what the system says.
        names: looks names up; another one for the program's own tests.
    """

    def __init__(
        self,
        *,
        loopback_ports: Collection[int] = (),
        patience_s: float = PATIENCE_S,
        limit: int = LIMIT_BYTES,
        pace_s: float = PACE_S,
        proxy: Callable[[], str] = str,
        names: LookUp = look_up,
    ) -> None:
        self._patience_s, self._limit, self._pace_s = patience_s, limit, pace_s
        self._routes = Routes(frozenset(loopback_ports), proxy, names)
        self._asked: dict[str, float] = {}
        self._tls: ssl.SSLContext | None = None

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Fetch an address.

        Args:
            etag: with ``modified``: what the server said of the answer we hold; it may then answer 304.

        Raises:
            UserError: ``url_form``; ``web_private``: it leads into an inner network or to this machine.
            OutsideError: ``web_unreachable``, ``web_certificate``, ``web_late``, ``web_redirects``, ``web_broken``,
                ``web_proxy_away``, ``web_proxy_login``, ``web_proxy_refused``, ``web_proxy_form``, ``web_unresolved``.
        """
        held = {"if-none-match": etag, "if-modified-since": modified}
        done: list[Exchange] = []
        deadline = time.monotonic() + self._patience_s
        here = _checked(url)
        for _hop in range(HOPS + 1):
            self._pace(here.host)
            got = self._one(here, {name: value for name, value in held.items() if value}, done, deadline)
            onward = got.headers.get("location", "")
            if got.status not in _SENT_ON or not onward:
                return got
            here = _checked(str(_joined(here, onward)))
        raise OutsideError("web_redirects", host=here.host)

    def _pace(self, host: str) -> None:
        wait = self._asked.get(host, 0.0) + self._pace_s - time.monotonic()
        if wait > 0:
            time.sleep(min(wait, self._pace_s))
        self._asked[host] = time.monotonic()

    def _one(
        self, url: "httpx.URL", held: Mapping[str, str], done: list[Exchange], deadline: float
    ) -> Fetched:
        import httpcore

        from spokesdesk.outside.pinned import PinnedBackend, Watch

        watch = Watch(deadline, 2 * self._limit)
        backend = PinnedBackend(partial(self._routes.to, is_tls=url.scheme == "https"), watch)
        at = clock.now()
        try:
            with httpcore.ConnectionPool(
                ssl_context=self._context(), network_backend=backend, max_connections=1
            ) as pool:
                status, headers, body, cut = self._answer(pool, url, held, watch)
        except DeskError:
            raise
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise _fault(url.host, error) from error
        done.append(Exchange(str(url), watch.address, bytes(watch.sent), bytes(watch.received), at))
        return Fetched(str(url), status, headers, body, cut, tuple(done))

    def _answer(
        self, pool: "httpcore.ConnectionPool", url: "httpx.URL", held: Mapping[str, str], watch: "Watch"
    ) -> tuple[int, dict[str, str], bytes, str]:
        import httpcore

        asked = {
            "host": url.netloc.decode("ascii"),
            "user-agent": f"SpokesDesk/{__version__}",
            "accept": _ACCEPT,
            "accept-encoding": "gzip",
            "accept-language": "vi",
            "connection": "close",
            **held,
        }
        times = dict.fromkeys(("connect", "read", "write", "pool"), self._patience_s)
        with pool.stream(
            "GET", str(url), headers=list(asked.items()), extensions={"timeout": times}
        ) as answer:
            headers = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
            }
            unpack = _Unpacked(headers.get("content-encoding", ""), self._limit, url.host)
            try:
                for piece in answer.iter_stream():
                    if not unpack.take(piece):
                        return answer.status, headers, unpack.data, "length"
            except httpcore.ReadTimeout:
                return answer.status, headers, unpack.data, "time"
            except (httpcore.RemoteProtocolError, httpcore.ReadError):
                # The line broke before the end: what came is shown, and that it is not all.
                return answer.status, headers, unpack.data, "disconnect"
            return answer.status, headers, unpack.data, ""

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


class _Unpacked:
    """The body as it comes, unpacked, up to a limit."""

    def __init__(self, encoding: str, limit: int, host: str) -> None:
        import zlib

        self._bytes = bytearray()
        self._limit, self._host = limit, host
        named = encoding.strip().lower()
        if named not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise OutsideError("web_broken", host=host)
        self._unzip: Any = zlib.decompressobj(47) if named not in ("", "identity") else None

    @property
    def data(self) -> bytes:
        return bytes(self._bytes)

    def take(self, piece: bytes) -> bool:
        """Take a piece; False when the limit is reached."""
        import zlib

        room = self._limit - len(self._bytes)
        if self._unzip is None:
            self._bytes += piece[:room]
            return len(piece) <= room
        try:
            self._bytes += self._unzip.decompress(piece, room + 1)
        except zlib.error as error:
            raise OutsideError("web_broken", host=self._host) from error
        whole = len(self._bytes) <= self._limit
        del self._bytes[self._limit :]
        return whole


def _checked(url: str) -> "httpx.URL":
    import httpx

    try:
        found = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise UserError("url_form", field="url") from error
    if found.scheme not in ("http", "https") or not found.host or found.userinfo:
        raise UserError("url_form", field="url")
    return found.copy_with(fragment=None)


def _joined(here: "httpx.URL", onward: str) -> "httpx.URL":
    import httpx

    try:
        return here.join(onward)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise OutsideError("web_broken", host=here.host) from error


def _fault(host: str, error: Exception) -> OutsideError:
    import httpcore

    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return OutsideError("web_certificate", host=host)
    if isinstance(error, httpcore.TimeoutException):
        return OutsideError("web_late", host=host)
    if isinstance(error, httpcore.ProtocolError):
        return OutsideError("web_broken", host=host)
    return OutsideError("web_unreachable", host=host)
