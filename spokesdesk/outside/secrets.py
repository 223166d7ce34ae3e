"""The operating system's keyring; only those that really encrypt are used."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from spokesdesk.domain.errors import OutsideError

SERVICE = "SpokesDesk"
# Others keep nothing (fail, null) or keep it readable (keyrings.alt): better to ask for the passphrase.
REAL_BACKENDS = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
    }
)
_CHAINER = "keyring.backends.chainer.ChainerBackend"


def real_backend(chosen: Any) -> Any | None:
    """Give the keyring back-end that may hold a key.

    Args:
        chosen: what the keyring library chose; of a chain, the first real link counts.

    Returns:
        The back-end, or None when there is no real one.
    """
    return next(_real_ones(chosen), None)


class SystemKeyring:
    """Keeps small secrets under the service "SpokesDesk" in a real keyring."""

    def is_there(self) -> bool:
        """Tell whether this machine has a real keyring for this user."""
        return self._backend() is not None

    def get(self, account: str) -> bytes | None:
        """Give a secret, or None when there is none.

        Raises:
            OutsideError: ``keyring_missing``, ``keyring_failed``.
        """
        text = self._ask("get_password", account)
        try:
            return None if text is None else base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise OutsideError("keyring_failed", reason="base64") from error

    def put(self, account: str, secret: bytes) -> None:
        """Keep a secret, and read it back to be sure.

        Raises:
            OutsideError: ``keyring_missing``, ``keyring_failed``.
        """
        self._ask("set_password", account, base64.b64encode(secret).decode())
        if self.get(account) != secret:
            raise OutsideError("keyring_failed", reason="read-back")

    def forget(self, account: str) -> None:
        """Remove a secret; harmless when there is none."""
        if self.get(account) is not None:
            self._ask("delete_password", account)

    def _ask(self, method: str, account: str, *more: str) -> str | None:
        backend = self._backend()
        if backend is None:
            raise OutsideError("keyring_missing")
        try:
            answer: str | None = getattr(backend, method)(SERVICE, account, *more)
        except Exception as error:  # each back-end has its own: D-Bus, COM, NSError…
            raise OutsideError("keyring_failed", reason=type(error).__name__) from error
        return answer

    def _backend(self) -> Any | None:
        import keyring

        return real_backend(keyring.get_keyring())


def _real_ones(backend: Any) -> Iterator[Any]:
    name = f"{type(backend).__module__}.{type(backend).__qualname__}"
    if name == _CHAINER:
        for link in backend.backends:
            yield from _real_ones(link)
    elif name in REAL_BACKENDS:
        yield backend
