"""What people call kinds of outlets and of spokespeople."""

from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.spokespeople import SpeakerKind


def outlet_kinds() -> tuple[tuple[OutletKind, str], ...]:
    """Give the kinds of outlets with their names."""
    return tuple((each, str(value_label("outlet_kind", each.value))) for each in OutletKind)


def speaker_kinds() -> tuple[tuple[SpeakerKind, str], ...]:
    """Give by what right people speak, with their names."""
    return (
        (SpeakerKind.REGULAR, _("Người phát ngôn thường xuyên")),
        (SpeakerKind.AUTHORISED, _("Được ủy quyền một vụ việc")),
        (SpeakerKind.DELEGATED, _("Cấp phó được phân công")),
        (SpeakerKind.HEAD, _("Người đứng đầu cơ quan")),
    )
