"""Settings of signing on this machine: driver, roots, time stamps, revocation; checked before they are kept."""

from dataclasses import dataclass
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.services.ports import SigningMachine


@dataclass(frozen=True, slots=True)
class SignSettings:
    """What the machine knows for signing and checking.

    Attributes:
        library: the token's driver; "" to look in the usual places.
        trust_folder: folder of root certificates; "" for none.
        tsa_url: time stamp authority; "" for none.
        revocation_online: ask the issuer whether a certificate was revoked, over the network.
        roots: how many certificates were found in the folder.
    """

    library: str = ""
    trust_folder: str = ""
    tsa_url: str = ""
    revocation_online: bool = False
    roots: int = 0


def sign_settings(machine: SigningMachine) -> SignSettings:
    """Give the settings; a folder that cannot be read any more has no roots."""
    try:
        roots = len(machine.roots())
    except UserError:
        roots = 0
    return SignSettings(
        str(machine.setting("pkcs11_library")),
        str(machine.setting("trust_folder")),
        str(machine.setting("tsa_url")),
        bool(machine.setting("revocation_online")),
        roots,
    )


def save_sign_settings(machine: SigningMachine, wanted: SignSettings) -> SignSettings:
    """Keep the settings; nothing is kept when one of them cannot be used.

    Raises:
        UserError: ``trust_folder_missing``, ``trust_folder_empty``, ``token_library``, ``tsa_url``; names the field.
    """
    if wanted.library and not Path(wanted.library).is_file():
        raise UserError("token_library", field="pkcs11_library", path=wanted.library)
    if wanted.tsa_url and not wanted.tsa_url.startswith(("http://", "https://")):
        raise UserError("tsa_url", field="tsa_url")
    before = machine.setting("trust_folder")
    machine.keep("trust_folder", wanted.trust_folder)
    try:
        machine.roots()
    except UserError:
        machine.keep("trust_folder", before)
        raise
    machine.keep("pkcs11_library", wanted.library)
    machine.keep("tsa_url", wanted.tsa_url)
    machine.keep("revocation_online", wanted.revocation_online)
    return sign_settings(machine)
