"""A release leaves the desk once, whatever the line does, and is lost nowhere."""

import secrets
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.letters import LetterKind
from spokesdesk.services import papers, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.desks import on_line, press_release, released


def subject() -> str:
    return f"về thông tin báo chí nêu {secrets.token_hex(5)}"


def enrolled(desk: Desk, portal: RunningPortal) -> str:
    agency = f"Sở {secrets.token_hex(5)}"
    sync.connect(desk, portal.url, portal.quick_code(agency))
    return agency


def states(desk: Desk) -> list[str]:
    return [row.state for row in sync.ledger(desk)]


def waiting(desk: Desk) -> int:
    with desk.read() as unit:
        basis = unit.outbox.basis()
    return sum(item.op.entity == "paper" for item in basis.waiting) if basis else 0


def releases_seen(desk: Desk) -> int:
    """Count the operations on releases in the feed as this desk read it; its records travel there, too."""
    with desk.read() as unit:
        effects = [wire.decode(entry.effect or "", wire.Effect) for entry in unit.outbox.log()]
    return sum(effect.op.entity == "paper" for effect in effects)


def shown(portal: RunningPortal, title: str) -> int:
    return portal.get(f"/?tim={title.rsplit(' ', 1)[1]}").text.count("<article>")


def fault(desk: Desk) -> str:
    report, _changes = sync.run_round(desk)
    return report.fault.code if report.fault else ""


