"""The places beside the portal, each spoken to in its own way."""

from spokesdesk.domain.elsewhere import ElsewhereKind, ElsewherePlace
from spokesdesk.services.ports.elsewhere import Elsewhere


def elsewhere_at(place: ElsewherePlace, password: str) -> Elsewhere:
    """Give what speaks to a place.

    Raises:
        UserError: ``portal_url_form``, ``portal_url_insecure``.
    """
    if place.kind is ElsewhereKind.FOLDER:
        from spokesdesk.outside.dropfolder import DropFolder

        return DropFolder(place)
    from spokesdesk.outside.wordpress import WordPress

    return WordPress(place, password)
