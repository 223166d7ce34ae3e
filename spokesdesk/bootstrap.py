"""The only place that wires: settings → database → adapters → Desk. Imported by the doors alone (gui.app, cli).

Importing this module is light: what is heavy (SQLAlchemy, cryptography) is imported when a workspace is opened, on a
worker, after the window was painted.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spokesdesk.domain.people import Agency, MemberDraft
from spokesdesk.services.ports import Desk, MachineSettings

if TYPE_CHECKING:
    from spokesdesk.outside.workspace import OpenWorkspace

PASSPHRASE = "SPOKESDESK_PASSPHRASE"
DEMO_PASSPHRASE = "bàn làm việc mẫu"


def machine_settings() -> MachineSettings:
    """Give the settings of this machine."""
    from spokesdesk.outside.settings import load_settings

    return load_settings()


def default_folder() -> Path:
    """Give the folder where a workspace is made unless another one is asked for."""
    from spokesdesk.outside.places import default_workspace

    return default_workspace()


def is_workspace(folder: Path) -> bool:
    """Say whether a folder holds a workspace."""
    return (folder / "workspace.json").is_file()


def has_keyring() -> bool:
    """Say whether this machine has a real keyring to keep the workspace's key in."""
    from spokesdesk.outside.secrets import real_keyring

    return real_keyring() is not None


def create(
    folder: Path,
    agency: Agency,
    members: Sequence[MemberDraft],
    *,
    passphrase: str | None = None,
    use_keyring: bool = False,
) -> tuple[Desk, str]:
    """Make a workspace and open it with its first admin at work.

    Args:
        folder: new or empty.
        passphrase: opens it beside the keyring; at least one of the two is needed. ``SPOKESDESK_PASSPHRASE``
            wins when it is set.
        use_keyring: keep a key in the keyring of the operating system.

    Returns:
        The desk, and the recovery key, which is shown this once.

    Raises:
        OutsideError: the folder cannot hold a workspace (network, read-only, disk full, not empty).
        UserError: names the field of agency or member.
    """
    from spokesdesk.domain.people import checked_agency, checked_member
    from spokesdesk.outside import workspace
    from spokesdesk.services.people import found_desk

    clean, drafts = checked_agency(agency), [checked_member(member) for member in members]
    secret = os.environ.get(PASSPHRASE) or passphrase
    opened, recovery_key = workspace.create(
        folder, agency_name=clean.name, passphrase=secret, use_keyring=use_keyring
    )
    desk = _wire(opened, create_database=True)
    made = found_desk(desk, clean, drafts)
    return desk.working_as(made[0]), recovery_key


def open_desk(folder: Path, *, passphrase: str | None = None, recovery: str | None = None) -> Desk:
    """Open a workspace; whoever is the only member works at it, else nobody yet.

    Args:
        passphrase: as typed; ``SPOKESDESK_PASSPHRASE``, when set, wins over the keyring.
        recovery: the printed recovery key.

    Raises:
        AccessError: ``key_needed`` when nothing at hand opens it, ``wrong_key`` when what was given does not.
        OutsideError: missing, damaged, newer than this program, or on a disk that cannot hold it.
    """
    from spokesdesk.outside import workspace

    secret = passphrase or os.environ.get(PASSPHRASE)
    desk = _wire(workspace.open_workspace(folder, passphrase=secret, recovery=recovery))
    with desk.read() as unit:
        present = unit.people.members()
    return desk.working_as(present[0]) if len(present) == 1 and not present[0].has_pin else desk


def open_demo() -> Desk:
    """Open the demonstration workspace, making it with sample entries the first time.

    Its passphrase is no secret: nothing in it is real.
    """
    from spokesdesk.outside.places import demo_workspace
    from spokesdesk.services import samples

    folder = demo_workspace()
    if is_workspace(folder):
        return open_desk(folder, passphrase=DEMO_PASSPHRASE)
    members = samples.sample_members()
    desk, _key = create(folder, samples.sample_agency(), members, passphrase=DEMO_PASSPHRASE)
    samples.furnish(desk)
    return desk


def restore(backup_file: Path, folder: Path) -> Path:
    """Make a workspace folder from a backup; raises OutsideError naming the damaged part, nothing left behind."""
    from spokesdesk.outside.backup import restore as restore_files

    restore_files(backup_file, folder)
    return folder


def _wire(opened: "OpenWorkspace", *, create_database: bool = False) -> Desk:
    from spokesdesk.outside import clock, ids
    from spokesdesk.outside.blobs import BlobStore
    from spokesdesk.outside.cups import CupsPrinter
    from spokesdesk.outside.keeper import WorkspaceKeeper
    from spokesdesk.outside.pins import ArgonPins
    from spokesdesk.outside.portal import portal_at
    from spokesdesk.outside.rulebook import load_calendar, load_desk_rules, load_pack
    from spokesdesk.store.database import Database
    from spokesdesk.store.migrate import prepare
    from spokesdesk.store.unit import unit_maker

    try:
        database = Database(opened.folder / "desk.db", opened.database_key, create=create_database)
        prepare(database)
    except BaseException:
        opened.close()
        raise

    def close() -> None:
        database.close()
        opened.close()

    desk_rules = load_desk_rules()
    return Desk(
        write=unit_maker(database.writing),
        read=unit_maker(database.reading),
        now=clock.now,
        new_id=ids.new_id,
        files=BlobStore(opened.folder / "blobs", opened.blob_key),
        pins=ArgonPins(),
        printer=CupsPrinter(),
        device_keys=opened.device,
        keeper=WorkspaceKeeper(opened, database),
        rules=load_pack(),
        calendar=load_calendar(),
        answer_events=desk_rules.answer_events,
        outlet_kinds=desk_rules.outlet_kinds,
        portal_at=portal_at,
        close=close,
    )
