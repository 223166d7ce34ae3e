"""The program's own folder: the version in use, the one before, the one to come; a kill always leaves a whole one.

::

    SpokesDesk/
      spokesdesk (SpokesDesk.exe)   starts the first folder that ``current`` names and that is whole
      current                       two lines: the folder in use, the one before
      untried, begun, failed        how far a new version's first start is, see below
      changing                      held by the process that puts, chooses or deletes a version
      program/                      the version that was installed
      program-0.2.0/                a version that came as an update; BUILD.json is in it once it is whole

A new version is unpacked under a name that no start looks at, renamed when every byte is on the disk, and chosen by
writing ``current`` anew in one step. The folder in use is neither renamed nor written to, so a program at work goes on
loading its own files, and Windows, which holds the files of a running program, has nothing to refuse.

A new version that does not come up is left by itself: choosing it writes its folder's name into ``untried``; the
launcher turns that into ``begun`` at the first start of a window, the window takes ``begun`` away once it is painted,
and a launcher that finds ``begun`` with nobody at work makes it ``failed`` and starts the version before.
"""

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from spokesdesk import __version__, assets
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.updates import Build, Offer, is_newer, version_key
from spokesdesk.outside import disk
from spokesdesk.outside.lockfile import FileLock
from spokesdesk.services.ports.updates import Count, Stopped

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo

CURRENT = "current"
INSTALLED = "program"
UNTRIED, BEGUN, FAILED = "untried", "begun", "failed"
CHANGING = "changing"
PATIENCE_S = 10.0
NOTE = assets.BUILD_NOTE
PART = ".part"
SPARE_BYTES = 64 * 1024 * 1024
CHUNK = 1024 * 1024
_NAME = re.compile(r"program(?:-([0-9][0-9a-z.]*))?")


class OwnFolder:
    """The program folder that this process runs from.

    Args:
        running: folder of the program at work; found by itself when not given. None for a checkout or a wheel.
    """

    def __init__(self, running: Path | None = None) -> None:
        self.running = running or assets.program_folder()

    @property
    def home(self) -> Path:
        """The folder that holds launcher, versions and ``current``."""
        assert self.running is not None
        return self.running.parent

    def build(self) -> Build:
        """Give how the program at work was made."""
        return (self.running and _note_in(self.running)) or Build(__version__)

    def ready(self) -> str:
        """Give the version that the next start uses, "" when that is the one at work."""
        chosen = self._chosen()[0]
        if self.running is None or chosen == self.running:
            return ""
        note = _note_in(chosen)
        return note.version if note else ""

    def before(self) -> str:
        """Give the version that one may go back to, "" for none."""
        _chosen, before = self._chosen()
        note = _note_in(before) if before is not None else None
        return note.version if note else ""

    def beside(self) -> str:
        """Give the newest whole version that is newer than the one at work and not chosen yet, "" for none."""
        mine, chosen = self.build().version, self._chosen()[0]
        found = [
            note.version
            for folder in self._versions()
            if folder != chosen and (note := _note_in(folder)) and is_newer(note.version, mine)
        ]
        ready = self.ready()
        found = [version for version in found if not ready or is_newer(version, ready)]
        return max(found, key=version_key, default="")

    @contextmanager
    def changing(self, patience_s: float = PATIENCE_S) -> Iterator[None]:
        """Be the only process that puts a version beside, chooses one or deletes one, for as long as the block lasts.

        Raises:
            WaitError: ``update_busy``: another process is at it.
            OutsideError: ``disk_full``, ``read_only``.
        """
        lock = FileLock(self.home / CHANGING)
        if not lock.take(patience_s):
            raise WaitError("update_busy")
        with lock:
            yield

    def unpack(self, archive: Path, offer: Offer, tell: Count, stopped: Stopped) -> None:
        """Put a version beside the others; it is there whole or not at all.

        Args:
            archive: .tar.zst whose signature was checked; what lies under ``SpokesDesk/program`` in it is the program.
            tell: told how many bytes are written.

        Raises:
            OutsideError: ``disk_full``, ``read_only``, ``update_archive``: it does not hold that version.
            WaitError: ``update_stopped``.
        """
        target = self.home / f"{INSTALLED}-{offer.version}"
        part = target.with_name(target.name + PART)
        with disk.explained(target):
            _require_room(self.home, offer.unpacked)
            _removed(part)
            try:
                part.mkdir()
                _extract(archive, part, tell, stopped)
                note = _note_in(part)
                if note is None or (note.version, note.platform) != (offer.version, offer.platform):
                    raise OutsideError("update_archive", version=offer.version)
                _flush(part)
                _removed(target)
                disk.replace(part, target)
                disk.sync_folder(self.home)
            finally:
                _removed(part)

    def use(self, version: str) -> None:
        """Let the next start use a version that lies beside; the one at work is kept.

        Raises:
            OutsideError: ``update_archive``: it is not there whole; ``disk_full``, ``read_only``.
        """
        assert self.running is not None
        chosen = self.home / f"{INSTALLED}-{version}"
        if _note_in(chosen) is None:
            raise OutsideError("update_archive", version=version)
        with disk.explained(self.home):
            (self.home / BEGUN).unlink(missing_ok=True)
            disk.write_atomically(self.home / UNTRIED, f"{chosen.name}\n".encode("ascii"))
            self._choose(chosen, self.running)
            (self.home / FAILED).unlink(missing_ok=True)

    def came_up(self) -> None:
        """Note that the window of the version at work is on the screen."""
        if self.running is None or not self.build().renews_itself:
            return
        for name in (UNTRIED, BEGUN):
            if self._noted(name) == self.running.name:
                # A note that stays costs at worst one needless return to the version before.
                with suppress(OSError):
                    (self.home / name).unlink()

    def fell_back(self) -> str:
        """Give the new version that did not come up, so that this one was started instead, and let go of it.

        Returns:
            Its number, once; "" for none.

        Raises:
            OutsideError: ``disk_full``, ``read_only``.
        """
        if self.running is None or not self.build().renews_itself:
            return ""
        name = self._noted(FAILED)
        found = _NAME.fullmatch(name)
        if not found or not found[1] or name == self.running.name:
            return ""
        with disk.explained(self.home):
            self._choose(self.running, self.running)
            # Not whole any more: nobody is offered it as fetched; ``tidy`` deletes the rest.
            (self.home / name / NOTE).unlink(missing_ok=True)
            (self.home / FAILED).unlink(missing_ok=True)
        return found[1]

    def back(self) -> None:
        """Let the next start use the version before.

        Raises:
            WaitError: ``update_none_before``.
        """
        chosen, before = self._chosen()
        if before is None or _note_in(before) is None:
            raise WaitError("update_none_before")
        self._choose(before, chosen)

    def tidy(self) -> None:
        """Delete versions neither in use nor kept, and what was left half unpacked; never the installed one.

        Nothing is deleted while another process changes versions: what looks left over may be its work.
        """
        if self.running is None or not self.build().renews_itself:
            return
        with suppress(WaitError), self.changing(patience_s=0):
            self._delete_the_rest()

    def _delete_the_rest(self) -> None:
        kept = {self.running, *self._chosen()}
        beside = self.beside()
        for folder in self._versions():
            note = _note_in(folder)
            if folder not in kept and folder.name != INSTALLED and (note is None or note.version != beside):
                _removed(folder)
        for part in self.home.glob(f"{INSTALLED}-*{PART}"):
            _removed(part)

    def _chosen(self) -> tuple[Path, Path | None]:
        """Give the folder that the next start uses, as the launcher finds it, and the one before."""
        try:
            text = (self.home / CURRENT).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            text = ""
        failed = self._noted(FAILED)
        named = [self.home / name for name in text.split() if _NAME.fullmatch(name) and name != failed]
        whole = [folder for folder in [*named, self.home / INSTALLED] if (folder / NOTE).is_file()]
        if not whole:
            assert self.running is not None
            return self.running, None
        return whole[0], next((folder for folder in named[1:] if folder != whole[0]), None)

    def _noted(self, name: str) -> str:
        """Give the folder that a note names; the launcher adds the number of its process."""
        try:
            return (self.home / name).read_text(encoding="ascii").split()[0]
        except (OSError, UnicodeDecodeError, IndexError):
            return ""

    def _choose(self, chosen: Path, before: Path) -> None:
        disk.write_atomically(self.home / CURRENT, f"{chosen.name}\n{before.name}\n".encode("ascii"))

    def _versions(self) -> list[Path]:
        return sorted(folder for folder in self.home.glob(f"{INSTALLED}*") if _NAME.fullmatch(folder.name))


