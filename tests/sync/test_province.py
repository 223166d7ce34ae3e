"""Province and agency at two desks, a portal between them: what is written on one side is done on the other."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from spokesdesk import wire
from spokesdesk.cli import commands
from spokesdesk.cli.answer import as_json
from spokesdesk.domain.errors import AccessError, ConflictError, UserError, WaitError
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.province import NoteDraft, NoteKind, Severity, Standing
from spokesdesk.domain.requests import GivenAnswer, RequestState
from spokesdesk.services import find, papers, province, province_figures, requests, sync, today
from spokesdesk.services.ports import Desk
from spokesdesk.services.sync.mail import received
from tests.server.notes import note
from tests.sync.desks import on_line, press_release, released
from tests.sync.pairs import faults, well
from tests.sync.provinces import Both, confirmed, written_down

DUE = {"rule_id": "x", "due_at": None, "wording": "x", "citation": "x", "confidence": "x"}


def test_each_desk_knows_what_it_is(both: Both, desk: Desk) -> None:
    assert province.standing(both.province) is Standing.PROVINCE
    assert province.standing(both.agency) is Standing.AGENCY
    assert province.standing(desk) is Standing.ALONE
    assert both.name in [one.name for one in province.agencies(both.province)]
    assert province.agencies(both.agency) == ()


def test_an_alert_stands_on_the_agencys_first_page_until_it_is_acknowledged(both: Both) -> None:
    limit = both.province.now() + timedelta(hours=5)
    alert = both.alert("tin sai về giá điện", answer_by=limit, severity=Severity.HIGH)
    both.exchange()
    board = today.board(both.agency)
    [due] = [item for item in board.due if item.id == alert.id]
    assert (due.kind, due.due.due_at) == ("province", limit)
    [told] = [one for one in board.alerts if one.id == alert.id]
    assert told.tone == "amber"
    waits = [one for one in today.board(both.province).waiting if one.id == alert.id]
    assert [one.detail for one in waits] == [both.name]
    province.acknowledge(both.agency, alert.id)
    with pytest.raises(ConflictError, match="alert_acknowledged"):
        province.acknowledge(both.agency, alert.id)
    well(both.agency)
    both.exchange()
    assert [one for one in today.board(both.agency).alerts if one.id == alert.id] == []
    seen = province.matter(both.province, alert.id)
    [ack] = seen.acknowledged.values()
    assert (ack.by, ack.agency) == (both.agency.member.name, both.name)
    assert province.silent(both.province, seen) == ()
    # The clock goes on until the result is reported.
    assert [item.id for item in today.board(both.agency).due if item.id == alert.id] == [alert.id]
    province.answer(both.agency, alert.id, "Đã làm việc với báo, báo đã gỡ tin.")
    well(both.agency)
    well(both.province)
    assert [item.id for item in today.board(both.agency).due if item.id == alert.id] == []
    [answer] = province.matter(both.province, alert.id).answers
    assert answer.text == "Đã làm việc với báo, báo đã gỡ tin."


def test_an_alert_takes_its_deadline_from_the_rules_in_force(both: Both) -> None:
    event = province.alert_events(both.province)[0][0]
    alert = both.alert("vấn đề tác động dư luận", event=event)
    assert alert.due is not None
    assert alert.due.due_at == alert.at + timedelta(hours=24)
    assert "244/2026/NĐ-CP" in alert.due.citation
    both.exchange()
    [due] = [item for item in today.board(both.agency).due if item.id == alert.id]
    assert due.due.citation == alert.due.citation


def test_an_alert_that_nobody_hears_is_repeated_and_presses_more(both: Both) -> None:
    alert = both.alert("không ai trả lời")
    both.exchange()
    [reminder], _changes = province.remind(both.province, alert.id, "Đề nghị xác nhận ngay.")
    assert reminder.severity is Severity.HIGH
    both.exchange()
    [told] = [one for one in today.board(both.agency).alerts if one.id == alert.id]
    assert told.tone == "red"
    assert "nhắc lại 1 lần" in told.detail
    province.acknowledge(both.agency, alert.id)
    well(both.agency)
    well(both.province)
    with pytest.raises(ConflictError, match="nobody_silent"):
        province.remind(both.province, alert.id)


def test_a_request_of_the_province_is_answered_from_the_agencys_requests(both: Both) -> None:
    limit = both.province.now() + timedelta(days=2)
    asked = both.ask("kết quả xử lý rác thải", answer_by=limit)
    both.exchange()
    [request] = written_down(both.agency, asked.id)
    assert (request.channel, request.topic) == (Channel.PROVINCE, "kết quả xử lý rác thải")
    assert request.due is not None
    assert request.due.due_at == limit
    assert "244/2026/NĐ-CP" in request.due.citation
    given = GivenAnswer("Đã thu gom xong.", GivenForm.PORTAL, "", both.agency.now())
    requests.answer(both.agency, request.id, given)
    well(both.agency)
    well(both.province)
    matter = province.matter(both.province, asked.id)
    assert [one.text for one in matter.answers] == ["Đã thu gom xong."]
    [figures] = [one for one in province_figures.answering(both.province) if one.agency.name == both.name]
    assert figures.in_time >= 1
    requests.reopen(both.agency, request.id, "bổ sung số liệu")
    both.exchange()
    well(both.agency)
    well(both.province)
    assert len(province.matter(both.province, asked.id).answers) == 2
    assert requests.request(both.agency, request.id).state is RequestState.OPEN


def test_a_difficulty_goes_up_and_its_answer_comes_down(both: Both) -> None:
    draft = NoteDraft(NoteKind.DIFFICULTY, "thiếu người phát ngôn", "Xã có một công chức kiêm nhiệm.")
    told, _changes = province.write(both.agency, draft)
    well(both.agency)
    well(both.province)
    assert [one.id for one in today.board(both.province).waiting if one.id == told.id] == [told.id]
    province.answer(both.province, told.id, "Tỉnh sẽ mở lớp tập huấn.")
    both.exchange()
    assert [one.text for one in province.matter(both.agency, told.id).answers] == ["Tỉnh sẽ mở lớp tập huấn."]
    assert [one for one in today.board(both.province).waiting if one.id == told.id] == []


def test_the_province_sees_what_was_released_and_not_what_is_drafted(both: Both) -> None:
    shown = released(both.agency, press_release("về việc đã công bố cho báo chí"))
    papers.create(both.agency, press_release("về việc còn là dự thảo"))
    well(both.agency)
    well(both.province)
    seen = [one for one in province.releases(both.province) if one.agency == both.name]
    assert [one.id for one in seen] == [shown.id]
    assert seen[0].url.startswith(both.portal.url + "/thong-cao/")
    assert both.portal.get(seen[0].url.removeprefix(both.portal.url)).status_code == 200


def test_an_agency_that_joins_is_known_at_once_and_owes_no_answer_to_what_was_before(both: Both) -> None:
    before = both.alert("gửi mọi cơ quan", recipient="all")
    well(both.province)
    newcomer = both.portal.device().place.agency
    well(both.province)
    assert newcomer in [one.name for one in province.agencies(both.province)]
    silent = province.silent(both.province, province.matter(both.province, before.id))
    assert both.name in [one.name for one in silent]
    assert newcomer not in [one.name for one in silent]


def test_who_may_write_what(both: Both, desk: Desk) -> None:
    with pytest.raises(AccessError, match="province_only"):
        province.write(both.agency, NoteDraft(NoteKind.ALERT, "a", "b", "all"))
    with pytest.raises(AccessError, match="agency_only"):
        province.write(both.province, NoteDraft(NoteKind.DIFFICULTY, "a", "b"))
    with pytest.raises(WaitError, match="province_unknown"):
        province.write(desk, NoteDraft(NoteKind.DIFFICULTY, "a", "b"))
    with pytest.raises(UserError, match="agency_unknown"):
        province.write(both.province, NoteDraft(NoteKind.ALERT, "a", "b", "không có"))
    with pytest.raises(UserError, match="answer_by_past"):
        both.alert(answer_by=both.province.now() - timedelta(minutes=1))
    with pytest.raises(UserError, match="text_required"):
        both.alert(text=" ")


def test_what_is_written_offline_waits_and_goes_once(both: Both) -> None:
    fails: dict[str, str] = {"hello": "request"}
    line = on_line(both.province, fails)
    alert, _changes = province.write(line, NoteDraft(NoteKind.ALERT, "viết khi mất mạng", "b", both.journal))
    report, _changes = sync.run_round(line)
    assert report.fault is not None
    assert state_of(line, alert.id) == "queued"
    fails.clear()
    fails["push"] = "reply"  # the portal takes it, the answer is lost
    sync.run_round(line)
    assert state_of(line, alert.id) in {"queued", "sent"}
    fails.clear()
    well(line)
    well(line)
    assert state_of(line, alert.id) == "accepted"
    well(both.agency)
    found = [one for one in province.matters(both.agency, NoteKind.ALERT) if one.note.id == alert.id]
    assert len(found) == 1


def state_of(desk: Desk, record: object) -> str:
    return next(row.state for row in sync.ledger(desk, every=True) if row.record == record)


def test_two_desks_of_one_agency_write_a_request_down_once(both: Both, desk: Desk) -> None:
    sync.connect(desk, both.portal.url, both.portal.quick_code(both.name))
    well(desk)
    asked = both.ask("hỏi khi có hai máy")
    well(both.province)
    for each in (desk, both.agency, desk, both.agency):
        well(each)
    [first], [other] = (written_down(each, asked.id) for each in (both.agency, desk))
    assert first.id == other.id
    assert len(first.steps) == len(other.steps) == 1
    alert = both.alert("hai máy cùng thấy")
    well(both.province)
    well(desk)
    province.acknowledge(desk, alert.id, "đã báo cáo giám đốc")
    for each in (desk, both.agency):
        well(each)
    assert [one for one in today.board(both.agency).alerts if one.id == alert.id] == []
    assert faults(desk) == faults(both.agency) == []
    assert sync.state(desk).refused == sync.state(both.agency).refused == 0


def test_notes_are_found_by_words_on_every_desk_of_the_agency(both: Both, desk: Desk) -> None:
    sync.connect(desk, both.portal.url, both.portal.quick_code(both.name))
    alert = both.alert("tin về đèn lồng giấy", text="Đề nghị kiểm tra quặng apatit.")
    asked = both.ask("số lượng chổi lông gà")
    told, _changes = province.write(
        both.agency, NoteDraft(NoteKind.DIFFICULTY, "thiếu người phát ngôn", "Xã chưa có thuyền thúng.")
    )
    both.exchange()
    well(both.agency)
    well(desk)
    for each in (both.agency, desk):
        assert [(hit.kind, hit.id) for hit in find.find(each, "quang apatit den long")] == [
            ("province", alert.id)
        ]
        assert [(hit.kind, hit.id) for hit in find.find(each, "thuyen thung")] == [("province", told.id)]
        [request] = written_down(each, asked.id)
        assert [(hit.kind, hit.id) for hit in find.find(each, "choi long ga")] == [("request", request.id)]
    assert [hit.id for hit in find.find(both.province, "thuyen thung")] == [told.id]
    assert [(hit.kind, hit.id) for hit in find.find(both.province, "choi long ga")] == [
        ("province", asked.id)
    ]


def test_a_mark_of_secrecy_is_not_taken_in_and_stops_nothing(both: Both) -> None:
    device = both.portal.device("UBND tỉnh khác", province=True)
    secret = note(device, "alert", both.journal, text="Độ mật: TỐI MẬT. Nội dung.")
    after = note(device, "alert", both.journal, title="sau tin mật")
    assert [one.outcome for one in device.push(secret, after)] == ["applied"] * 2
    well(both.agency)
    confirmed(both.agency, device)
    with both.agency.read() as unit:
        found = {one.id: one for one in unit.province.received([NoteKind.ALERT])}
    assert found[secret.op.rec].text == ""
    assert "mật" in found[secret.op.rec].title
    assert found[after.op.rec].title == "sau tin mật"


@pytest.mark.parametrize(
    "detail",
    [
        {"extra": 5, "severity": ["high"]},
        {"extra": ["abc"]},
        {"due": DUE | {"due_at": "0001-01-01T00:00:00+07:00"}},
        {"due": DUE | {"wording": []}},
        {"due": {"due_at": 5}},
        {"due": "mai"},
    ],
    ids=str,
)
def test_a_note_with_strange_particulars_is_shown_without_them(both: Both, detail: dict[str, object]) -> None:
    device = both.portal.device("UBND tỉnh khác", province=True)
    strange = note(device, "alert", both.journal, title="chi tiết lạ", detail=detail)
    assert [one.outcome for one in device.push(strange)] == ["applied"]
    well(both.agency)
    confirmed(both.agency, device)
    with both.agency.read() as unit:
        found = {one.id: one for one in unit.province.received([NoteKind.ALERT])}[strange.op.rec]
    assert (found.title, found.severity, found.due, found.extra) == ("chi tiết lạ", Severity.NOTICE, None, {})
    assert strange.op.rec in [one.id for one in today.board(both.agency).alerts]


def test_a_note_of_no_time_stops_no_round(both: Both) -> None:
    """Of a portal that lets such a note through."""
    device = both.portal.device()
    signed = note(device, "difficulty", "province", at="0001-01-01T00:00:00+07:00")
    body = wire.encode(wire.SignedNote(signed.op, signed.sig, wire.public_key(device.seed))).decode()
    came = {"n": 1, "mark": "0" * 64, "kind": "note", "id": signed.op.rec, "sender": device.journal}
    item = wire.MailItem(**came, agency="Sở", at="2026-11-27T00:00:00+00:00", body=body)  # type: ignore[arg-type]
    assert received(item) is None


def test_the_command_line_does_the_same(both: Both) -> None:
    alert = both.alert("qua dòng lệnh")
    both.exchange()
    parser_free = str(alert.id)[-10:]
    answer = run(both.agency, "alert", "list")
    assert str(alert.id) in [one["note"]["id"] for one in answer]
    run(both.agency, "alert", "ack", parser_free)
    well(both.agency)
    well(both.province)
    shown = run(both.province, "province", "show", parser_free)
    assert [one["kind"] for one in shown["replies"]] == ["ack"]
    listed = run(both.province, "province", "list")
    assert both.name in [one["agency"]["name"] for one in listed]
    parsed = commands.parser().parse_args(["province", "list", "--workspace", "x"])
    [line] = [one for one in parsed.run(parsed, both.province).text.splitlines() if one.startswith(both.name)]
    assert re.search(r"[1-9]\d* lượt hỏi, cảnh báo: [1-9]\d* đúng hạn", line), (
        "asked by the province, not by the press"
    )
    asked = run(both.province, "province", "ask", "--to", both.name, "--title", "a", "--text", "b")
    assert asked["kind"] == "ask"
    told = run(both.agency, "difficulty", "report", "--title", "c", "--text", "d")
    assert told["recipient"] == "province"


def run(desk: Desk, *arguments: str) -> Any:
    """Run a command at an open desk and read its JSON."""
    parsed = commands.parser().parse_args([*arguments, "--workspace", "x"])
    return json.loads(as_json(parsed.run(parsed, desk).value))