def test_a_release_is_queued_sent_and_published_once(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    title = subject()
    paper = released(desk, press_release(title))
    assert states(desk) == ["queued"]
    report, _changes = sync.run_round(desk)
    assert (report.fault, report.files, report.published) == (None, 2, 1)
    assert report.sent == report.echoed
    [row] = sync.ledger(desk)
    assert (row.record, row.state) == (paper.id, "published")
    assert shown(portal, title) == 1
    assert title[0].upper() + title[1:] in portal.get(row.url.removeprefix(portal.url)).text
    assert waiting(desk) == 0


def test_the_public_files_are_the_ones_that_were_numbered(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    paper = released(desk, press_release(subject()))
    sync.run_round(desk)
    [row] = sync.ledger(desk)
    assert paper.pdf is not None
    assert paper.docx is not None
    path = row.url.removeprefix(portal.url)
    assert portal.get(f"{path}/van-ban.pdf").content == desk.files.read(paper.pdf.sha256)
    assert portal.get(f"{path}/van-ban.docx").content == desk.files.read(paper.docx.sha256)


def test_nothing_is_kept_for_the_portal_before_enrolment(desk: Desk) -> None:
    released(desk, press_release(subject()))
    assert sync.ledger(desk) == ()
    assert sync.state(desk).portal == ""
    with pytest.raises(WaitError, match="not_enrolled"):
        sync.run_round(desk)


def test_enrolment_queues_what_was_released_before(desk: Desk, portal: RunningPortal) -> None:
    titles = [subject() for _ in range(3)]
    for title in titles:
        released(desk, press_release(title))
    enrolled(desk, portal)
    assert states(desk) == ["queued"] * 3
    sync.run_round(desk)
    assert states(desk) == ["published"] * 3
    assert [shown(portal, title) for title in titles] == [1, 1, 1]


def test_only_what_is_for_the_public_is_sent(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    letter = replace(press_release(subject()), kind=LetterKind.CONG_VAN, addressees=("Báo A",))
    released(desk, letter)
    released(desk, replace(press_release(subject()), circulation="LƯU HÀNH NỘI BỘ"))
    assert sync.ledger(desk) == ()
    assert fault(desk) == ""
    assert sync.state(desk).queued == 0


def test_offline_is_a_state_and_the_queue_is_sent_once_later(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    titles = [subject() for _ in range(3)]
    for title in titles:
        released(desk, press_release(title))
    fails = {"hello": "request"}
    cut = on_line(desk, fails)
    for _ in range(3):
        assert fault(cut) == "portal_unreachable"
    assert states(desk) == ["queued"] * 3
    assert sync.state(desk).fault == "portal_unreachable"
    fails.clear()
    assert fault(cut) == ""
    assert sync.state(desk).fault == ""
    assert fault(cut) == ""
    assert [shown(portal, title) for title in titles] == [1, 1, 1]
    assert releases_seen(desk) == 3


def test_a_portal_that_is_not_there_is_told_in_words(desk: Desk, own_portal: RunningPortal) -> None:
    own_portal.start()
    enrolled(desk, own_portal)
    own_portal.stop()
    released(desk, press_release(subject()))
    report, _changes = sync.run_round(desk)
    assert report.fault is not None
    assert (report.fault.code, report.fault.exit_code) == ("portal_unreachable", 6)
    assert states(desk) == ["queued"]


@pytest.mark.parametrize("call", ["hello", "push", "changes", "releases", "put_file"])
@pytest.mark.parametrize("how", ["request", "reply"])
def test_a_line_cut_at_any_call_loses_and_doubles_nothing(
    desk: Desk, portal: RunningPortal, call: str, how: str
) -> None:
    enrolled(desk, portal)
    title = subject()
    released(desk, press_release(title))
    fails = {call: how}
    cut = on_line(desk, fails)
    assert fault(cut) == "portal_unreachable"
    assert states(desk)[0] in {"queued", "sent"}
    fails.clear()
    assert fault(cut) == ""
    assert states(desk) == ["published"]
    assert shown(portal, title) == 1
    assert waiting(desk) == 0
    assert releases_seen(desk) == 1


def test_an_operation_stays_when_the_answer_was_lost_and_leaves_when_the_feed_shows_it(
    desk: Desk, portal: RunningPortal
) -> None:
    enrolled(desk, portal)
    released(desk, press_release(subject()))
    fails, calls = {"push": "reply"}, list[str]()
    cut = on_line(desk, fails, calls)
    fault(cut)
    assert waiting(desk) == 1
    fails.clear()
    calls.clear()
    fault(cut)
    assert waiting(desk) == 0
    # The feed is read before anything is sent: the echo is seen there and nothing is sent twice.
    assert calls[:2] == ["hello", "changes"]
    assert "push" not in calls


def test_an_answer_alone_does_not_empty_the_outbox(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    released(desk, press_release(subject()))
    calls: list[str] = []

    class NoFeed(dict[str, str]):
        def get(self, name: str, default: object = None) -> str:
            return "request" if name == "changes" and "push" in calls else ""

    fault(on_line(desk, NoFeed(), calls))
    assert waiting(desk) == 1
    assert states(desk) == ["sent"]
    assert fault(desk) == ""
    assert waiting(desk) == 0


def test_two_rounds_at_once_are_refused(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    seen: list[str] = []

    def portal_at(_address: str) -> object:
        with pytest.raises(WaitError, match="sync_running") as caught:
            sync.run_round(desk)
        seen.append(caught.value.code)
        return desk.portal_at(_address)

    sync.run_round(replace(desk, portal_at=portal_at))  # type: ignore[arg-type]
    assert seen == ["sync_running"]


def test_a_restored_portal_gets_back_what_it_forgot(
    desk: Desk, own_portal: RunningPortal, tmp_path: Path
) -> None:
    """A portal put back from yesterday's backup; the desk gives back what it had, and goes on."""
    own_portal.start()
    enrolled(desk, own_portal)
    own_portal.stop()
    shutil.copytree(own_portal.data, tmp_path / "backup")
    own_portal.start()
    title = subject()
    released(desk, press_release(title))
    assert fault(desk) == ""
    own_portal.stop()
    shutil.rmtree(own_portal.data)
    shutil.copytree(tmp_path / "backup", own_portal.data)
    own_portal.start()
    later = subject()
    released(desk, press_release(later))
    calls: list[str] = []
    assert fault(on_line(desk, {}, calls)) == ""
    assert calls.index("hello") < calls.index("push")
    assert fault(desk) == ""
    assert waiting(desk) == 0
    assert [shown(own_portal, one) for one in (title, later)] == [1, 1]


def test_a_feed_that_was_altered_is_not_believed(desk: Desk, portal: RunningPortal) -> None:
    import sqlalchemy as sa

    from spokesdesk.server import database
    from spokesdesk.server.tables import change

    agency = enrolled(desk, portal)
    colleague = portal.device(agency)
    colleague.push(colleague.release("về việc của đồng nghiệp"))
    with database.writing(portal.engine) as connection:
        connection.execute(
            sa.update(change)
            .where(change.c.journal == colleague.journal)
            .values(effect=sa.func.replace(change.c.effect, "đồng nghiệp", "kẻ khác"))
        )
    assert fault(desk) == "feed_broken"
    with desk.read() as unit:
        assert unit.outbox.log() == ()


def test_a_colleagues_entries_are_kept_and_long_feeds_are_read_to_the_end(
    desk: Desk, portal: RunningPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = enrolled(desk, portal)
    colleague = portal.device(agency)
    colleague.push(*[colleague.release(f"về việc {n}") for n in range(25)])
    monkeypatch.setattr(wire, "PAGE_OPS", 10)
    report, _changes = sync.run_round(desk)
    assert report.received == 25 + report.echoed
    with desk.read() as unit:
        entries = unit.outbox.log()
    assert [entry.seq for entry in entries] == list(range(1, report.received + 1))
    assert releases_seen(desk) == 25
    assert sync.ledger(desk) == ()


def test_a_file_that_is_gone_holds_no_other_release_back(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    first, second = released(desk, press_release(subject())), released(desk, press_release(subject()))
    assert first.pdf is not None
    gone = first.pdf.sha256

    class Lossy:
        def has(self, sha256: str) -> bool:
            return sha256 != gone and desk.files.has(sha256)

        def open(self, sha256: str) -> object:
            return desk.files.open(sha256)

    assert fault(replace(desk, files=Lossy())) == "file_missing_here"  # type: ignore[arg-type]
    found = {row.record: row.state for row in sync.ledger(desk)}
    assert found == {first.id: "sent", second.id: "published"}
    assert fault(desk) == ""
    assert set(states(desk)) == {"published"}


def test_a_refused_operation_is_set_apart_with_its_reason(desk: Desk, portal: RunningPortal) -> None:
    """A device that the portal no longer knows by this key: its operations wait, with the reason shown."""
    enrolled(desk, portal)
    released(desk, press_release(subject()))
    with closing(desk.portal_at(portal.url)) as line:
        line.hello("any")  # signed in, while its key was the right one
    desk.device_keys.put("device_seed", secrets.token_bytes(32))
    report, _changes = sync.run_round(desk)
    assert report.quarantined == 1 + report.state.refused > 1
    [row] = sync.ledger(desk)
    assert (row.state, row.reason) == ("quarantined", "signature_wrong")
    assert waiting(desk) == 1
    released(desk, press_release(subject()))
    assert fault(desk) == ""
    assert states(desk) == ["quarantined", "quarantined"]


def test_a_revoked_device_keeps_its_queue(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    portal.command("revoke", str(place.device))
    released(desk, press_release(subject()))
    assert fault(desk) == "device_revoked"
    assert states(desk) == ["queued"]


def test_another_version_at_the_portal_is_shown_as_a_conflict(desk: Desk, portal: RunningPortal) -> None:
    agency = enrolled(desk, portal)
    paper = released(desk, press_release(subject()))
    colleague = portal.device(agency)
    other = wire.sign(colleague.seed, colleague.op(rec=paper.id, fields={"title": "bản của đồng nghiệp"}))
    colleague.push(other)
    sync.run_round(desk)
    [row] = sync.ledger(desk)
    assert (row.state, row.reason) == ("quarantined", "release_conflict")
    assert waiting(desk) == 0


def test_a_preview_asks_nobody(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    paper = released(desk, press_release(subject()))
    calls: list[str] = []
    found = sync.preview(on_line(desk, {}, calls))
    releases = [op.rec for batch in found.batches for op in batch if op.entity == "paper"]
    assert releases == [paper.id]
    assert len(found.files) == 2
    assert calls == []


def test_a_withdrawal_takes_the_public_page_down(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    title = subject()
    paper = released(desk, press_release(title))
    sync.run_round(desk)
    [row] = sync.ledger(desk)
    papers.withdraw(desk, paper.id, "Nêu sai đối tượng")
    assert states(desk) == ["queued"]
    report, _changes = sync.run_round(desk)
    assert (report.fault, report.sent) == (None, report.echoed)
    assert (states(desk), waiting(desk)) == (["withdrawn"], 0)
    assert shown(portal, title) == 0
    assert portal.get(row.url.removeprefix(portal.url)).status_code in (404, 410)
    assert fault(desk) == ""
    assert states(desk) == ["withdrawn"]


def test_what_is_withdrawn_before_it_was_sent_never_becomes_public(desk: Desk, portal: RunningPortal) -> None:
    enrolled(desk, portal)
    title = subject()
    papers.withdraw(desk, released(desk, press_release(title)).id, "Nhầm bản")
    assert fault(desk) == ""
    assert (states(desk), waiting(desk), shown(portal, title)) == (["withdrawn"], 0, 0)


def test_a_withdrawal_without_a_portal_queues_nothing(desk: Desk) -> None:
    papers.withdraw(desk, released(desk, press_release(subject())).id, "Nhầm bản")
    assert (states(desk), waiting(desk)) == ([], 0)
