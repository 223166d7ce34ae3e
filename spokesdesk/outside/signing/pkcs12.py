"""Signing with a key file (PKCS#12: .p12, .pfx); its passphrase is asked at each signature and kept nowhere."""

from collections.abc import Callable
from pathlib import Path

from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.signing import SignAsk
from spokesdesk.typeset.sign import SigningKey, Stamping, sign


class Pkcs12Signer:
    """A key file.

    Args:
        file: the .p12 or .pfx file.
        ask_passphrase: asked once for each signature; what it gives is used and forgotten.
        stamping: where time stamps come from.
    """

    adapter = "pkcs12"

    def __init__(
        self, file: Path, ask_passphrase: Callable[[], str], stamping: Stamping | None = None
    ) -> None:
        self._file, self._ask, self._stamping = file, ask_passphrase, stamping

    def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        """Give the signed PDF.

        Raises:
            UserError: ``sign_file_unreadable``, ``sign_key_bad``: no usable key in the file.
            AccessError: ``sign_passphrase_wrong``; it is not tried again.
        """
        try:
            data = self._file.read_bytes()
        except OSError as error:
            raise UserError("sign_file_unreadable", field="pkcs12", path=self._file) from error
        return sign(pdf, self._key(data), ask, self._stamping)

    def _key(self, data: bytes) -> SigningKey:
        from cryptography.hazmat.primitives.asymmetric import ec, rsa
        from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

        try:
            held = pkcs12.load_pkcs12(data, self._ask().encode())
        except ValueError as error:
            if "password" in str(error).lower():
                raise AccessError("sign_passphrase_wrong", field="passphrase") from error
            raise UserError("sign_key_bad", field="pkcs12", path=self._file) from error
        key, own = held.key, held.cert
        if own is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise UserError("sign_key_bad", field="pkcs12", path=self._file)
        chain = tuple(one.certificate.public_bytes(Encoding.DER) for one in held.additional_certs)
        return SigningKey(own.certificate.public_bytes(Encoding.DER), chain, lambda data: _signed(key, data))


def _signed(key: object, data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key.sign(data, ec.ECDSA(hashes.SHA256()))
