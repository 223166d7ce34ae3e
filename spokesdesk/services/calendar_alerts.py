"""What the first page says of the calendar of days off: a table that is missing is said, never guessed."""

from datetime import timedelta

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import Alert

# The longest limit in days is 30 working days: further than this no deadline of today reaches.
AHEAD = timedelta(days=60)


def alerts(desk: Desk, unit: Unit) -> tuple[Alert, ...]:
    """Say which years that deadlines reach into have no table of days off."""
    today = vn_day(desk.now())
    years = working_calendar(desk, unit).missing_years(today, today + AHEAD)
    if not years:
        return ()
    title = _("Chưa có bảng ngày nghỉ năm {years}").format(years=", ".join(str(year) for year in years))
    detail = _(
        "Thời hạn rơi vào năm ấy chỉ trừ cuối tuần, có thể đổi. Ghi ngày nghỉ ở Cài đặt khi có thông báo."
    )
    return (Alert("settings", title, detail),)
