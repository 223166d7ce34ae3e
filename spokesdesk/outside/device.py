"""Secrets of this device (signing seed, portal token), sealed in workspace.json."""

from collections.abc import Callable

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside import sealing
from spokesdesk.outside.description import Description


class DeviceSecrets:
    """Small secrets by name; each is sealed by itself and cannot be read under another name.

    Args:
        edit: changes workspace.json, one change at a time over all processes.
        read: gives workspace.json as it is now.
        key: gives the 32-byte key; refuses when the workspace is closed.
        workspace: the workspace's id, which the seals are bound to.
    """

    def __init__(
        self,
        edit: Callable[[Callable[[Description], Description]], None],
        read: Callable[[], Description],
        key: Callable[[], bytes],
        workspace: str,
    ) -> None:
        self._edit, self._read, self._key, self._workspace = edit, read, key, workspace

    def get(self, name: str) -> bytes | None:
        """Give a secret, or None when there is none.

        Raises:
            OutsideError: ``workspace_damaged`` when its seal is broken.
        """
        key = self._key()
        sealed = self._read().device.get(name)
        if sealed is None:
            return None
        try:
            return sealing.unseal(key, sealed, _purpose(self._workspace, name))
        except sealing.BrokenSealError as error:
            raise OutsideError("workspace_damaged", part=name) from error

    def put(self, name: str, value: bytes | None) -> None:
        """Keep a secret; None removes it. On the disk before it returns."""
        sealed = None if value is None else sealed_secret(self._key(), self._workspace, name, value)
        self._edit(lambda found: found.with_device(name, sealed))


def sealed_secret(key: bytes, workspace: str, name: str, value: bytes) -> bytes:
    """Give a secret as workspace.json keeps it.

    Args:
        key: 32 bytes, of the device's secrets.
        workspace: its id, which the seal is bound to with the name.
    """
    return sealing.seal(key, value, _purpose(workspace, name))


def _purpose(workspace: str, name: str) -> str:
    return f"spokesdesk device {workspace} {name}"
