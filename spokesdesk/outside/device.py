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
            return sealing.unseal(key, sealed, self._purpose(name))
        except sealing.BrokenSealError as error:
            raise OutsideError("workspace_damaged", part=name) from error

    def put(self, name: str, value: bytes | None) -> None:
        """Keep a secret; None removes it. On the disk before it returns."""
        sealed = None if value is None else sealing.seal(self._key(), value, self._purpose(name))
        self._edit(lambda found: found.with_device(name, sealed))

    def _purpose(self, name: str) -> str:
        return f"spokesdesk device {self._workspace} {name}"
