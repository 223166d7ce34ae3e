"""A key file that proves nothing about anybody, made on the spot to try signing with."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = "Chữ ký thử của SpokesDesk"


@dataclass(frozen=True, slots=True)
class TrialKey:
    """A PKCS#12 file.

    Attributes:
        root: its own certificate in DER, to be trusted for this one check.
    """

    file: Path
    passphrase: str
    root: bytes


def make_trial_key(file: Path) -> TrialKey:
    """Write a key file with a certificate of its own that holds for a day.

    Args:
        file: where it goes; whoever asks for it removes it.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
    builder = builder.not_valid_after(now + timedelta(days=1)).add_extension(usage, critical=True)
    builder = builder.add_extension(x509.BasicConstraints(True, None), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    passphrase = secrets.token_hex(12)
    locked = serialization.BestAvailableEncryption(passphrase.encode())
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"thu", key, certificate, None, locked))
    return TrialKey(file, passphrase, certificate.public_bytes(serialization.Encoding.DER))
