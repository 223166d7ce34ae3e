"""News on the first page: what holds something watched for and nobody has looked at, and what was given to me."""

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import ItemState
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.monitoring import Wanted
from spokesdesk.services.ports.today import WaitItem


def waiting(desk: Desk, unit: Unit, _limit: int) -> list[WaitItem]:
    """Give one line for all new items and one for all that were given to the member."""
    new = unit.monitoring.count(Wanted((ItemState.NEW,), matched=True))
    mine = unit.monitoring.count(Wanted((ItemState.OPEN,), mine=desk.actor.ref)) if desk.actor else 0
    lines = ((new, _("{n} tin mới cần phân loại")), (mine, _("{n} tin đã giao cho tôi")))
    return [
        WaitItem("news", None, words.format(n=count), _("theo dõi báo chí"), None, None, _("Phân loại tin"))
        for count, words in lines
        if count
    ]
