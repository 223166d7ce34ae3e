"""What of each way to sign is on this machine, found within a second; and the signer of the way chosen."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from socket import create_connection
from typing import Any
from urllib.parse import urlsplit

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.sign_ways import SignWay, TokenFound, WayFound
from spokesdesk.domain.signing import Revocation
from spokesdesk.outside.signing import vgca
from spokesdesk.outside.signing.choose import signer
from spokesdesk.outside.signing.revocation import revocation as asked
from spokesdesk.outside.signing.trust import roots_in
from spokesdesk.outside.signing.waiting import at_once
from spokesdesk.services.ports import MachineSettings, Signer

LOOK_S = 0.8
_KNOCK_S = 0.4
# Where the drivers of the tokens in use put themselves; a driver elsewhere is named in the settings.
_DRIVERS = {
    "win32": (
        r"C:\Windows\System32\eTPKCS11.dll",
        r"C:\Windows\System32\bit4ipki.dll",
        r"C:\Windows\System32\bit4xpki.dll",
    ),
    "linux": (
        "/usr/lib/libeTPkcs11.so",
        "/usr/lib/bit4id/libbit4ipki.so",
        "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    ),
}


class Machine:
    """This machine.

    Args:
        settings: names the driver, the key file, the folder of roots.
        address: where the local signing service listens.
        online: ask about revocation whatever the settings say; None leaves it to them.
    """

    def __init__(
        self, settings: MachineSettings, address: str = vgca.ADDRESS, *, online: bool | None = None
    ) -> None:
        self._settings, self._address, self._online = settings, address, online

    def look(self) -> tuple[WayFound, ...]:
        """Give what is there, each way looked at on its own so that one that hangs hides no other."""
        file = str(self._settings.get("sign_key_file") or "")
        found = at_once(
            (
                self._service,
                lambda: WayFound(SignWay.OUTSIDE, is_there=True),
                self._tokens,
                lambda: WayFound(SignWay.PKCS12, is_there=True, file=file if Path(file).is_file() else ""),
                lambda: WayFound(SignWay.INK, is_there=True),
            ),
            LOOK_S,
        )
        late = [WayFound(way, is_there=False, lacks="slow") for way in SignWay]
        return tuple(one or other for one, other in zip(found, late, strict=True))

    def signer(
        self,
        way: SignWay,
        *,
        secret: Callable[[], str] | None = None,
        file: Path | None = None,
        token: TokenFound | None = None,
    ) -> Signer:
        """Give what signs.

        Raises:
            UserError: ``sign_option_missing``: a file or a token is needed.
        """
        options: dict[str, Any] = {}
        if way is SignWay.PKCS11:
            if token is None:
                raise UserError("token_missing", field="token", token="")
            options = {"library": token.library, "token": token.label}
            options["ask_pin"] = None if token.asks_itself else secret
            options["key_id"] = token.key_id
        elif way is SignWay.VGCA:
            options = {"address": self._address}
        elif file is None:
            raise UserError("sign_file_needed", field="file")
        else:
            options = {"file": file} | ({"ask_passphrase": secret} if way is SignWay.PKCS12 else {})
        return signer(way.value, tsa_url=str(self._settings.get("tsa_url")), **options)

    def roots(self) -> Sequence[bytes]:
        """Give the trusted roots; none when no folder is set."""
        folder = str(self._settings.get("trust_folder") or "")
        return roots_in(Path(folder)) if folder else ()

    def revocation(
        self, leaf: bytes, others: Sequence[bytes], at: datetime | None, *, stamped: bool
    ) -> Revocation:
        """Ask the issuer, where the settings allow it."""
        allowed = self._settings.get("revocation_online") if self._online is None else self._online
        if not allowed:
            return Revocation.UNCHECKED
        return asked(leaf, others, at, stamped=stamped)

    def setting(self, name: str) -> object:
        """Give a setting of this machine."""
        return self._settings.get(name)

    def keep(self, name: str, value: object) -> None:
        """Keep a setting of this machine."""
        self._settings.put(name, value)

    def _service(self) -> WayFound:
        where = urlsplit(self._address)
        try:
            create_connection((where.hostname or "", where.port or 443), timeout=_KNOCK_S).close()
        except OSError:
            return WayFound(SignWay.VGCA, is_there=False, lacks="service")
        return WayFound(SignWay.VGCA, is_there=True)

    def _tokens(self) -> WayFound:
        named = str(self._settings.get("pkcs11_library") or "")
        drivers = [named] if named else [one for one in _DRIVERS.get(sys.platform, ()) if Path(one).is_file()]
        if not drivers or not any(Path(one).is_file() for one in drivers):
            return WayFound(SignWay.PKCS11, is_there=False, lacks="driver")
        found = tuple(token for driver in drivers for token in _in_readers(driver))
        wanted = str(self._settings.get("pkcs11_token") or "")
        found = tuple(sorted(found, key=lambda token: token.label != wanted))
        return WayFound(SignWay.PKCS11, bool(found), "" if found else "token", found)


def _in_readers(library: str) -> tuple[TokenFound, ...]:
    import pkcs11

    try:
        tokens = pkcs11.lib(library).get_tokens()
        present = [token for token in tokens if pkcs11.TokenFlag.TOKEN_INITIALIZED in token.flags]
    except (RuntimeError, OSError, pkcs11.PKCS11Error):
        return ()
    return tuple(found for token in present for found in _on_token(library, token))


def _on_token(library: str, token: Any) -> list[TokenFound]:
    """Give the certificates that a token shows before any PIN; the token alone where it shows none."""
    import pkcs11

    asks = pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH in token.flags
    plain = TokenFound(library, token.label.strip(), asks)
    try:
        with token.open() as session:
            wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
            held = [
                (bytes(one[pkcs11.Attribute.ID]), bytes(one[pkcs11.Attribute.VALUE]))
                for one in session.get_objects(wanted)
            ]
    except (pkcs11.PKCS11Error, NotImplementedError):
        return [plain]
    return [found for ident, der in held if (found := _named(plain, ident, der)) is not None] or [plain]


def _named(plain: TokenFound, ident: bytes, der: bytes) -> TokenFound | None:
    """Give a signer's certificate; None for an authority's and for what cannot be read."""
    from asn1crypto import x509

    try:
        found = x509.Certificate.load(der)
        if found.ca:
            return None
        name = found.subject.native.get("common_name", "")
        until = found.not_valid_after.date()
    except (ValueError, TypeError, KeyError):
        return None
    return replace(plain, key_id=ident.hex(), signer=str(name), until=until)
