"""What keeps desks the same when nobody looks: news at once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.province import NoteKind
from spokesdesk.server.lists import Agency
from spokesdesk.services import journal, province, requests, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.server.visitors import Visitor
from tests.sync.pairs import Pair, differences, made_desk, paired, well
from tests.sync.provinces import Both, joined


@pytest.fixture
def pair(tmp_path: Path, portal: RunningPortal) -> Iterator[Pair]:
    with paired(tmp_path, portal) as made:
        yield made


def visit(desk: Desk, topic: str) -> None:
    when = desk.now() - timedelta(hours=1)
    journal.log_contact(desk, ContactDraft(Channel.PHONE, when, "Báo Đắk Lắk", "Phạm Thu Hà", topic))


def test_a_desk_that_listens_hears_of_a_colleagues_saving(pair: Pair) -> None:
    heard: list[bool] = []
    listening = Thread(target=lambda: heard.append(sync.Ear(pair.second).listen()), daemon=True)
    listening.start()
    visit(pair.first, "hỏi về mưa lũ")
    well(pair.first)
    listening.join(20)
    assert heard == [True]
    well(pair.second)
    assert differences(pair.first, pair.second) == []


def test_a_desk_hears_that_another_one_has_joined(pair: Pair, tmp_path: Path) -> None:
    report = well(pair.first)
    third = made_desk(tmp_path / "third", "Phạm Thu Hà")
    ear = sync.Ear(pair.first, report.door_at, report.members)
    code = pair.portal.quick_code(pair.agency)
    assert heard(ear, lambda: sync.connect(third, pair.portal.url, code)) == [True]
    well(pair.first)  # it hands the agency's key over
    well(third)
    assert sync.key_state(third).generation == 1
    third.close()


@pytest.fixture
def both(tmp_path: Path, fresh_workspace: Path, portal: RunningPortal) -> Iterator[Both]:
    with joined(tmp_path, fresh_workspace, portal) as made:
        yield made


def heard(ear: sync.Ear, news: Callable[[], object]) -> list[bool]:
    """Give what a desk hears while something comes about."""
    told: list[bool] = []
    listening = Thread(target=lambda: told.append(ear.listen()), daemon=True)
    listening.start()
    news()
    listening.join(20)
    return told


def test_a_desk_that_listens_hears_of_an_alert(both: Both) -> None:
    report, _changes = sync.run_round(both.agency)

    def alert() -> None:
        both.alert("tin đang lan rộng")
        well(both.province)

    assert heard(sync.Ear(both.agency, report.door_at), alert) == [True]
    well(both.agency)
    [found] = province.matters(both.agency, NoteKind.ALERT)
    assert found.note.title == "tin đang lan rộng"


def test_a_desk_that_listens_hears_of_a_question(both: Both, portal: RunningPortal) -> None:
    report, _changes = sync.run_round(both.agency)
    lan = Visitor(portal).verified()
    key = Agency(UUID(both.journal), both.name).key
    asked = {"agency": key, "kind": "question", "topic": "về giá đất", "body": "Khi nào?"}
    assert heard(sync.Ear(both.agency, report.door_at), partial(lan.send, "/nha-bao/hoi", **asked)) == [True]
    lan.close()
    report, _changes = sync.run_round(both.agency)
    assert report.door_at > 0
    [row] = requests.request_rows(both.agency, requests.request_numbers(both.agency, ""))
    assert row.topic == "về giá đất"
    assert sync.run_round(both.agency)[0].door_at == 0


def test_listening_ends_when_the_window_closes(pair: Pair) -> None:
    ear = sync.Ear(pair.second)
    ended: list[bool | str] = []

    def listen() -> None:
        try:
            ended.append(ear.listen())
        except DeskError as error:
            ended.append(error.code)

    listening = Thread(target=listen, daemon=True)
    listening.start()
    ear.hang_up()
    listening.join(15)
    assert ended in ([False], ["portal_unreachable"])
