"""Who may speak in the demonstration workspace: a head, a regular spokesperson, one authorised for one matter."""

from datetime import timedelta

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.spokespeople import AuthorisationDraft, SpeakerKind
from spokesdesk.services import spokespeople
from spokesdesk.services.ports import Desk
from spokesdesk.services.sample_people import words


def furnish_spokespeople(desk: Desk) -> None:
    """Write the sample authorisations down: one holds for months, one lapses within days."""
    today, now = vn_day(desk.now()), desk.now()
    head, regular, lent = (words("desk")[name] for name in ("head", "regular", "authorised"))
    spokespeople.authorise(desk, AuthorisationDraft(SpeakerKind.HEAD, from_on=today - timedelta(200), **head))
    given = {"authorised_by": head["name"], "authorised_by_post": head["post"]}
    signed = now - timedelta(days=100)
    made, _changes = spokespeople.authorise(
        desk,
        AuthorisationDraft(
            SpeakerKind.REGULAR, from_on=vn_day(signed), decided_at=signed, **(regular | given)
        ),
    )
    spokespeople.publish(desk, made.id, signed + timedelta(hours=5))
    days = {"from_on": today - timedelta(4), "until_on": today + timedelta(6)}
    spokespeople.authorise(desk, AuthorisationDraft(SpeakerKind.AUTHORISED, **(lent | given | days)))
