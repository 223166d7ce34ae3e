"""The agency's own places to report to: added, verified, taken back; shown on the cases' page."""

from collections.abc import Callable

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.routing import PlaceKind, Trust
from spokesdesk.gui.prefs.places import PlacesSection
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.services import routing
from tests.desks import Office
from tests.gui.case_fixtures import made, page_of
from tests.gui.desk_fixtures import said
from tests.gui.realcase import type_text
from tests.gui.stage import Stage, settle


def section(opened: Stage) -> PlacesSection:
    screen = opened.control.pages.current()
    assert isinstance(screen, SettingsScreen)
    return next(one for one in screen._sections if isinstance(one, PlacesSection) and one.isVisible())


def test_a_local_place_is_added_from_a_case_and_shown_there(
    stage: Callable[..., Stage], office: Office
) -> None:
    desk = office.spokesperson
    case = made(desk)
    opened = stage(desk)
    page = page_of(opened, case)
    page.places.local_wanted.emit()
    settle(opened.courier)
    places = section(opened)
    places._add()
    settle(opened.courier)
    assert [field.name for field in places._fields if field.error()] == ["place_name"]
    type_text(places._edits["place_name"], "Công an phường Tân An")
    type_text(places._edits["phone"], "0272 3 113 113")
    places._letter.setChecked(True)
    places._add()
    settle(opened.courier)
    (row,) = routing.local_places(desk)
    assert (row.kind, row.addressee, row.trust) == (
        PlaceKind.POLICE,
        "Công an phường Tân An",
        Trust.UNVERIFIED,
    )
    places._verified(row)
    settle(opened.courier)
    (row,) = routing.local_places(desk)
    assert (row.trust, row.seen_on) == (Trust.VERIFIED, vn_day(desk.now()))
    page = page_of(opened, case)
    assert "0272 3 113 113" in said(page)
    places._remove(places._places[0])
    settle(opened.courier)
    assert routing.local_places(desk) == ()
    opened.control._toast._undone()
    settle(opened.courier)
    assert [one.name for one in routing.local_places(desk)] == ["Công an phường Tân An"]


def test_only_an_admin_changes_places(stage: Callable[..., Stage], office: Office) -> None:
    opened = stage(office.drafter)
    opened.control.create("case_places")
    settle(opened.courier)
    places = section(opened)
    type_text(places._edits["place_name"], "Công an phường Tân An")
    places._add()
    settle(opened.courier)
    assert routing.local_places(office.drafter) == ()
    assert places._edits["place_name"].text() == "Công an phường Tân An"
