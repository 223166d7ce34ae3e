"""The only place that wires: settings → database → adapters → Desk. Imported by the doors alone (gui.app, cli).

Importing this module is light: what is heavy (SQLAlchemy, cryptography) is imported when a workspace is opened, on a
worker, after the window was painted.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spokesdesk.bootstrap.opening import close, database_of, keeper_of, tools_of, window_lock
from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.people import Agency, MemberDraft
from spokesdesk.domain.rules import RulePack
from spokesdesk.domain.salvage import Salvage
from spokesdesk.services.ports import Desk, Logs, MachineSettings, Signer, SigningMachine

if TYPE_CHECKING:
    from spokesdesk.outside.lockfile import FileLock
    from spokesdesk.outside.workspace import OpenWorkspace
    from spokesdesk.services.ports.updates import Updates

PASSPHRASE = "SPOKESDESK_PASSPHRASE"
DEMO_PASSPHRASE = "bàn làm việc mẫu"


def machine_settings() -> MachineSettings:
    """Give the settings of this machine."""
    from spokesdesk.outside.settings import MachineSettings as Settings

    return Settings()


def start_logs(*parts: str) -> Logs:
    """Begin the program's log on this machine.

    Args:
        parts: versions for the crash reports, such as "Qt 6.8.3".
    """
    from spokesdesk.outside.logs import Logs as Running

    return Running(parts=parts)


def updates() -> "Updates":
    """Give this machine's way to new versions; needs no workspace."""
    from spokesdesk.outside.updates import MachineUpdates

    return MachineUpdates()


def trust_roots(folder: Path | None = None) -> tuple[bytes, ...]:
    """Give the root certificates that signatures are checked against.

    Args:
        folder: where they are; None for the folder in the machine's settings, none when there is none.

    Raises:
        UserError: ``trust_folder_missing``, ``trust_folder_empty``.
    """
    from spokesdesk.outside.signing.trust import roots_in

    chosen = folder or Path(str(machine_settings().get("trust_folder") or ""))
    return roots_in(chosen) if chosen != Path() else ()


def signer(adapter: str, *, roots: Sequence[bytes] = (), **options: Any) -> Signer:
    """Give what signs: pkcs12 (file, ask_passphrase), pkcs11 (library, token, ask_pin), vgca, outside or ink (file).

    Time stamps come from the authority in the machine's settings, where there is one.

    Args:
        roots: given, signatures by key carry what is needed to check them for years (PAdES B-LTA).

    Raises:
        UserError: ``sign_adapter``: no such adapter.
    """
    from spokesdesk.outside.signing.choose import signer as chosen

    settings = machine_settings()
    if adapter == "pkcs11":
        options = {"library": settings.get("pkcs11_library"), "token": settings.get("pkcs11_token")} | options
    return chosen(adapter, tsa_url=str(settings.get("tsa_url")), roots=tuple(roots), **options)


def signing_machine(*, online: bool | None = None) -> SigningMachine:
    """Give this machine's ways to sign and what it trusts; needs no workspace.

    Args:
        online: ask issuers about revocation whatever the machine's settings say.
    """
    from spokesdesk.outside.signing.machine import Machine

    return Machine(machine_settings(), online=online)


def rulebook() -> tuple[RulePack, WorkingCalendar]:
    """Give the law and the working calendar that come with the program; needs no workspace."""
    from spokesdesk.outside.rulebook import load_calendar, load_pack

    return load_pack(), load_calendar()


def new_rule_key(key: Path, public: Path) -> None:
    """Make the key of a publisher of rules; raises FileExistsError rather than write over one."""
    from spokesdesk.outside.rulesigning import new_key

    new_key(key, public)


def sign_rules(key: Path, version: str, out: Path, rules: Path) -> None:
    """Join the rule files of a folder to one pack and sign it."""
    from spokesdesk.outside.rulesigning import sign_pack

    sign_pack(key, version, out, rules)


def default_folder() -> Path:
    """Give the folder where a workspace is made unless another one is asked for."""
    from spokesdesk.outside.places import default_workspace

    return default_workspace()


def log_folder() -> Path:
    """Give the folder of the program's log and crash reports."""
    from spokesdesk.outside import places

    return places.log_folder()


def is_workspace(folder: Path) -> bool:
    """Say whether a folder holds a workspace."""
    return (folder / "workspace.json").is_file()


