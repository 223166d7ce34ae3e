"""A signing token of SoftHSM2 in a folder of the tests' own, with the leader's and the agency's keys on it.

Import the fixture in a conftest: ``from tests.tokens import token``."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests import pki
from tests.judges import judge

PIN = "246810"
LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@dataclass(frozen=True)
class Token:
    """Where the token is, and how its driver finds it."""

    library: str
    label: str
    config: Path


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """A token with the keys "lanh-dao" (RSA), "co-quan" (RSA) and "duong-cong" (EC)."""
    folder = tmp_path_factory.mktemp("token")
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n")
    library = next((path for path in LIBRARIES if Path(path).exists()), LIBRARIES[0])
    with pytest.MonkeyPatch.context() as patch:
        # The driver reads it once, when the process loads it.
        patch.setenv("SOFTHSM2_CONF", str(config))
        _run("--init-token", "--free", "--label", "ban-lam-viec", "--so-pin", "0000", "--pin", PIN)
        curve = pki.authority().certify("Trần Minh Khuê", key=ec.generate_private_key(ec.SECP256R1()))
        held = {"lanh-dao": pki.leader(), "co-quan": pki.agency(), "duong-cong": curve}
        for at, (label, identity) in enumerate(held.items(), 1):
            file = folder / f"{label}.p8"
            file.write_bytes(identity.key_pem)
            names = ("--label", label, "--id", f"A{at}", "--pin", PIN)
            _run("--import", str(file), "--token", "ban-lam-viec", *names)
            _keep_certificate(library, label, bytes([0xA0 + at]), identity)
        yield Token(library, "ban-lam-viec", config)


def _run(*arguments: str) -> None:
    subprocess.run([judge("softhsm2-util"), *arguments], check=True, capture_output=True, env=os.environ)


def _keep_certificate(library: str, label: str, ident: bytes, identity: pki.Identity) -> None:
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass

    found = pkcs11.lib(library)
    found.reinitialize()
    with found.get_token(token_label="ban-lam-viec").open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.LABEL: label,
                Attribute.ID: ident,
                Attribute.SUBJECT: identity.certificate.subject.public_bytes(),
                Attribute.VALUE: identity.certificate.public_bytes(Encoding.DER),
            }
        )
