"""Asking a certificate's issuer whether it was revoked: OCSP first, the list (CRL) else; no answer is no answer."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from spokesdesk.domain.signing import Revocation

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateRevocationList

WAIT_S = 4.0
MOST_BYTES = 20 * 1024 * 1024


def revocation(leaf: bytes, others: Sequence[bytes], at: datetime | None, *, stamped: bool) -> Revocation:
    """Give what the issuer says of a certificate.

    Args:
        leaf: DER of a certificate that leads to a trusted root; no other is asked about, so that a hostile file
            cannot make this machine call addresses of its choice.
        others: DER of certificates among which its issuer is.
        at: UTC, when it signed.
        stamped: a time stamp proves ``at``; only then does a later revocation leave the signature good.

    Returns:
        UNCHECKED when nobody answered, or the answer is stale or not the issuer's.
    """
    from cryptography import x509

    own = x509.load_der_x509_certificate(leaf)
    issuer = _issuer_of(own, [x509.load_der_x509_certificate(one) for one in others])
    if issuer is None:
        return Revocation.UNCHECKED
    for address, ask in [*((url, _by_ocsp) for url in _ocsp(own)), *((url, _by_list) for url in _lists(own))]:
        found = ask(address, own, issuer)
        if found is None:
            continue
        since = found
        if since is _NEVER or (stamped and at is not None and since > at):
            return Revocation.GOOD
        return Revocation.REVOKED
    return Revocation.UNCHECKED


_NEVER = datetime.max.replace(tzinfo=UTC)


def _by_list(url: str, own: "Certificate", issuer: "Certificate") -> datetime | None:
    """Give since when it is revoked, ``_NEVER`` when it is not, None when the list says nothing."""
    from cryptography import x509

    data = _fetched("GET", url)
    if data is None:
        return None
    try:
        pem = data.lstrip().startswith(b"-----BEGIN")
        found = x509.load_pem_x509_crl(data) if pem else x509.load_der_x509_crl(data)
        if not _is_good_list(found, issuer):
            return None
        entry = found.get_revoked_certificate_by_serial_number(own.serial_number)
    except (ValueError, TypeError):
        return None
    return entry.revocation_date_utc if entry is not None else _NEVER


def _is_good_list(found: "CertificateRevocationList", issuer: "Certificate") -> bool:
    until = found.next_update_utc
    key: Any = issuer.public_key()
    return (
        found.issuer == issuer.subject
        and found.is_signature_valid(key)
        and until is not None
        and until > datetime.now(UTC)
    )


def _by_ocsp(url: str, own: "Certificate", issuer: "Certificate") -> datetime | None:
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import ocsp

    # The hash names the issuer and protects nothing; responders of old know no other.
    asked = ocsp.OCSPRequestBuilder().add_certificate(own, issuer, SHA1()).build()
    data = _fetched("POST", url, asked.public_bytes(Encoding.DER))
    if data is None:
        return None
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        until = answer.next_update_utc
        if answer.serial_number != own.serial_number or (until is not None and until < datetime.now(UTC)):
            return None
        if not _is_signed(answer, issuer):
            return None
        status = answer.certificate_status
        if status is ocsp.OCSPCertStatus.REVOKED:
            return answer.revocation_time_utc or datetime.min.replace(tzinfo=UTC)
        return _NEVER if status is ocsp.OCSPCertStatus.GOOD else None
    except (ValueError, TypeError):
        return None


def _is_signed(answer: Any, issuer: "Certificate") -> bool:
    """Say whether the issuer answered, or one whom it certified to answer."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    signer = issuer
    for one in answer.certificates:
        if one == issuer:
            break
        try:
            usage = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            continue
        if ExtendedKeyUsageOID.OCSP_SIGNING in usage and _certifies(issuer, one):
            signer = one
            break
    return _holds(signer, answer.signature, answer.tbs_response_bytes, answer.signature_hash_algorithm)


def _holds(signer: "Certificate", signature: bytes, data: bytes, digest: Any) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _issuer_of(own: "Certificate", others: "Sequence[Certificate]") -> "Certificate | None":
    return next((one for one in others if one.subject == own.issuer and _certifies(one, own)), None)


def _certifies(issuer: "Certificate", own: "Certificate") -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        own.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _ocsp(own: "Certificate") -> list[str]:
    from cryptography import x509
    from cryptography.x509.oid import AuthorityInformationAccessOID

    try:
        held = own.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return _web(
        one.access_location.value
        for one in held
        if one.access_method == AuthorityInformationAccessOID.OCSP
        and isinstance(one.access_location, x509.UniformResourceIdentifier)
    )


def _lists(own: "Certificate") -> list[str]:
    from cryptography import x509

    try:
        held = own.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return _web(
        name.value
        for point in held
        for name in point.full_name or ()
        if isinstance(name, x509.UniformResourceIdentifier)
    )


def _web(urls: Any) -> list[str]:
    return [url for url in urls if url.startswith(("http://", "https://"))]


def _fetched(method: str, url: str, data: bytes | None = None) -> bytes | None:
    import httpx

    made = bytearray()
    headers = {"Content-Type": "application/ocsp-request"} if data is not None else {}
    try:
        with httpx.stream(method, url, content=data, headers=headers, timeout=WAIT_S) as answer:
            answer.raise_for_status()
            for part in answer.iter_bytes():
                made += part
                if len(made) > MOST_BYTES:
                    return None
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    return bytes(made)
