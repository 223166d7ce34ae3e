"""Daily copies of the workspace, and trying them out: nobody has to think of it, everybody hears when it fails."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from spokesdesk.domain.backups import (
    BackupPlan,
    BackupRun,
    Copy,
    RunKind,
    Told,
    differences,
    is_drill_due,
    is_due,
    is_old,
    stay,
)
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import DeskError, OutsideError, UserError, WaitError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Role
from spokesdesk.domain.words import word
from spokesdesk.services import workspace
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.backups import Copies, Progress, Stopped

PLACE, IS_ON = "backup_place", "backup_on"
DRILL_FAILED = "drill_failed"
_CHANGED: Changes = (Change("backup"),)
# After a failure the next try waits, so that a stick that was taken away is not asked for every minute.
AGAIN_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class BackupState:
    """How it stands with the copies of this workspace.

    Attributes:
        place: folder in which they are kept.
        is_own_place: nobody chose one, so they lie beside the workspace.
        is_on_same_disk: what takes the workspace's disk takes them, too.
        good: the last good copy.
        tried: the last attempt, good or not.
        drill: the last time one was tried out.
        is_old: one must be warned.
    """

    plan: BackupPlan
    place: Path
    is_own_place: bool
    is_on_same_disk: bool
    good: BackupRun | None
    tried: BackupRun | None
    drill: BackupRun | None
    is_old: bool
    now: datetime


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


def plan(desk: Desk) -> BackupPlan:
    """Give what is set for this workspace."""
    with desk.read() as unit:
        place, is_on = unit.settings.get(PLACE), unit.settings.get(IS_ON)
    return BackupPlan(str(place or ""), is_on is not False)


def set_plan(desk: Desk, wanted: BackupPlan) -> Changes:
    """Choose where copies are kept, and whether they are made by themselves.

    Raises:
        UserError: ``backup_folder_missing``, ``backup_inside``.
        AccessError: only an administrator may.
    """
    desk.member.require(Role.ADMIN)
    if wanted.place:
        folder = Path(wanted.place)
        if not folder.is_dir():
            raise UserError("backup_folder_missing", field="target", path=wanted.place)
        if folder.resolve().is_relative_to(desk.keeper.folder.resolve()):
            raise UserError("backup_inside", field="target", path=wanted.place)
    with desk.write() as unit:
        unit.settings.put(PLACE, wanted.place)
        unit.settings.put(IS_ON, wanted.is_on)
    return _CHANGED


def state(desk: Desk, *, with_place: bool = True) -> BackupState:
    """Give how it stands with the copies.

    Args:
        with_place: look at the place itself, which may be a share that does not answer for a while.
    """
    wanted = plan(desk)
    with desk.read() as unit:
        good = unit.backups.last(RunKind.BACKUP, good_only=True)
        tried = unit.backups.last(RunKind.BACKUP)
        drill = unit.backups.last(RunKind.DRILL)
    copies = _copies(desk, wanted)
    since = desk.keeper.created_at
    return BackupState(
        plan=wanted,
        place=copies.folder,
        is_own_place=not wanted.place,
        is_on_same_disk=with_place and copies.is_on_same_disk(),
        good=good,
        tried=tried,
        drill=drill,
        is_old=is_old(good.at if good else None, since, desk.now()),
        now=desk.now(),
    )


def copies(desk: Desk) -> tuple[Copy, ...]:
    """Give the copies that are there, the latest first."""
    return _copies(desk, plan(desk)).all()


def runs(desk: Desk, limit: int = 50) -> tuple[BackupRun, ...]:
    """Give what was done, the latest first."""
    with desk.read() as unit:
        return unit.backups.all(limit=limit)


def back_up(
    desk: Desk, *, progress: Progress = no_progress, is_cancelled: Stopped = never
) -> tuple[BackupRun, Changes]:
    """Make a copy now, and let those go that are no longer kept (7 days, 4 weeks).

    Raises:
        UserError: the place is missing or lies inside the workspace.
        OutsideError: ``disk_full``, ``read_only``, ``backup_damaged``; noted, and the older copies are untouched.
        WaitError: ``stopped``, ``backup_running``.
    """
    wanted = plan(desk)
    there = _copies(desk, wanted)
    try:
        if not wanted.place:
            desk.keeper.make_own_place()
        made = there.add(progress, is_cancelled)
        kept = stay((one.name, one.made_at) for one in there.all())
        there.keep_only(kept | {made.name})
    except WaitError:
        raise
    except DeskError as error:
        _note(desk, RunKind.BACKUP, there, code=error.code, said=word(error))
        raise
    run = _note(desk, RunKind.BACKUP, there, made=made)
    return run, _CHANGED


def drill(
    desk: Desk, name: str = "", *, progress: Progress = no_progress, is_cancelled: Stopped = never
) -> tuple[BackupRun, Changes]:
    """Restore a copy into a folder of its own, read all of it, compare, and remove it again.

    Args:
        name: which copy; the latest when "".

    Returns:
        The run: ``code`` is ``drill_failed`` and ``said`` names every fault when the copy is not what it should be.

    Raises:
        OutsideError: ``backup_missing``: there is no copy; ``disk_full``: no room to try it.
        WaitError: ``stopped``, ``backup_running``.
    """
    there = _copies(desk, plan(desk))
    known = {one.name: one for one in there.all()}
    chosen = known.get(name) if name else next(iter(known.values()), None)
    if chosen is None:
        raise OutsideError("backup_missing", path=str(there.folder))
    try:
        with desk.keeper.rehearse(there, chosen.name, progress, is_cancelled) as (restored, told):
            faults = (*_compared(desk, chosen, told), *workspace.sentences(workspace.doctor(restored)))
    except OutsideError as error:
        if error.code == "disk_full":
            raise
        faults = (word(error),)
    if faults:
        # What the copies share is put right by the next one.
        with suppress(OutsideError, WaitError):
            there.mend()
    said = "\n".join(faults)
    run = _note(desk, RunKind.DRILL, there, made=chosen, code=DRILL_FAILED if faults else "", said=said)
    return run, _CHANGED


def restore(
    desk: Desk, source: Path, folder: Path, *, progress: Progress = no_progress, is_cancelled: Stopped = never
) -> Path:
    """Make a workspace of a backup in a new folder; the one in use is not touched.

    Args:
        source: a backup file, or the folder of a day.
        folder: missing or empty.

    Raises:
        UserError: ``folder_not_empty``, ``folder_is_file``.
        OutsideError: ``backup_missing``, ``backup_damaged``, ``backup_newer``, ``disk_full``, ``network_folder``.
        WaitError: ``stopped``; nothing is left of it then.
    """
    desk.keeper.restore(source, folder, progress, is_cancelled)
    return folder


def daily(
    desk: Desk, *, progress: Progress = no_progress, is_cancelled: Stopped = never
) -> tuple[tuple[BackupRun, ...], Changes]:
    """Do what is due: today's copy, and once a week the drill. Failures are noted, not raised.

    A copy that failed its drill is followed by a new one, which is tried out at once.

    Returns:
        What was done, and what changed; nothing when nothing was due.
    """
    if not plan(desk).is_on:
        return (), ()
    done: list[BackupRun] = []
    with desk.read() as unit:
        good = unit.backups.last(RunKind.BACKUP, good_only=True)
        tried = unit.backups.last(RunKind.BACKUP)
        tested = unit.backups.last(RunKind.DRILL)
    if is_due(good.at if good else None, desk.now()) and _may_try(tried, desk.now()):
        done += _tried(lambda: back_up(desk, progress=progress, is_cancelled=is_cancelled))
    fresh = good is not None or any(run.ok for run in done)
    if fresh and is_drill_due(tested.at if tested else None, desk.now()):
        done += _tried(lambda: drill(desk, progress=progress, is_cancelled=is_cancelled))
        if done and done[-1].code == DRILL_FAILED:
            done += _tried(lambda: back_up(desk, progress=progress, is_cancelled=is_cancelled))
            done += _tried(lambda: drill(desk, progress=progress, is_cancelled=is_cancelled))
    return tuple(done), _CHANGED


def caution(found: BackupState) -> str:
    """Give what a person must be told about the copies; "" when all is well."""
    if found.drill is not None and not found.drill.ok:
        return _(
            "Bản sao lưu gần nhất không khôi phục được khi diễn tập. Hãy sao lưu lại ngay và xem báo cáo."
        )
    if not found.is_old:
        return ""
    if found.tried is not None and not found.tried.ok:
        return _("Chưa có bản sao lưu mới: {said}").format(said=found.tried.said)
    if found.good is None:
        return _("Chưa có bản sao lưu nào của bàn làm việc này.")
    days = (found.now - found.good.at).days
    if days < 0:
        return _("Ngày của bản sao lưu gần nhất ở tương lai: hãy xem lại đồng hồ của máy.")
    return _("Bản sao lưu gần nhất đã {n} ngày.").format(n=days)


def _tried(work: Callable[[], tuple[BackupRun, Changes]]) -> list[BackupRun]:
    # What failed stands in the notes with its reason; the window shows it from there.
    with suppress(OutsideError, UserError, WaitError):
        return [work()[0]]
    return []


def _may_try(last: BackupRun | None, now: datetime) -> bool:
    return last is None or last.ok or not timedelta(0) <= now - last.at < AGAIN_AFTER


def _compared(desk: Desk, made: Copy, told: Told) -> tuple[str, ...]:
    """Compare a restored copy with what it was, and its chain with the living one."""
    found = [_("Khác với lúc sao lưu: {what}.").format(what=what) for what in differences(made.told, told)]
    if told.links:
        with desk.read() as unit:
            link = next(iter(unit.chain.links(told.links - 1)), None)
        if link is None or link.hash.hex() != told.head:
            found.append(_("Chuỗi của bản sao lưu không phải là phần đầu của chuỗi đang dùng."))
    return tuple(found)


def _copies(desk: Desk, wanted: BackupPlan) -> Copies:
    return desk.keeper.copies(Path(wanted.place) if wanted.place else desk.keeper.own_place)


def _note(
    desk: Desk, kind: RunKind, there: Copies, *, made: Copy | None = None, code: str = "", said: str = ""
) -> BackupRun:
    at, place = desk.now(), str(there.folder)
    if made is None:
        run = BackupRun(desk.new_id(), kind, at, place, code=code, said=said)
    else:
        told = made.told
        run = BackupRun(
            desk.new_id(),
            kind,
            at,
            place,
            made.name,
            code,
            said,
            told.links,
            told.head,
            made.size,
            made.files,
        )
    # A disk that does not take the note is told by everything else that is saved.
    with suppress(OutsideError, WaitError), desk.write() as unit:
        unit.backups.add(run)
    return run
