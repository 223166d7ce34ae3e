"""What passes between province and agency outlives a portal put back; copies of rebuttals and complaints go one way."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.letters import Signer
from spokesdesk.domain.province import Matter, NoteDraft, NoteKind
from spokesdesk.domain.rebuttals import RoundMove
from spokesdesk.domain.requests import AskerKind, Assignment, GivenAnswer, Request, Subject
from spokesdesk.server.door import complaints
from spokesdesk.server.lists import Agency
from spokesdesk.services import papers, province, province_view, rebuttals, requests, sync, today
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_shown import Act, Tab
from spokesdesk.services.request_opening import opened
from tests.server.running import RunningPortal
from tests.server.visitors import Visitor
from tests.services.articles import article, claim
from tests.sync.desks import on_line
from tests.sync.pairs import faults, well
from tests.sync.provinces import Both, joined, written_down


def alerts_of(desk: Desk, title: str) -> list[Matter]:
    return [one for one in province.matters(desk, NoteKind.ALERT) if one.note.title == title]


def test_a_portal_put_back_from_a_backup_loses_and_doubles_nothing(
    own_portal: RunningPortal, fresh_workspace: Path, tmp_path: Path
) -> None:
    own_portal.start()
    with joined(tmp_path / "desks", fresh_workspace, own_portal) as pair:
        pair.alert("trước bản sao")
        pair.exchange()
        own_portal.stop()
        shutil.copytree(own_portal.data, tmp_path / "backup")
        own_portal.start()
        after = pair.alert("sau bản sao")
        pair.exchange()
        province.acknowledge(pair.agency, after.id)
        well(pair.agency)
        well(pair.province)
        own_portal.stop()
        shutil.rmtree(own_portal.data)
        shutil.copytree(tmp_path / "backup", own_portal.data)
        own_portal.start()
        pair.alert("sau khi dựng lại")
        for desk in (pair.agency, pair.province, pair.agency, pair.province):
            well(desk)
        for title in ("trước bản sao", "sau bản sao", "sau khi dựng lại"):
            assert [len(alerts_of(desk, title)) for desk in (pair.agency, pair.province)] == [1, 1], title
        [matter] = alerts_of(pair.province, "sau bản sao")
        assert [reply.kind for reply in matter.replies] == [NoteKind.ACK]
        assert sync.state(pair.province).waiting == sync.state(pair.agency).waiting == 0
        late = own_portal.device(pair.name)
        answer = late.call("GET", f"/j/{late.journal}/inbox")
        assert len(answer.json()["items"]) == 3
        assert faults(pair.province) == faults(pair.agency) == []


@pytest.mark.parametrize("call", ["inbox", "claim"])
@pytest.mark.parametrize("how", ["request", "reply"])
def test_a_line_cut_while_the_inbox_is_read_loses_and_doubles_nothing(
    both: Both, call: str, how: str
) -> None:
    asked = both.ask(f"hỏi khi đứt {call} {how}")
    well(both.province)
    fails = {call: how}
    line = on_line(both.agency, fails)
    assert sync.run_round(line)[0].fault is not None
    fails.clear()
    well(line)
    [request] = written_down(both.agency, asked.id)
    found = [one for one in today.board(both.agency).due if one.id == request.id]
    assert [one.kind for one in found] == ["request"]


def test_a_request_that_an_older_program_wrote_down_under_the_notes_id_is_answered(both: Both) -> None:
    asked = both.ask("ghi bằng bản trước")
    well(both.province)
    well(replace(both.agency, actor=None))  # the note came, nobody is at work to write it down
    now, by = both.agency.now(), both.agency.member.ref
    who, subject = (AskerKind.AGENCY, "UBND tỉnh", None, None), Subject(asked.title)
    old = Request(asked.id, *who, Channel.PROVINCE, now, now, by, "press_question", subject)
    with both.agency.write() as unit:
        unit.requests.add(opened(both.agency, old, None, Assignment(), ""))
    for _again in range(2):
        well(both.agency)
    assert [one.id for one in written_down(both.agency, asked.id)] == [asked.id]
    requests.answer(both.agency, asked.id, GivenAnswer("Có rồi.", GivenForm.DOCUMENT, "", both.agency.now()))
    well(both.agency)
    well(both.province)
    assert [one.text for one in province.matter(both.province, asked.id).answers] == ["Có rồi."]
    assert faults(both.agency) == []


def test_a_delivered_rebuttal_is_copied_up_and_a_draft_never(both: Both) -> None:
    found = article(both.agency, claim())
    made = rebuttals.open_rebuttal(both.agency, found.id)[0]
    each = rebuttals.rounds(both.agency, found.id).rounds[-1].round
    rebuttals.note(both.agency, each.id, RoundMove.DELIVER)
    well(both.agency)
    well(both.province)
    assert copies(both, found.title) == []
    rebuttals.undo(both.agency, each.id)
    signed = replace(made.letter, signers=(Signer(("GIÁM ĐỐC",), "Trần Văn Bình"),))
    papers.save_letter(both.agency, made.id, signed, made.version)
    papers.submit(both.agency, made.id)
    papers.approve(both.agency, made.id, "việc gấp")
    papers.number(both.agency, made.id, on=date(2026, 11, 20))
    papers.release(both.agency, made.id)
    rebuttals.note(both.agency, each.id, RoundMove.DELIVER)
    well(both.agency)
    well(both.province)
    [copy] = copies(both, found.title)
    assert copy.note.agency == both.name
    assert copy.note.extra["outlet"] == found.outlet.name
    assert "Công văn số" in copy.note.extra["paper"]
    assert copy.note.text


def copies(both: Both, title: str) -> list[Matter]:
    found = province.matters(both.province, NoteKind.REBUTTAL)
    return [one for one in found if one.note.extra["article"] == title]


def test_a_complaint_comes_to_the_province_past_the_agency_and_is_answered(both: Both) -> None:
    visitor = Visitor(both.portal)
    try:
        visitor.verified()
        owner = province.agency_named(both.province, both.name)
        key = Agency(owner.journal, owner.name).key
        day = vn_day(both.province.now()).isoformat()
        sent = visitor.send("/nha-bao/phan-anh", agency=key, day=day, place="cổng Sở", body="Bị giữ máy ảnh.")
        assert sent.status_code == 303
    finally:
        visitor.close()
    [filed] = [one.id for one in complaints.listed(both.portal.engine) if one.agency == both.name]
    both.alert("để có thư mới")
    both.exchange()
    well(both.agency)
    report, _changes = province.write(both.agency, NoteDraft(NoteKind.DIFFICULTY, "để tỉnh đọc lại", "x"))
    well(both.agency)
    well(both.province)
    assert report
    [seen] = [one for one in province.complaints(both.province) if one.id == filed]
    assert (seen.agency, seen.text, seen.state) == (both.name, "Bị giữ máy ảnh.", "new")
    assert province.complaints(both.agency) == ()
    assert [one.id for one in today.board(both.province).waiting if one.id == filed] == [filed]
    view = province_view.view(both.province, filed, Tab.COMPLAINTS)
    assert view.acts == {Act.ANSWER}
    province_view.act(both.province, Act.ANSWER, filed, "Đã yêu cầu cơ quan trả máy và giải trình.")
    line = on_line(both.province, {"said_of": "reply"})
    assert sync.run_round(line)[0].fault is not None
    well(both.province)
    [answered] = [one for one in complaints.listed(both.portal.engine) if one.id == filed]
    assert answered.answer == "Đã yêu cầu cơ quan trả máy và giải trình."
    [seen] = [one for one in province.complaints(both.province) if one.id == filed]
    assert (seen.state, seen.said) == ("answered", "")
