"""Time stamps from an authority over HTTP (RFC 3161); what it signs is only a hash."""

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.typeset.sign import Stamping

_WAIT_S = 20
_MOST_BYTES = 1024 * 1024


def stamping_from(url: str, roots: tuple[bytes, ...] = ()) -> Stamping | None:
    """Give time stamps from an address; None when there is none.

    Raises:
        UserError: ``tsa_url``: not an address of a web service.
    """
    if not url:
        return None
    if not url.startswith(("http://", "https://")):
        raise UserError("tsa_url", field="tsa_url")
    return Stamping(lambda request: _ask(url, request), roots)


def time_stamp(url: str, digest: bytes) -> bytes:
    """Give a time stamp token over a SHA-256 hash, DER (CMS SignedData).

    Args:
        url: of the authority.
        digest: 32 bytes; nothing else leaves this machine.

    Raises:
        UserError: ``tsa_url``.
        OutsideError: ``tsa_failed``: no answer, a refusal, or a token over something else.

    Source:
        RFC 3161, 2.4.1 and 2.4.2.
    """
    import secrets

    from asn1crypto import tsp

    stamping = stamping_from(url)
    if stamping is None:
        raise UserError("tsa_url", field="tsa_url")
    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    request = tsp.TimeStampReq(
        {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    ).dump()
    try:
        answer = tsp.TimeStampResp.load(stamping.ask(request))
        token = answer["time_stamp_token"]
        said = token["content"]["encap_content_info"]["content"].parsed
        granted = answer["status"]["status"].native in ("granted", "granted_with_mods")
        is_ours = said["message_imprint"]["hashed_message"].native == digest and said["nonce"].native == nonce
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutsideError("tsa_failed", url=url) from error
    if not (granted and is_ours):
        raise OutsideError("tsa_failed", url=url)
    made: bytes = token.dump()
    return made


def _ask(url: str, request: bytes) -> bytes:
    import httpx

    try:
        answer = httpx.post(
            url, content=request, headers={"Content-Type": "application/timestamp-query"}, timeout=_WAIT_S
        )
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OutsideError("tsa_failed", url=url) from error
    if len(answer.content) > _MOST_BYTES:
        raise OutsideError("tsa_failed", url=url)
    return answer.content
