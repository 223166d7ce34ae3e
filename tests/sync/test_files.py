"""Files between two desks of one agency: what one attaches, the other can open; cut, stopped, lost and found again."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.journal import Attachment, Channel, ContactDraft
from spokesdesk.services import journal, sync
from spokesdesk.services.ports import Desk
from tests.server.faults import Fault, FaultyLine
from tests.server.running import RunningPortal
from tests.sync.desks import on_line
from tests.sync.pairs import Pair, paired


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, portal: RunningPortal) -> Iterator[Pair]:
    with paired(tmp_path_factory.mktemp("pair"), portal) as made:
        yield made


@pytest.fixture
def pair(shared: Pair) -> Pair:
    """Two desks that have each other's records and files."""
    shared.settle_down()
    for desk in (shared.first, shared.second, shared.first):
        moved(desk)
    return shared


def attached(desk: Desk, data: bytes, name: str = "ảnh hiện trường.jpg") -> Attachment:
    kept = desk.files.put_bytes(data, name)
    draft = ContactDraft(
        Channel.PHONE,
        desk.now() - timedelta(hours=1),
        "Báo Đắk Lắk",
        "Phạm Thu Hà",
        "sạt lở",
        attachments=(kept,),
    )
    journal.log_contact(desk, draft)
    return kept


def moved(desk: Desk) -> sync.FilesReport:
    report, _changes = sync.exchange_files(desk)
    assert report.fault is None, report.fault
    return report


def test_what_one_attaches_the_other_can_open(pair: Pair) -> None:
    data = secrets.token_bytes(300_000)
    kept = attached(pair.first, data)
    pair.settle_down()
    assert moved(pair.second).awaited == 1  # the record is here before its file
    assert moved(pair.first).sent == 1
    assert moved(pair.second) == sync.FilesReport(0, 1, 0, None)
    assert pair.second.files.read(kept.sha256) == data
    assert moved(pair.first).sent == moved(pair.second).sent == 0


def test_a_file_is_fetched_when_somebody_opens_it(pair: Pair) -> None:
    kept = attached(pair.first, b"%PDF " + secrets.token_bytes(3000))
    pair.settle_down()
    with pytest.raises(WaitError, match="file_not_on_portal"):
        sync.fetch_file(pair.second, kept.sha256)
    moved(pair.first)
    assert sync.fetch_file(pair.second, kept.sha256)
    assert pair.second.files.is_whole(kept.sha256)
    assert sync.fetch_file(pair.second, kept.sha256) == ()


def test_who_stops_a_large_file_goes_on_later_where_it_was(pair: Pair) -> None:
    kept = attached(pair.first, secrets.token_bytes(wire.CHUNK_BYTES * 2 + 5), "ghi âm.wav")
    pair.settle_down()
    report, _ = sync.exchange_files(pair.first, lambda step: step.done == 0)
    assert report.fault is not None
    assert report.fault.code == "transfer_stopped"
    steps: list[int] = []

    def told(step: sync.FilesStep) -> bool:
        steps.append(step.done)
        return True

    sync.exchange_files(pair.first, told)
    assert steps == [wire.CHUNK_BYTES, wire.CHUNK_BYTES * 2]
    assert moved(pair.second).received == 1
    assert pair.second.files.is_whole(kept.sha256)


def test_a_file_that_comes_over_a_line_that_is_cut_is_whole(pair: Pair) -> None:
    kept = attached(pair.first, secrets.token_bytes(2_000_000))
    pair.settle_down()
    moved(pair.first)
    with FaultyLine(pair.portal.port, [Fault(cut_reply_after=n) for n in (900_000, 500_000)]) as line:
        second = on_line(pair.second, {}, at=line.url)
        # The first connection asks which files are there; the cuts fall into the file.
        report, _ = sync.exchange_files(second)
        assert (report.received, report.fault) == (1, None)
        assert line.connections == 3
    assert pair.second.files.is_whole(kept.sha256)


def test_a_file_that_the_portal_lost_is_sent_again_by_who_holds_it(pair: Pair) -> None:
    kept = attached(pair.first, secrets.token_bytes(2000))
    pair.settle_down()
    moved(pair.first)
    moved(pair.second)
    lost = pair.portal.data / "files" / kept.sha256[:2] / kept.sha256
    lost.unlink()
    with pair.second.write() as unit:  # as after a day, or in a new epoch of the journal
        unit.portal_files.note((kept.sha256,), "another epoch", pair.second.now())
    assert moved(pair.second).sent == 1
    assert lost.exists()


def test_a_line_that_is_not_there_leaves_everything_for_later(pair: Pair) -> None:
    attached(pair.first, secrets.token_bytes(2000))
    pair.settle_down()
    with FaultyLine(pair.portal.port) as line:
        dead = line.url
    report, _ = sync.exchange_files(on_line(pair.first, {}, at=dead))
    assert report.fault is not None
    assert report.fault.code == "portal_unreachable"
    assert moved(pair.first).sent == 1
