"""One name for each way to sign."""

from typing import Any

from spokesdesk.domain.errors import UserError
from spokesdesk.outside.signing.ink import InkScan
from spokesdesk.outside.signing.outside import SignedOutside
from spokesdesk.outside.signing.pkcs11 import Pkcs11Signer
from spokesdesk.outside.signing.pkcs12 import Pkcs12Signer
from spokesdesk.outside.signing.tsa import stamping_from
from spokesdesk.outside.signing.vgca import VgcaSigner
from spokesdesk.services.ports import Signer


def signer(adapter: str, *, tsa_url: str = "", roots: tuple[bytes, ...] = (), **options: Any) -> Signer:
    """Give what signs; see ``bootstrap.signer`` for the options of each."""
    match adapter:
        case "pkcs12":
            return Pkcs12Signer(stamping=stamping_from(tsa_url, roots), **options)
        case "pkcs11":
            return Pkcs11Signer(stamping=stamping_from(tsa_url, roots), **options)
        case "vgca":
            return VgcaSigner(**options)
        case "outside":
            return SignedOutside(**options)
        case "ink":
            return InkScan(**options)
    raise UserError("sign_adapter", field="adapter", adapter=adapter)
