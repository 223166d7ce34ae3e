"""A workspace on the disk: one folder, one random data key, several ways to unlock it."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError, UserError, WaitError
from spokesdesk.outside import description, envelope, folders, newfolder, sealing
from spokesdesk.outside.clock import now
from spokesdesk.outside.description import Description
from spokesdesk.outside.device import DeviceSecrets, sealed_secret
from spokesdesk.outside.ids import new_id
from spokesdesk.outside.lockfile import FileLock
from spokesdesk.outside.secrets import SystemKeyring

DATABASE = "desk.db"
BLOBS = "blobs"
_PASSPHRASE_VARIABLE = "SPOKESDESK_PASSPHRASE"
_EDIT_LOCK = "workspace.lock"
# The public key that the printed recovery key stands for, among the device's secrets: the agency's keys are handed over
# to it, so that the paper opens what other desks sealed when no desk is left.
RECOVERY_BOX = "recovery_box"


class OpenWorkspace:
    """An unlocked workspace: its keys live here and nowhere else, and go when it is closed.

    Attributes:
        folder: absolute path.
        device: secrets of this device, sealed in workspace.json.
    """

    def __init__(self, folder: Path, found: Description, data_key: bytes) -> None:
        self.folder = folder
        self._found = found
        self._data_key: bytes | None = data_key
        self._keyring = SystemKeyring()
        self.device = DeviceSecrets(self._edit, self._read, lambda: self._derived("device"), found.workspace)

    def __repr__(self) -> str:
        return f"OpenWorkspace({str(self.folder)!r})"

    @property
    def id(self) -> UUID:
        """The workspace's id; it also names its entry in the keyring."""
        return UUID(self._found.workspace)

    @property
    def agency_name(self) -> str:
        """What the unlock screen shows."""
        return self._found.agency_name

    @property
    def database_path(self) -> Path:
        """The encrypted database."""
        return self.folder / DATABASE

    @property
    def blobs_path(self) -> Path:
        """The folder of encrypted files."""
        return self.folder / BLOBS

    @property
    def database_key(self) -> bytes:
        """32 bytes for the database."""
        return self._derived("database")

    @property
    def blob_key(self) -> bytes:
        """32 bytes for the encrypted files."""
        return self._derived("blobs")

    def unlock_ways(self) -> tuple[str, ...]:
        """Give the ways that open this workspace, of keyring, passphrase, recovery."""
        return ways_of(self._read())

    def change_passphrase(self, passphrase: str) -> None:
        """Set or change the passphrase: only the envelope changes, the data stay as they are.

        Raises:
            UserError: ``passphrase_empty``.
            OutsideError: ``disk_full``, ``read_only``; the old passphrase is then still good.
        """
        _require_passphrase(passphrase)
        made = envelope.wrap_with_passphrase(self._key(), passphrase, self._found.workspace)
        self._edit(lambda found: found.with_envelope("passphrase", made))

    def new_recovery_key(self) -> str:
        """Make another recovery key, to print; the one before no longer opens the workspace."""
        text, key = envelope.new_recovery()
        made = envelope.wrap(self._key(), key, "recovery", self._found.workspace)
        self._edit(lambda found: found.with_envelope("recovery", made))
        self.device.put(RECOVERY_BOX, _public_box(key))
        return text

    def use_keyring(self, wanted: bool) -> None:
        """Let this machine's keyring open the workspace without asking, or no longer.

        Raises:
            OutsideError: ``keyring_missing``, ``keyring_failed``; nothing has changed then.
            UserError: ``passphrase_empty`` when the keyring is the only daily way in.
        """
        if wanted:
            # Another copy of this workspace may rely on the entry: use it rather than replace it.
            key = self._keyring.get(self._found.workspace) or os.urandom(sealing.KEY_BYTES)
            made = envelope.wrap(self._key(), key, "keyring", self._found.workspace)
            self._keyring.put(self._found.workspace, key)
            self._edit(lambda found: found.with_envelope("keyring", made))
            return
        if "passphrase" not in self.unlock_ways():
            raise UserError("passphrase_empty", field="passphrase")
        self._edit(lambda found: found.with_envelope("keyring", None))
        self._keyring.forget(self._found.workspace)

    @property
    def created_at(self) -> datetime:
        """When the workspace was made, UTC."""
        return self._found.created_at

    def same_key(self, folder: Path) -> "OpenWorkspace":
        """Open a copy of this workspace that lies in another folder.

        Raises:
            OutsideError: ``workspace_missing``, ``workspace_damaged``;
                ``backup_damaged`` when it is another workspace's.
        """
        found = description.read(folder)
        if found.workspace != self._found.workspace:
            raise OutsideError("backup_damaged", part=newfolder.DESCRIPTION)
        return OpenWorkspace(folder, found, self._key())

    def close(self) -> None:
        """Forget the keys; whatever still asks for one gets ``workspace_closed``."""
        self._data_key = None

    def _derived(self, purpose: str) -> bytes:
        return sealing.derive(self._key(), f"spokesdesk {purpose} 1")

    def _key(self) -> bytes:
        if self._data_key is None:
            raise WaitError("workspace_closed")
        return self._data_key

    def _read(self) -> Description:
        return description.read(self.folder)

    def _edit(self, change: Callable[[Description], Description]) -> None:
        # A command and the window may both be here: read again under the lock, else one change is lost.
        with FileLock(self.folder / _EDIT_LOCK):
            description.write(self.folder, change(self._read()))


