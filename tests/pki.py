"""A certificate authority of the tests' own, with people and agencies it certifies; and pictures to stamp with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw

from spokesdesk.typeset.sign import SigningKey

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
NOW = datetime.now(UTC)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Identity:
    """A certificate with its key and the authority's certificate."""

    certificate: x509.Certificate
    key: Key
    root: x509.Certificate = field(repr=False)

    @property
    def root_der(self) -> bytes:
        return self.root.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def signing_key(self) -> SigningKey:
        """Give the key as typeset.sign takes it."""
        sign: Callable[[bytes], bytes]
        key = self.key
        if isinstance(key, rsa.RSAPrivateKey):
            rsa_key = key

            def sign(data: bytes) -> bytes:
                return rsa_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        else:
            ec_key = key

            def sign(data: bytes) -> bytes:
                return ec_key.sign(data, ec.ECDSA(hashes.SHA256()))

        return SigningKey(self.certificate.public_bytes(Encoding.DER), (self.root_der,), sign)

    def p12(self, path: Path, passphrase: str) -> Path:
        """Write a key file."""
        secret = BestAvailableEncryption(passphrase.encode())
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(b"key", self.key, self.certificate, [self.root], secret)
        )
        return path


class Authority:
    """A root that certifies."""

    def __init__(self, name: str) -> None:
        self.name = _named(name)
        self.key = _key()
        self.certificate = self._issue(self.name, self.key, NOW - 10 * YEAR, NOW + 10 * YEAR, None)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def certify(
        self,
        name: str,
        *,
        since: datetime = NOW - YEAR,
        until: datetime = NOW + YEAR,
        key: Key | None = None,
        usage: str = "sign",
        more: tuple[x509.ExtensionType, ...] = (),
    ) -> Identity:
        """Give a person's or agency's certificate; usage sign, tsa or web."""
        own = key or _key()
        return Identity(self._issue(_named(name), own, since, until, usage, more), own, self.certificate)

    def _issue(
        self,
        name: x509.Name,
        key: Key,
        since: datetime,
        until: datetime,
        usage: str | None,
        more: tuple[x509.ExtensionType, ...] = (),
    ) -> x509.Certificate:
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(usage is None, None), critical=True)
            .add_extension(_usage(usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
        if usage == "tsa":
            stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(stamps, critical=True)
        for extension in more:
            made = made.add_extension(extension, critical=False)
        return made.sign(self.key, hashes.SHA256())


def _usage(usage: str | None) -> x509.KeyUsage:
    is_root = usage is None
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=usage == "sign",
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cơ quan thử"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def authority() -> Authority:
    """Give the root that the tests trust."""
    return Authority("Gốc thử nghiệm")


@cache
def stranger() -> Authority:
    """Give a root of the same name that nobody trusts."""
    return Authority("Gốc thử nghiệm")


@cache
def leader() -> Identity:
    """Give the leader's certificate."""
    return authority().certify("Nguyễn Văn Ổn")


@cache
def agency() -> Identity:
    """Give the agency's certificate."""
    return authority().certify("Sở Thông tin và Truyền thông")


@cache
def blue_signature() -> bytes:
    """Give a signature: 400 × 160 pixels, blue on nothing."""
    picture = Image.new("RGBA", (400, 160), (255, 255, 255, 0))
    strokes = [(2, 157), (2, 2), (120, 150), (200, 10), (397, 157), (397, 2)]
    ImageDraw.Draw(picture).line(strokes, fill=(0, 0, 200, 255), width=5)
    return _png(picture)


@cache
def red_seal(millimetres: float = 36.0) -> bytes:
    """Give a round seal whose file says how large it is."""
    picture = Image.new("RGBA", (600, 600), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse([0, 0, 599, 599], outline=(220, 0, 0, 255), width=14)
    return _png(picture, dpi=600 / millimetres * 25.4)


def _png(picture: Image.Image, dpi: float = 0) -> bytes:
    made = BytesIO()
    picture.save(made, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return made.getvalue()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine that nobody vouches for; gives its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "cong")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private
