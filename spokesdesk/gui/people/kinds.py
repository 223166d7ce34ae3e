"""What people call kinds of outlets and of spokespeople."""

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.spokespeople import SpeakerKind


def outlet_kinds() -> tuple[tuple[OutletKind, str], ...]:
    """Give the kinds of outlets with their names."""
    return (
        (OutletKind.ONLINE, _("Báo điện tử")),
        (OutletKind.DAILY, _("Báo in hằng ngày")),
        (OutletKind.WEEKLY, _("Báo in tuần")),
        (OutletKind.MAGAZINE, _("Tạp chí in")),
        (OutletKind.BROADCAST, _("Phát thanh, truyền hình")),
        (OutletKind.AGENCY, _("Thông tấn")),
        (OutletKind.FOREIGN, _("Báo chí nước ngoài")),
        (OutletKind.OTHER, _("Loại khác, chưa rõ")),
    )


def speaker_kinds() -> tuple[tuple[SpeakerKind, str], ...]:
    """Give by what right people speak, with their names."""
    return (
        (SpeakerKind.REGULAR, _("Người phát ngôn thường xuyên")),
        (SpeakerKind.AUTHORISED, _("Được ủy quyền một vụ việc")),
        (SpeakerKind.DELEGATED, _("Cấp phó được phân công")),
        (SpeakerKind.HEAD, _("Người đứng đầu cơ quan")),
    )