def _note_in(folder: Path) -> Build | None:
    """Read what a program folder says of itself; None when it is not whole."""
    try:
        told = json.loads((folder / NOTE).read_bytes())
        version_key(str(told["version"]))
        made = datetime.fromisoformat(str(told["made_at"]))
        return Build(str(told["version"]), str(told["kind"]), str(told["platform"]), made)
    except (OSError, ValueError, KeyError, TypeError, UserError):
        return None


def _require_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + SPARE_BYTES:
        raise OutsideError("update_no_room", path=str(folder), need=(size + SPARE_BYTES) // 1_000_000)


def _extract(archive: Path, part: Path, tell: Count, stopped: Stopped) -> None:
    import tarfile

    import zstandard

    done, links = 0, []
    try:
        with (
            archive.open("rb") as packed,
            zstandard.ZstdDecompressor().stream_reader(packed) as bare,
            tarfile.open(fileobj=bare, mode="r|") as entries,
        ):
            for entry, target in _wanted(entries, part):
                if stopped():
                    raise WaitError("update_stopped")
                if entry.isdir():
                    target.mkdir(parents=True, exist_ok=True)
                elif entry.issym():
                    links.append((target, entry.linkname))
                else:
                    done += _write(entries, entry, target)
                    tell(done)
    except (tarfile.TarError, zstandard.ZstdError) as error:
        raise OutsideError("update_archive", version=archive.name) from error
    # Links come last: nothing is ever written through one.
    for target, leads_to in links:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(leads_to)


def _wanted(entries: "TarFile", part: Path) -> "Iterator[tuple[TarInfo, Path]]":
    """Give the entries of the program folder with where they go; anything of another shape stops it."""
    for entry in entries:
        path = PurePosixPath(entry.name)
        if path.parts[1:2] != (INSTALLED,) or len(path.parts) < 3:
            continue
        if ".." in path.parts or path.is_absolute() or not (entry.isreg() or entry.isdir() or entry.issym()):
            raise OutsideError("update_archive", version=entry.name)
        yield entry, part.joinpath(*path.parts[2:])


def _write(entries: "TarFile", entry: "TarInfo", target: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    data = entries.extractfile(entry)
    assert data is not None
    with target.open("xb") as written:
        shutil.copyfileobj(data, written, CHUNK)
    if entry.mode & stat.S_IXUSR:
        target.chmod(0o755)
    os.utime(target, (entry.mtime, entry.mtime))
    return entry.size


def _flush(folder: Path) -> None:
    """Wait until all of it is on the disk."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for file in folder.rglob("*"):
        if file.is_file():
            disk.sync_file(file)


def _removed(folder: Path) -> None:
    """Delete a folder if it is there; its BUILD.json first, so that what is left of it counts as nothing."""
    if folder.exists():
        (folder / NOTE).unlink(missing_ok=True)
        shutil.rmtree(folder)
