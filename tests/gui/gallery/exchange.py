"""Pictures of the exchange between the province and agencies."""

from spokesdesk.domain.changes import Change
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.province import NoteKind, Standing, key_mark
from spokesdesk.gui.province import ProvinceScreen
from spokesdesk.gui.province.keysheet import OwnKeySheet
from spokesdesk.services.province_shown import Act, Tab
from tests.gui.province_fixtures import by_new_key, fill
from tests.gui.stage import Stage, settle


def listed(tab: Tab, stage: Stage, standing: Standing = Standing.PROVINCE) -> ProvinceScreen:
    """One of the lists, as the province or an agency has it."""
    desk = stage.session.desk()
    assert desk is not None
    fill(desk, standing)
    stage.courier.changed.emit((Change("province"),))
    settle(stage.courier)
    screen = stage.show("province")
    assert isinstance(screen, ProvinceScreen)
    screen.show_list()
    screen.list.choose(tab)
    settle(stage.courier)
    screen.list.list.select_first()
    return screen


def page(standing: Standing, act: Act, stage: Stage) -> None:
    """An alert whole, with what is written on it."""
    screen = listed(Tab.ALERTS, stage, standing)
    row = screen.list.list.current()
    assert row is not None
    screen.open_record("province", row.id)
    settle(stage.courier)
    screen.page.ask(act)
    settle(stage.courier)


def agency(stage: Stage) -> None:
    """How an agency answers."""
    screen = listed(Tab.AGENCIES, stage)
    row = screen.list.list.current()
    assert row is not None
    screen.open_record("province", row.id)
    settle(stage.courier)


def away(stage: Stage) -> None:
    """The accounts while the portal cannot be reached."""
    asking = listed(Tab.ACCOUNTS, stage).list.asking
    asking._not_told(OutsideError("portal_unreachable", portal="cong.tinh.example.vn"))
    settle(stage.courier)


def account(act: Act | None, stage: Stage) -> None:
    """An account that waits, with what is being decided."""
    screen = listed(Tab.ACCOUNTS, stage)
    row = screen.list.list.current()
    assert row is not None
    screen.open_record("province", row.id)
    settle(stage.courier)
    if act is not None:
        screen.page.ask(act)
        settle(stage.courier)


def today(stage: Stage) -> None:
    """The first page of an agency that was alerted."""
    listed(Tab.ALERTS, stage, Standing.AGENCY)
    stage.show("today")


def key(standing: Standing, stage: Stage) -> None:
    """A new key of the province to be confirmed, or the mark of its own."""
    desk = stage.session.desk()
    assert desk is not None
    by_new_key(desk)
    screen = listed(Tab.ALERTS, stage, standing)
    if standing is Standing.AGENCY:
        screen.list.key_wanted.emit(None)
    else:
        OwnKeySheet(screen, key_mark("3c" * 32)).open()
    settle(stage.courier)


def new_note(kind: NoteKind, stage: Stage) -> None:
    """A note being written."""
    standing = Standing.PROVINCE if kind is NoteKind.ALERT else Standing.AGENCY
    listed(Tab.ALERTS, stage, standing).write(kind)
    settle(stage.courier)
