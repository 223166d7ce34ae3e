"""What this desk shows at its portal: a short token in memory, renewed with one that is kept sealed (T4, F33)."""

import threading
from collections.abc import Callable

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.services.ports import DeviceKeys
from spokesdesk.services.sync.online import SEED, TOKEN

Renew = Callable[[wire.RenewAsk], wire.Renewed]


class Session:
    """The tokens of one desk, for all its connections; two threads never renew at once.

    Args:
        keys: where the device's seed and the renewal token are kept.
    """

    def __init__(self, keys: DeviceKeys) -> None:
        self._keys = keys
        self._lock = threading.Lock()
        self._token, self._renewal = "", b""

    def token(self, renew: Renew, refused: str = "") -> str:
        """Give a token that is good, as far as is known here.

        Args:
            renew: asks the portal.
            refused: a token that the portal did not take: another one is wanted.

        Raises:
            AccessError: ``device_key_missing``; the portal signs this desk in no more.
            OutsideError: ``portal_unreachable``.
        """
        with self._lock:
            kept, seed = self._keys.get(TOKEN), self._keys.get(SEED)
            if kept is None or seed is None:
                raise AccessError("device_key_missing")
            # Signed in anew, or put back from a backup, since: what is in memory belongs to what was before.
            if not self._token or self._token == refused or kept != self._renewal:
                self._renew(renew, kept, seed)
            return self._token

    def _renew(self, renew: Renew, kept: bytes, seed: bytes) -> None:
        ask = wire.RenewAsk(kept.decode(), wire.sign_bytes(seed, wire.renew_proof(kept.decode())))
        try:
            given = renew(ask)
        except OutsideError:
            given = renew(ask)  # the answer may have been lost; later the portal takes this one for a copy
        self._renewal = given.renewal.encode()
        self._keys.put(TOKEN, self._renewal)
        self._token = given.token