def has_keyring() -> bool:
    """Say whether this machine has a real keyring to keep the workspace's key in."""
    from spokesdesk.outside.secrets import SystemKeyring

    return SystemKeyring().is_there()


def forget_keyring(folder: Path, passphrase: str) -> None:
    """Take a workspace's key out of the operating system's keyring; its passphrase still opens it."""
    from spokesdesk.outside import workspace

    opened = workspace.open_workspace(folder, passphrase=passphrase)
    try:
        opened.use_keyring(False)
    finally:
        opened.close()


def create(
    folder: Path,
    agency: Agency,
    members: Sequence[MemberDraft],
    *,
    passphrase: str | None = None,
    use_keyring: bool = False,
    for_window: bool = False,
) -> tuple[Desk, str]:
    """Make a workspace and open it with its first admin at work.

    Args:
        folder: new or empty.
        passphrase: opens it beside the keyring; at least one of the two is needed. ``SPOKESDESK_PASSPHRASE``
            wins when it is set.
        use_keyring: keep a key in the keyring of the operating system.
        for_window: see ``open_desk``.

    Returns:
        The desk, and the recovery key, which is shown this once.

    Raises:
        OutsideError: the folder cannot hold a workspace (network, read-only, disk full, not empty).
        UserError: names the field of agency or member.
    """
    from spokesdesk.outside import ids, workspace
    from spokesdesk.outside.pins import SlowPins
    from spokesdesk.services.people import found
    from spokesdesk.services.secrecy import require_unmarked_row
    from spokesdesk.store.database import Database
    from spokesdesk.store.migrate import prepare
    from spokesdesk.store.unit import unit_maker

    def fill(path: Path, key: bytes) -> None:
        """Make the database with its first members before the folder appears: whole or not at all."""
        database = Database(path, key, create=True, gate=require_unmarked_row)
        try:
            prepare(database)
            with unit_maker(database.writing)() as unit:
                found(unit, agency, members, new_id=ids.new_id, pins=SlowPins())
        finally:
            database.close()

    secret = workspace.unlock_from_environment() or passphrase
    opened, recovery_key = workspace.create(
        folder, agency_name=agency.name, passphrase=secret, use_keyring=use_keyring, fill=fill
    )
    return _at_work(_wire_for(opened, for_window=for_window), members[0].name), recovery_key


def open_desk(
    folder: Path, *, passphrase: str | None = None, recovery: str | None = None, for_window: bool = False
) -> Desk:
    """Open a workspace; whoever is the only member works at it, else nobody yet.

    Args:
        passphrase: as typed; ``SPOKESDESK_PASSPHRASE``, when set, wins over the keyring.
        recovery: the printed recovery key.
        for_window: only one window has a workspace open; commands may work beside it. Its place is free again
            when the desk is closed, and however the program ends.

    Raises:
        AccessError: ``unlock_needed`` when nothing at hand opens it, ``passphrase_wrong``, ``recovery_wrong``.
        OutsideError: missing, damaged, newer than this program, or on a disk that cannot hold it.
        WaitError: ``workspace_in_use`` by another window; ``upgrade_waits``: it has to be brought to this
            version's shape while a window of an older version has it open.
    """
    from spokesdesk.outside import workspace

    secret = passphrase or workspace.unlock_from_environment()
    opened = workspace.open_workspace(folder, passphrase=secret, recovery=recovery)
    desk = _wire_for(opened, for_window=for_window)
    with desk.read() as unit:
        present = unit.people.members()
    return desk.working_as(present[0]) if len(present) == 1 and not present[0].has_pin else desk


