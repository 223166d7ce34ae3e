"""Daily copies of a workspace in one folder: each day its database and keys, the attachments once for all days.

``<place>/SpokesDesk-<id>/days/<time>/`` holds workspace.json, desk.db and manifest.json; ``blobs/`` beside ``days/``
holds the encrypted attachments of all of them. A copy appears by one rename, so that a kill leaves it whole or absent.
"""

import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.backups import Copy, Told
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError, OutsideError, UserError, WaitError
from spokesdesk.outside import disk, restoring
from spokesdesk.outside.clock import now
from spokesdesk.outside.lockfile import FileLock
from spokesdesk.outside.manifest import MANIFEST, Entry, Manifest, copied
from spokesdesk.outside.newfolder import DESCRIPTION
from spokesdesk.outside.restoring import DAYS, Progress, Steps, Stopped, manifest_of, restore_day
from spokesdesk.outside.workspace import BLOBS, DATABASE, OpenWorkspace

_LOCK = "backup.lock"
_COPYING, _TRYING = ".backup-", ".spokesdesk-drill-"
_GOING = ".gone-"


class BackupSet:
    """The copies of one workspace in one place.

    Args:
        workspace: the open workspace.
        place: a folder that exists, on another disk if possible.
        copy_database: writes a keyed copy of the database to a path.
        survey: opens a copy of the database with its key and tells what is in it.
    """

    def __init__(
        self,
        workspace: OpenWorkspace,
        place: Path,
        copy_database: Callable[[Path], None],
        survey: Callable[[Path], Told],
    ) -> None:
        self.place = place.absolute()
        self.folder = self.place / f"SpokesDesk-{workspace.id.hex[-12:]}"
        self._workspace = workspace
        self._copy_database, self._survey = copy_database, survey

    def is_on_same_disk(self) -> bool:
        """Tell whether what takes the workspace's disk takes the copies, too."""
        place = self.place
        while not place.exists() and place != place.parent:
            place = place.parent
        return place.stat().st_dev == self._workspace.folder.stat().st_dev

    def all(self) -> tuple[Copy, ...]:
        """Give the copies that look complete, the latest first."""
        found = []
        for folder in sorted(self._days(), reverse=True):
            try:
                found.append(_copy(folder.name, manifest_of(folder)))
            except DeskError:
                continue
        return tuple(found)

    def add(self, progress: Progress, is_stopped: Stopped) -> Copy:
        """Make a copy now; work may go on meanwhile.

        Raises:
            UserError: ``backup_inside``, ``backup_folder_missing``.
            OutsideError: ``disk_full``, ``read_only``, ``backup_damaged`` when it does not read back as written.
            WaitError: ``stopped``, ``backup_running``; nothing is left of it then.
        """
        self._require_place()
        with self._alone(), disk.explained(self.folder):
            (self.folder / DAYS).mkdir(parents=True, exist_ok=True)
            self._say_what_this_is()
            for left in (self.folder / DAYS).glob(f"{_COPYING}*"):
                shutil.rmtree(left, ignore_errors=True)
            part = self.folder / DAYS / f"{_COPYING}{secrets.token_hex(4)}"
            part.mkdir()
            try:
                return self._fill(part, progress, is_stopped)
            finally:
                shutil.rmtree(part, ignore_errors=True)

    def keep_only(self, names: Collection[str]) -> int:
        """Remove the other copies, and the attachments that no copy needs any more.

        Returns:
            How many copies went.
        """
        with self._alone(), disk.explained(self.folder):
            gone = 0
            for folder in self._days():
                if folder.name not in names:
                    away = folder.with_name(f"{_GOING}{folder.name}")
                    folder.rename(away)
                    gone += 1
            for away in (self.folder / DAYS).glob(f"{_GOING}*"):
                shutil.rmtree(away, ignore_errors=True)
            self._sweep()
            return gone

    def mend(self) -> int:
        """Remove attachments that are no longer as they were written, so that the next copy writes them again.

        Returns:
            How many.
        """
        with self._alone(), disk.explained(self.folder):
            bad = [
                self.folder / name
                for name, entry in self._known().items()
                if (self.folder / name).is_file() and _entry(self.folder / name) != entry
            ]
            for path in bad:
                path.unlink(missing_ok=True)
            return len(bad)

    def fetch(self, name: str) -> bool:
        """Bring an attachment back into the workspace as it was when it was copied.

        Args:
            name: of its encrypted file, ``ab/abcd…``.

        Returns:
            False when no copy has it whole.
        """
        part = f"{BLOBS}/{name}"
        entry, source = self._known().get(part), self.folder / part
        if entry is None or not source.is_file() or _entry(source) != entry:
            return False
        target = self._workspace.blobs_path / name
        with disk.explained(target):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _put(source, target, Steps(_tell_nobody, _go_on, entry.size)) == entry

    @contextmanager
    def rehearsed(self, name: str, progress: Progress, is_stopped: Stopped) -> Iterator[OpenWorkspace]:
        """Restore a copy beside the workspace, open for the block; nothing of it stays.

        Raises:
            OutsideError: as ``restore`` does.
        """
        with self._alone():
            beside = self._workspace.folder.parent
            for left in beside.glob(f"{_TRYING}*"):
                shutil.rmtree(left, ignore_errors=True)
            folder = beside / f"{_TRYING}{secrets.token_hex(4)}"
            try:
                restore_day(self.folder / DAYS / name, folder, progress, is_stopped)
                opened = self._workspace.same_key(folder)
                try:
                    yield opened
                finally:
                    opened.close()
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def _fill(self, part: Path, progress: Progress, is_stopped: Stopped) -> Copy:
        known = self._known()
        parts: dict[str, Entry] = {}
        # The description first: the head that it seals must not be younger than the copy of the journal.
        described = (self._workspace.folder / DESCRIPTION).read_bytes()
        disk.write_atomically(part / DESCRIPTION, described)
        parts[DESCRIPTION] = _entry(part / DESCRIPTION)
        self._require_room(self._workspace.database_path.stat().st_size)
        steps = Steps(progress, is_stopped, self._workspace.database_path.stat().st_size)
        told = self._put_database(part, parts, steps)
        # The files after the database: a record never names a file that came later.
        blobs = sorted(self._workspace.blobs_path.glob("??/*"))
        wanted = [(path, f"{BLOBS}/{path.parent.name}/{path.name}") for path in blobs]
        new = [(path, name) for path, name in wanted if not self._has(name, known.get(name))]
        coming = sum(path.stat().st_size for path, _name in new)
        self._require_room(coming)
        steps.total = steps.done + coming
        for path, name in new:
            entry = self._put_blob(path, name, steps)
            if entry is not None:
                parts[name] = entry
        parts |= {name: known[name] for _path, name in wanted if name in known and name not in parts}
        return self._finish(part, Manifest(now(), parts, told), steps.done)

    def _put_database(self, part: Path, parts: dict[str, Entry], steps: Steps) -> Told:
        """Copy the database on its own disk first: a network share gives its log no shared memory."""
        with tempfile.TemporaryDirectory(
            dir=self._workspace.folder, prefix=_COPYING, ignore_cleanup_errors=True
        ) as temp:
            copy = Path(temp) / DATABASE
            self._copy_database(copy)
            told = self._survey(copy)
            parts[DATABASE] = _put(copy, part / DATABASE, steps)
        return told

    def _put_blob(self, path: Path, name: str, steps: Steps) -> Entry | None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _put(path, target, steps)
        except FileNotFoundError:
            return None  # erased while the copy was being made

    def _finish(self, part: Path, manifest: Manifest, added: int) -> Copy:
        for name in (DESCRIPTION, DATABASE):
            if _entry(part / name) != manifest.parts[name]:
                raise OutsideError("backup_damaged", part=name)
        disk.write_atomically(part / MANIFEST, manifest.dump())
        made = f"{to_vn(manifest.made_at):%Y-%m-%d %H%M%S}"
        final = self.folder / DAYS / made
        if final.exists():
            final = final.with_name(f"{made}-{secrets.token_hex(2)}")
        disk.replace(part, final)
        disk.sync_folder(final.parent)
        return replace(_copy(final.name, manifest), added=added)

    def _has(self, name: str, entry: Entry | None) -> bool:
        there = self.folder / name
        return entry is not None and there.is_file() and there.stat().st_size == entry.size

    def _known(self) -> dict[str, Entry]:
        """Give the attachments that earlier copies name, the latest last."""
        known: dict[str, Entry] = {}
        for folder in sorted(self._days()):
            try:
                known |= manifest_of(folder).parts
            except DeskError:
                continue
        return {name: entry for name, entry in known.items() if name.startswith(f"{BLOBS}/")}

    def _sweep(self) -> None:
        needed = set()
        for folder in self._days():
            try:
                needed |= set(manifest_of(folder).parts)
            except DeskError:
                return  # what a copy needs that cannot be read is not known: keep everything
        for path in (self.folder / BLOBS).glob("??/*"):
            if f"{BLOBS}/{path.parent.name}/{path.name}" not in needed:
                path.unlink(missing_ok=True)

    def _days(self) -> list[Path]:
        return [item for item in (self.folder / DAYS).glob("[0-9]*") if item.is_dir()]

    def _require_room(self, size: int) -> None:
        if size + restoring.SPARE > shutil.disk_usage(self.folder).free:
            raise OutsideError("disk_full", path=str(self.folder))

    def _require_place(self) -> None:
        if self.place.resolve().is_relative_to(self._workspace.folder.resolve()):
            raise UserError("backup_inside", field="target", path=str(self.place))
        if not self.place.is_dir():
            raise UserError("backup_folder_missing", field="target", path=str(self.place))

    def _say_what_this_is(self) -> None:
        note = self.folder / "DOC-TRUOC.txt"
        if not note.is_file():
            note.write_text(assets.read_text("help", "backup-note.txt"), encoding="utf-8")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._workspace.folder / _LOCK)
        if not lock.take():
            raise WaitError("backup_running")
        with lock:
            yield


def _copy(name: str, manifest: Manifest) -> Copy:
    files = sum(part.startswith(f"{BLOBS}/") for part in manifest.parts)
    size = sum(entry.size for entry in manifest.parts.values())
    return Copy(name, manifest.made_at, manifest.told or Told(), size, files)


def _entry(path: Path) -> Entry:
    with path.open("rb") as handle:
        return copied(handle, None)


def _put(source: Path, target: Path, steps: Steps) -> Entry:
    """Copy a file whole or not at all."""
    with source.open("rb") as handle, disk.replacing(target) as part, part.open("xb") as made:
        return copied(handle, made, told=steps.step)


def _tell_nobody(_done: int, _total: int) -> None:
    return


def _go_on() -> bool:
    return False
