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
