"""What keeps desks the same when nobody looks: news at once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import journal, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.pairs import Pair, differences, paired, well


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