def create(
    folder: Path,
    *,
    agency_name: str,
    passphrase: str | None = None,
    use_keyring: bool = True,
    fill: Callable[[Path, bytes], None] | None = None,
) -> tuple[OpenWorkspace, str]:
    """Make a workspace; it appears whole or not at all.

    Args:
        folder: missing or empty.
        agency_name: shown on the unlock screen.
        passphrase: opens it anywhere; None when the keyring is enough.
        use_keyring: also keep a key in this machine's keyring; without a real keyring a passphrase is needed.
        fill: makes the database: gets the path of the file and its key, before the folder appears.

    Returns:
        The open workspace, and the recovery key to print: it is shown this once.

    Raises:
        UserError: ``folder_not_empty``, ``folder_is_file``, ``passphrase_empty``.
        OutsideError: ``network_folder``, ``read_only``, ``disk_full``, ``keyring_missing``,
            ``keyring_failed``.
    """
    if passphrase is not None:
        _require_passphrase(passphrase)
    data_key, workspace = os.urandom(sealing.KEY_BYTES), str(new_id())
    recovery, recovery_key = envelope.new_recovery()
    keyring_key = _keyring_key(use_keyring, passphrase)
    with newfolder.made_whole(folder) as part:
        envelopes = {"recovery": envelope.wrap(data_key, recovery_key, "recovery", workspace)}
        if passphrase is not None:
            envelopes["passphrase"] = envelope.wrap_with_passphrase(data_key, passphrase, workspace)
        if keyring_key is not None:
            envelopes["keyring"] = envelope.wrap(data_key, keyring_key, "keyring", workspace)
        box = sealed_secret(_device_key(data_key), workspace, RECOVERY_BOX, _public_box(recovery_key))
        found = Description(workspace, agency_name, now(), envelopes, {RECOVERY_BOX: box})
        (part / BLOBS).mkdir(mode=0o700)
        if fill:
            fill(part / DATABASE, sealing.derive(data_key, "spokesdesk database 1"))
        description.write(part, found)
        if keyring_key is not None:  # last, so that nothing stays in the keyring when something failed
            SystemKeyring().put(workspace, keyring_key)
    return OpenWorkspace(folder.absolute(), found, data_key), recovery


def _device_key(data_key: bytes) -> bytes:
    return sealing.derive(data_key, "spokesdesk device 1")


def _public_box(recovery_key: bytes) -> bytes:
    return wire.box_key(envelope.recovery_box(recovery_key)).encode()


def open_workspace(
    folder: Path, *, passphrase: str | None = None, recovery: str | None = None
) -> OpenWorkspace:
    """Unlock a workspace: by the passphrase or recovery key given, else by this machine's keyring.

    Raises:
        AccessError: ``passphrase_wrong``, ``recovery_wrong``, ``recovery_mistyped``, ``unlock_needed`` (the
            keyring does not open it), ``way_missing`` (no such envelope).
        OutsideError: ``workspace_missing``, ``workspace_newer``, ``workspace_damaged``, ``network_folder``.
    """
    folder = folder.absolute()
    found = description.read(folder)
    folders.require_suitable(folder)
    if passphrase is not None:
        data_key = envelope.unwrap_with_passphrase(_way(found, "passphrase"), passphrase, found.workspace)
    elif recovery is not None:
        data_key = _by_recovery(found, recovery)
    else:
        data_key = _by_keyring(found)
    return OpenWorkspace(folder, found, data_key)


def ways_of(found: Description) -> tuple[str, ...]:
    """Give the ways that open a workspace, the quickest first."""
    return tuple(way for way in ("keyring", "passphrase", "recovery") if way in found.envelopes)


def look_at(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Give what a locked workspace says of itself: the agency's name, and the ways that open it.

    Raises:
        OutsideError: ``workspace_missing``, ``workspace_newer``, ``workspace_damaged``.
    """
    found = description.read(folder)
    return found.agency_name, ways_of(found)


def unlock_from_environment(environ: Mapping[str, str] | None = None) -> str | None:
    """Give the passphrase of SPOKESDESK_PASSPHRASE, which wins over the keyring; None when it is not set."""
    return (os.environ if environ is None else environ).get(_PASSPHRASE_VARIABLE) or None


def _way(found: Description, way: str) -> envelope.Envelope:
    try:
        return found.envelopes[way]
    except KeyError:
        raise AccessError("way_missing", field=way, ways=", ".join(ways_of(found))) from None


def _by_recovery(found: Description, recovery: str) -> bytes:
    key = envelope.read_recovery(recovery)
    try:
        return envelope.unwrap(_way(found, "recovery"), key, "recovery", found.workspace)
    except sealing.BrokenSealError as error:
        raise AccessError("recovery_wrong", field="recovery") from error


def _by_keyring(found: Description) -> bytes:
    if "keyring" not in found.envelopes:
        raise AccessError("unlock_needed")
    try:
        key = SystemKeyring().get(found.workspace)
    except OutsideError as error:
        raise AccessError("unlock_needed") from error
    if key is None:
        raise AccessError("unlock_needed")
    try:
        return envelope.unwrap(found.envelopes["keyring"], key, "keyring", found.workspace)
    except sealing.BrokenSealError as error:
        raise AccessError("unlock_needed") from error


def _keyring_key(wanted: bool, passphrase: str | None) -> bytes | None:
    """Give a fresh key for the keyring, or None when the passphrase has to do."""
    if not wanted and passphrase is None:
        raise UserError("passphrase_empty", field="passphrase")
    if not wanted or (passphrase is not None and not SystemKeyring().is_there()):
        return None
    return os.urandom(sealing.KEY_BYTES)


def _require_passphrase(passphrase: str) -> None:
    if not passphrase.strip():
        raise UserError("passphrase_empty", field="passphrase")
