"""Alerts of the province told by the window: on the desktop without a name, above the page with one, each once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from spokesdesk.domain.changes import Change
from spokesdesk.domain.province import Standing
from spokesdesk.gui import notices
from spokesdesk.gui.province import ProvinceScreen
from spokesdesk.services import province
from spokesdesk.services.ports import Desk
from tests.gui.province_fixtures import alert, fill, ident
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]
TITLE = "Bài “Cá chết trắng sông” đang lan rộng"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the desktop is asked to show."""
    found: list[str] = []
    monkeypatch.setattr(notices.Notices, "tell", lambda _self, _title, text, topic: found.append(text))
    return found


def came(opened: Stage) -> None:
    """Do as a round does that brought something of the province."""
    opened.courier.changed_by((Change("province"),))
    settle(opened.courier)


def test_an_alert_that_came_while_the_desk_was_closed_is_told_once(
    stage: Open, desk: Desk, outside: list[str]
) -> None:
    fill(desk, Standing.AGENCY)
    opened = stage(desk)
    (note,) = opened.control.alerting.texts()
    assert TITLE in note
    assert "còn 8 giờ" in note or "còn 9 giờ" in note
    assert "tỉnh đã nhắc lại 1 lần" in note
    (told,) = outside
    assert "Cá chết" not in told, "whoever stands before the screen may read it"
    assert "Long An" not in told
    came(opened)
    assert len(outside) == 1
    opened.control.alerting.stop()
    assert opened.control.alerting.texts() == []
    opened.control.alerting.start(desk)
    settle(opened.courier)
    assert len(outside) == 1, "nor after the desk was locked, or the program started again"


def test_an_alert_comes_to_an_open_window_and_its_note_leads_to_it(
    stage: Open, desk: Desk, outside: list[str]
) -> None:
    with desk.write() as unit:
        unit.province.stand(Standing.AGENCY)
    opened = stage(desk)
    assert outside == []
    with desk.write() as unit:
        unit.province.take([alert(desk.now())], 1, "0" * 64)
    came(opened)
    assert len(outside) == 1
    opened.control.alerting._notices.clicked.emit("alert")
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, ProvinceScreen)
    assert screen.page.seen is not None
    assert screen.page.seen.id == ident("heard")
    assert opened.control.alerting.texts() == []


def test_the_note_goes_when_somebody_acknowledged_and_a_later_alert_is_told(
    stage: Open, desk: Desk, outside: list[str]
) -> None:
    fill(desk, Standing.AGENCY)
    opened = stage(desk)
    assert len(opened.control.alerting.texts()) == 1
    _note, changes = province.acknowledge(desk, ident("heard"))
    opened.courier.changed_by(changes)
    settle(opened.courier)
    assert opened.control.alerting.texts() == []
    with desk.write() as unit:
        unit.province.take([replace(alert(desk.now()), item=ident("later"))], 3, "0" * 64)
    came(opened)
    assert len(opened.control.alerting.texts()) == 1
    assert len(outside) == 2


def test_the_provinces_own_alerts_and_acknowledged_ones_are_not_told(
    stage: Open, desk: Desk, outside: list[str]
) -> None:
    fill(desk, Standing.AGENCY)
    province.acknowledge(desk, ident("heard"))
    opened = stage(desk)
    assert (opened.control.alerting.texts(), outside) == ([], [])
    fill(desk, Standing.PROVINCE)
    came(opened)
    assert (opened.control.alerting.texts(), outside) == ([], [])
