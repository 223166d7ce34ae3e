"""Who may speak to the portal: a desk that signed in there itself. One that joined by a stick asks no network."""

from spokesdesk.domain.errors import AccessError, WaitError
from spokesdesk.services.ports import Desk, Enrolment

SEED = "device_seed"
TOKEN = "portal_token"
# What was asked for on a stick and not answered yet.
PENDING = "join_ask"


def online_place(desk: Desk) -> tuple[Enrolment, str]:
    """Give where this desk is enrolled, and what it renews its tokens with.

    Raises:
        WaitError: ``not_enrolled``; ``carried_only``: it joined by a stick.
        AccessError: ``device_key_missing``.
    """
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    if place is None:
        raise WaitError("not_enrolled")
    if place.by_hand:
        raise WaitError("carried_only")
    token = desk.device_keys.get(TOKEN)
    if token is None:
        raise AccessError("device_key_missing")
    return place, token.decode()