def look_at(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Give what a locked workspace says of itself: the agency's name, and the ways that open it."""
    from spokesdesk.outside.workspace import look_at as look

    return look(folder)


def _at_work(desk: Desk, name: str) -> Desk:
    """Give the desk of a new workspace with its founder working at it."""
    with desk.read() as unit:
        founders = [member for member in unit.people.members() if member.name == " ".join(name.split())]
    return desk.working_as(founders[0]) if founders else desk


def demo_folder() -> Path:
    """Give the folder of the demonstration workspace."""
    return default_folder().with_name("demo")


def open_demo(*, for_window: bool = False) -> Desk:
    """Open the demonstration workspace, making it with sample entries the first time.

    Its passphrase is no secret: nothing in it is real.
    """
    from spokesdesk.services import samples

    folder = demo_folder()
    if is_workspace(folder):
        return open_desk(folder, passphrase=DEMO_PASSPHRASE, for_window=for_window)
    members, agency = samples.sample_members(), samples.sample_agency()
    desk, _key = create(folder, agency, members, passphrase=DEMO_PASSPHRASE, for_window=for_window)
    samples.furnish(desk)
    return desk


def restore(
    backup: Path,
    folder: Path,
    *,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Make a workspace folder from a backup; raises OutsideError naming the damaged part, nothing left behind.

    Args:
        backup: a file, or the folder of a day's copy or of all of them (the latest is taken).
        folder: missing or empty.
        progress: told bytes done and bytes in all.
        is_cancelled: asked now and then; WaitError("stopped") follows.
    """
    from spokesdesk.outside import restoring

    restoring.restore(backup, folder, progress, is_cancelled)
    return folder


def salvage(
    folder: Path, target: Path, *, passphrase: str | None = None, recovery: str | None = None
) -> Salvage:
    """Make a new workspace from what can still be read of a damaged one, which may no longer open.

    Raises:
        AccessError: as ``open_desk`` does.
        UserError: ``folder_not_empty``, ``folder_is_file``.
        OutsideError: ``database_damaged`` when nothing at all can be read, ``disk_full``.
    """
    from spokesdesk.outside import salvaging, workspace
    from spokesdesk.services.workspace import doctor, sentences

    secret = passphrase or workspace.unlock_from_environment()
    opened = workspace.open_workspace(folder, passphrase=secret, recovery=recovery)
    lost = salvaging.salvage(
        opened, target, tools_of(opened).salvage, lambda _done, _total: None, lambda: False
    )
    desk = _wire(opened.same_key(target))
    try:
        return Salvage(str(target), lost, sentences(doctor(desk)))
    finally:
        desk.close()


def _wire_for(opened: "OpenWorkspace", *, for_window: bool) -> Desk:
    if not for_window:
        return _wire(opened)
    try:
        lock = window_lock(opened.folder)
    except BaseException:
        opened.close()
        raise
    try:
        return _wire(opened, lock)
    except BaseException:
        lock.release()
        raise


def _wire(opened: "OpenWorkspace", lock: "FileLock | None" = None) -> Desk:
    from spokesdesk.outside import clock, ids
    from spokesdesk.outside.blobs import BlobStore
    from spokesdesk.outside.browser import SystemBrowser
    from spokesdesk.outside.cups import CupsPrinter
    from spokesdesk.outside.elsewhere import elsewhere_at
    from spokesdesk.outside.fetching import Fetcher
    from spokesdesk.outside.mail import SmtpMailer
    from spokesdesk.outside.pins import SlowPins
    from spokesdesk.outside.portal import portal_at
    from spokesdesk.outside.rulebook import load_calendar, load_desk_rules
    from spokesdesk.outside.rulepacks import RuleShelf
    from spokesdesk.outside.sheets import FileSheets
    from spokesdesk.outside.signing.tsa import time_stamp
    from spokesdesk.outside.stick import FolderStick
    from spokesdesk.outside.web import Web
    from spokesdesk.services.rulepacks import laid
    from spokesdesk.services.secrecy import require_unmarked_file

    database, heads, write, read = database_of(opened, lock)
    desk_rules = load_desk_rules()
    shelf = RuleShelf()
    with read() as unit:
        laid(shelf, unit)
    return Desk(
        write=write,
        read=read,
        now=clock.now,
        steady=clock.steady,
        new_id=ids.new_id,
        files=BlobStore(opened.blobs_path, opened.blob_key, gate=require_unmarked_file),
        pins=SlowPins(),
        printer=CupsPrinter(),
        mailer=SmtpMailer(),
        web=Web(Fetcher(proxy=lambda: str(machine_settings().get("update_proxy")))),
        sheets=FileSheets(),
        device_keys=opened.device,
        keeper=keeper_of(opened, database, _wire),
        shelf=shelf,
        calendar=load_calendar(),
        answer_events=desk_rules.answer_events,
        outlet_kinds=desk_rules.outlet_kinds,
        portal_at=portal_at(opened.device),
        elsewhere_at=elsewhere_at,
        browser=SystemBrowser(),
        stick_at=FolderStick,
        heads=heads,
        stamp=time_stamp,
        close=partial(close, opened, database, heads, lock),
    )
