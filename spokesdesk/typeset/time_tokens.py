"""RFC 3161 time stamp tokens over a hash: what they say, and whether they say it of this hash."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from spokesdesk.typeset.verify import hush


@dataclass(frozen=True, slots=True)
class TimeToken:
    """What a token says.

    Attributes:
        at: UTC, as the authority wrote it.
        authority: who signed it.
        ok: it is over this hash and its signature is intact.
        trusted: its certificate leads to one of the given roots.
    """

    at: datetime | None
    authority: str
    ok: bool
    trusted: bool


def read_token(token: bytes, digest: bytes, roots: tuple[bytes, ...] = ()) -> TimeToken:
    """Check a token.

    Args:
        token: CMS SignedData, DER.
        digest: the SHA-256 hash that it should be over.
        roots: trusted root certificates, DER; without them it is only checked that the token is intact.
    """
    # What a token holds is known to cms only once tsp is imported, as other rooms happen to do.
    from asn1crypto import cms, tsp

    try:
        signed = cms.ContentInfo.load(token)["content"]
        said = signed["encap_content_info"]["content"].parsed
        if not isinstance(said, tsp.TSTInfo):
            return TimeToken(None, "", ok=False, trusted=False)
        at = said["gen_time"].native.astimezone(UTC)
        is_ours = said["message_imprint"]["hashed_message"].native == digest
        status = _status(signed, digest, roots) if is_ours else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return TimeToken(None, "", ok=False, trusted=False)
    if status is None:
        return TimeToken(at, "", ok=False, trusted=False)
    named = status["signing_cert"].subject.native
    ok = bool(status["intact"] and status["valid"])
    authority = str(named.get("common_name") or named.get("organization_name") or "")
    return TimeToken(at, authority, ok, ok and bool(status.get("trust_problem_indic") is None and roots))


def _status(signed: Any, digest: bytes, roots: tuple[bytes, ...]) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    hush()
    try:
        return asyncio.run(validate_tst_signed_data(signed, context, lambda _algorithm: digest))
    except SignatureValidationError:
        return None
