"""What brings the publisher's files: a web server, or a folder on a USB stick or share; neither is trusted.

The update library asks for a file by its address, with the greatest length that it may have.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from spokesdesk import __version__
from spokesdesk.domain.errors import UserError, WaitError
from spokesdesk.outside.portaladdress import is_loopback

if TYPE_CHECKING:
    from httpx import Response

CHUNK = 256 * 1024
CONNECT_S = 10
READ_S = 60
TARGETS = "targets"
"""Folder of the archives: how far one is, is told, and one that was cut goes on where it ended."""
UNFINISHED = "unfinished-"


class Carrier:
    """Fetches into files of its own folder, counts, and ends when it is asked to.

    Attributes:
        base: address or path that all files lie below.
        room: folder for what is on its way; on the disk that the archive goes to.
        server_time: what the server's clock said last; None where there is no server.
        told: told how many bytes of the archive are there.
        stopped: asked whether to end.
    """

    base = ""

    def __init__(self) -> None:
        self.room: Path | None = None
        self.server_time: datetime | None = None
        self.told: Callable[[int], object] = _nobody
        self.stopped: Callable[[], bool] = _never

    def download_bytes(self, url: str, max_length: int) -> bytes:
        """Give a small file."""
        with self.download_file(url, max_length) as held:
            return held.read()

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        """Give a file of at most so many bytes, to be read in the block.

        Raises:
            DownloadError: of the update library, with what happened.
            WaitError: ``update_stopped``.
        """
        is_archive = self.room is not None and url.startswith(f"{self.base}/{TARGETS}/")
        with self._unfinished(url) if is_archive else tempfile.TemporaryFile(dir=self.room) as held:
            self._filled(held, url, max_length, self.told if is_archive else _nobody)
            held.seek(0)
            yield held

    def _filled(self, held: IO[bytes], url: str, max_length: int, told: Callable[[int], object]) -> None:
        from tuf.api.exceptions import DownloadLengthMismatchError

        done = held.seek(0, os.SEEK_END)
        if done == max_length:
            return
        for piece in self.pieces(url, done):
            done += len(piece)
            if done > max_length:
                raise DownloadLengthMismatchError(f"{url}: more than {max_length} bytes")
            if self.stopped():
                raise WaitError("update_stopped")
            held.write(piece)
            told(done)

    @contextmanager
    def _unfinished(self, url: str) -> Iterator[IO[bytes]]:
        """Give the file an archive grows in; it is kept only where the way to it broke off.

        Whether what was kept is genuine, the hash of the whole says; if not, the next time begins anew.
        """
        from tuf.api.exceptions import DownloadError, DownloadHTTPError, DownloadLengthMismatchError

        assert self.room is not None
        # Its name begins with its hash among the publisher's files: another archive is another name.
        name = UNFINISHED + hashlib.sha256(url.rpartition("/")[2].encode()).hexdigest()[:16]
        for other in self.room.glob(f"{UNFINISHED}*"):
            if other.name != name:
                other.unlink(missing_ok=True)
        is_kept = False
        try:
            with (self.room / name).open("a+b") as held:
                yield held
        except DownloadError as error:
            is_kept = not isinstance(error, DownloadHTTPError | DownloadLengthMismatchError)
            raise
        finally:
            if not is_kept:
                (self.room / name).unlink(missing_ok=True)

    def pieces(self, url: str, start: int = 0) -> Iterator[bytes]:
        """Give the bytes of a file from one of them on.

        Raises:
            DownloadHTTPError: 404: there is none of this name.
        """
        raise NotImplementedError


class FolderCarrier(Carrier):
    """A copy of the publisher's files in a folder.

    Args:
        folder: holds ``metadata`` and ``targets``.

    Raises:
        UserError: ``update_folder``: it does not.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        if not (folder / "metadata").is_dir():
            raise UserError("update_folder", field="folder", path=str(folder))
        self.base = str(folder)

    def pieces(self, url: str, start: int = 0) -> Iterator[bytes]:
        """Give the bytes of a file of the folder."""
        from tuf.api.exceptions import DownloadError, DownloadHTTPError

        try:
            with Path(unquote(url)).open("rb") as source:
                source.seek(start)
                while piece := source.read(CHUNK):
                    yield piece
        except FileNotFoundError as error:
            raise DownloadHTTPError(url, 404) from error
        except OSError as error:
            raise DownloadError(error.strerror or url) from error


class HttpCarrier(Carrier):
    """The publisher's web server, or the agency's copy of it.

    Args:
        address: https or http; signatures, not the transport, say what is genuine.
        proxy: address of a proxy; "" for what the system says.

    Raises:
        UserError: ``update_address_form``, ``update_proxy_form``.
    """

    def __init__(self, address: str, proxy: str = "") -> None:
        super().__init__()
        self.base = _checked(address, "update_address_form", "update_address")
        self._proxy = _checked(proxy, "update_proxy_form", "update_proxy") if proxy else None

    def pieces(self, url: str, start: int = 0) -> Iterator[bytes]:
        """Give the bytes of an answer; where a server does not know ranges, the beginning is passed over."""
        import ssl

        import httpx
        from tuf.api.exceptions import DownloadError

        client = httpx.Client(
            verify=ssl.create_default_context(),
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            follow_redirects=True,
            proxy=self._proxy,
            trust_env=not is_loopback(urlsplit(self.base).hostname or ""),
            headers={"user-agent": f"SpokesDesk/{__version__}", "accept-encoding": "identity"},
        )
        try:
            wanted = {"range": f"bytes={start}-"} if start else {}
            with client, client.stream("GET", url, headers=wanted) as answer:
                self.server_time = _date(answer.headers.get("date", "")) or self.server_time
                yield from _from(start, answer.iter_raw(CHUNK), _begins_at(answer, start))
        except httpx.HTTPError as error:
            raise DownloadError(str(error) or type(error).__name__) from error


def _begins_at(answer: "Response", asked: int) -> int:
    """Give which byte an answer begins with.

    Raises:
        DownloadHTTPError: of the update library: it is neither the file nor the part that was asked for.
    """
    from tuf.api.exceptions import DownloadHTTPError

    if answer.status_code == 200:
        return 0
    if answer.status_code == 206 and answer.headers.get("content-range", "").startswith(f"bytes {asked}-"):
        return asked
    raise DownloadHTTPError(str(answer.url), answer.status_code)


def _from(start: int, pieces: Iterator[bytes], begin: int) -> Iterator[bytes]:
    """Pass over what comes before the byte that was asked for."""
    for piece in pieces:
        over = max(0, start - begin)
        begin += len(piece)
        if over < len(piece):
            yield piece[over:]


def _checked(address: str, code: str, field: str) -> str:
    plain = address.strip().rstrip("/")
    try:
        parts = urlsplit(plain)
        is_right = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_right = False
    if not is_right:
        raise UserError(code, field=field)
    return plain


def _date(text: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(text)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _nobody(_done: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    """Go on."""
    return False
