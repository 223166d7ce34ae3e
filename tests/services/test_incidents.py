"""Incidents on a real desk: clocks, what was said, who agreed to which text, papers, the figures of the year."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.incidents import (
    Incident,
    IncidentDraft,
    IncidentScope,
    IncidentState,
    Stance,
    Statement,
    StatementForm,
)
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.routing import PlaceKind
from spokesdesk.services import counters, duties, find, incidents, journal, papers, rulepacks, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store import tables_incidents
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_pdf import to_pdf
from tests.desks import Office
from tests.typeset import poppler

NOON = datetime(2026, 9, 1, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam, a Tuesday
SPILL = IncidentDraft("Tràn dầu trên sông Vàm Cỏ", received_at=NOON, place="xã Tân Ân")


def at(desk: Desk, moment: datetime) -> Desk:
    return replace(desk, now=lambda: moment)


@pytest.fixture
def noon(desk: Desk) -> Desk:
    """The desk, at noon of a day after the new decree."""
    return at(desk, NOON)


def opened(desk: Desk, draft: IncidentDraft = SPILL) -> Incident:
    return incidents.open_incident(desk, draft)[0]


def said(moment: datetime, form: StatementForm = StatementForm.RELEASE) -> Statement:
    return Statement(moment, form, "Trần Minh Khuê, Chánh Văn phòng", "Đã khoanh vùng vết dầu.")


def test_each_moment_starts_its_own_clock_with_its_law_and_how_sure_it_is(noon: Desk) -> None:
    found = opened(
        noon,
        replace(
            SPILL,
            happened_at=NOON - timedelta(hours=5),
            impact_at=NOON - timedelta(hours=1),
            asked_at=NOON - timedelta(minutes=30),
        ),
    )
    by_rule = {clock.due.rule_id: clock for clock in found.clocks}
    assert by_rule["N244-INIT-24A"].due.due_at == NOON + timedelta(hours=24)
    assert by_rule["N244-INIT-24B"].due.due_at == NOON + timedelta(hours=23)
    assert by_rule["N244-REQ"].due.due_at is None, "the decree gives no number for an answer to a question"
    assert "khoản 3 Điều 7" in by_rule["N244-INIT-24A"].due.cited
    assert by_rule["N244-INIT-24A"].due.cited.startswith("chưa xác minh")
    assert not any(rule.startswith("N09") for rule in by_rule), "the decree of 2017 is not in force"
    assert found.due_at == NOON + timedelta(hours=23), "the first one due leads"


def test_before_july_2026_the_clock_runs_from_when_it_happened(desk: Desk) -> None:
    june = datetime(2026, 6, 20, 2, 0, tzinfo=UTC)
    found = opened(at(desk, june), IncidentDraft("Cháy chợ", happened_at=june, received_at=june))
    assert [(clock.event, clock.due.due_at) for clock in found.clocks] == [
        ("incident_happened", june + timedelta(hours=24))
    ]
    assert "09/2017" in found.clocks[0].due.citation


def test_an_incident_of_several_provinces_says_that_content_is_unified(noon: Desk) -> None:
    found = opened(noon, replace(SPILL, scope=IncidentScope.MULTI))
    assert {clock.due.rule_id for clock in found.clocks} == {"N244-INIT-24A", "N244-MULTI"}


def test_what_is_known_is_corrected_by_versions_and_only_the_moment_that_moved_is_reckoned_anew(
    noon: Desk,
) -> None:
    first = opened(noon)
    later = at(noon, NOON + timedelta(hours=2))
    facts = replace(SPILL, impact_at=NOON + timedelta(hours=1), facts="Vết dầu dài 2 km.")
    saved, _changes = incidents.save_facts(later, first.id, facts, first.version)
    assert saved.clocks[0] == first.clocks[0]
    assert saved.clocks[1].due.due_at == NOON + timedelta(hours=25)
    assert [one.version for one in incidents.versions(later, first.id)] == [1, 2]
    with pytest.raises(ConflictError, match="incident_changed_meanwhile"):
        incidents.save_facts(later, first.id, facts, first.version)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(SPILL, title=" "), "title"),
        (replace(SPILL, received_at=NOON + timedelta(hours=1)), "received_at"),
        (replace(SPILL, happened_at=NOON, received_at=NOON - timedelta(hours=1)), "received_at"),
        (replace(SPILL, participants=tuple(f"Sở {n}" for n in range(31))), "participants"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(noon: Desk, draft: IncidentDraft, field: str) -> None:
    with pytest.raises(UserError) as refused:
        incidents.open_incident(noon, draft)
    assert refused.value.field == field
    assert incidents.incident_numbers(noon) == ()


def test_a_statement_meets_the_clocks_that_started_before_it(noon: Desk) -> None:
    first = opened(noon)
    later = at(noon, NOON + timedelta(hours=3))
    spoken, _changes = incidents.say(later, first.id, said(NOON + timedelta(hours=3)))
    assert (spoken.state, spoken.running, spoken.due_at) == (IncidentState.SPOKEN, (), None)
    assert spoken.answered_at(spoken.clocks[0]) == NOON + timedelta(hours=3)
    facts = replace(SPILL, impact_at=NOON + timedelta(hours=5))
    again, _changes = incidents.save_facts(
        at(noon, NOON + timedelta(hours=6)), first.id, facts, spoken.version
    )
    assert [clock.due.rule_id for clock in again.running] == ["N244-INIT-24B"], "a new moment, a new clock"
    assert again.due_at == NOON + timedelta(hours=29)
    with pytest.raises(UserError) as refused:
        incidents.say(later, first.id, replace(said(NOON), text=""))
    assert refused.value.field == "statement"


def test_an_agreement_belongs_to_the_text_that_was_read_and_to_no_later_one(noon: Desk) -> None:
    facts = replace(SPILL, lead="Sở Nông nghiệp và Môi trường", participants=("Công an tỉnh",))
    first = opened(noon, facts)
    with pytest.raises(ConflictError, match="incident_no_wording"):
        incidents.agree(noon, first.id, "Công an tỉnh", "điện thoại", Stance.AGREED, sha256="0" * 64)
    worded, _changes = incidents.word(noon, first.id, "Vết dầu đã được khoanh vùng.")
    old = worded.wordings[-1].sha256
    agreed, _changes = incidents.agree(
        noon, first.id, "Công an tỉnh", "Thượng tá Hòa, điện thoại", Stance.AGREED, sha256=old
    )
    assert agreed.stances() == {"Sở Nông nghiệp và Môi trường": None, "Công an tỉnh": Stance.AGREED}
    with pytest.raises(ConflictError, match="wording_unchanged"):
        incidents.word(noon, first.id, "Vết dầu đã được khoanh vùng.")
    newer, _changes = incidents.word(noon, first.id, "Vết dầu dài 2 km đã được khoanh vùng.")
    assert newer.stances()["Công an tỉnh"] is None
    with pytest.raises(ConflictError, match="wording_superseded"):
        incidents.agree(noon, first.id, "Công an tỉnh", "điện thoại", Stance.AGREED, sha256=old)


def test_the_text_of_a_paper_is_put_up_and_a_change_of_it_is_seen(noon: Desk) -> None:
    first = opened(noon)
    drafted, _changes = incidents.draft_statement(noon, first.id)
    incidents.word_paper(noon, first.id, drafted.id)
    assert incidents.view(noon, first.id).altered == frozenset()
    letter = replace(drafted.letter, body=drafted.letter.body + "\n\nThêm một câu.")
    papers.save_letter(noon, drafted.id, letter, drafted.version)
    assert incidents.view(noon, first.id).altered == {drafted.id}


def test_the_first_statement_is_a_press_release_filled_with_what_is_known(noon: Desk) -> None:
    facts = replace(SPILL, happened_at=NOON - timedelta(hours=2), facts="Phát hiện *vết dầu* | dài 2 km.")
    first = opened(noon, facts)
    drafted, _changes = incidents.draft_statement(noon, first.id)
    assert drafted.letter.kind is LetterKind.THONG_CAO_BAO_CHI
    assert drafted.letter.subject == "Thông tin ban đầu về Tràn dầu trên sông Vàm Cỏ"
    assert "10 giờ 00 phút ngày 01/9/2026" in drafted.letter.body
    assert r"Phát hiện \*vết dầu\* \| dài 2 km." in drafted.letter.body
    assert to_pdf(compose(drafted.letter)).startswith(b"%PDF")
    incidents.say(noon, first.id, said(NOON))
    more, _changes = incidents.draft_statement(noon, first.id)
    assert more.letter.subject.startswith("Thông tin tiếp theo")
    assert find.find(noon, "vet dau", ("incident",))[0].id == first.id


def test_messages_go_to_the_party_office_the_press_authority_and_the_office(noon: Desk) -> None:
    first = opened(noon, replace(SPILL, lead="Sở Y tế", participants=("Công an tỉnh",)))
    incidents.word(noon, first.id, "Vết dầu đã được khoanh vùng.")
    routes = incidents.view(noon, first.id).places
    kinds = [route.place.kind for route in routes]
    assert {PlaceKind.PARTY, PlaceKind.PRESS_AUTHORITY, PlaceKind.OFFICE} <= set(kinds)
    for route in routes:
        drafted, _changes = incidents.draft_message(noon, first.id, route.place.id)
        assert drafted.letter.addressees == (route.addressee,)
        assert drafted.letter.urgency is not None, "a clock is running"
        assert "chậm nhất 12 giờ 00 phút ngày 02/9/2026" in drafted.letter.body
        assert "Vết dầu đã được khoanh vùng." in drafted.letter.annexes[0].body
        assert to_pdf(compose(drafted.letter)).startswith(b"%PDF")
    seen = incidents.view(noon, first.id)
    assert len(seen.papers) == len(routes)
    sent, _changes = incidents.sent(
        noon, first.id, (routes[0].name,), paper_id=seen.papers[0][0], remark="gửi trục liên thông"
    )
    assert sent.steps[-1].to == (routes[0].name,)
    with pytest.raises(UserError, match="place_unknown"):
        incidents.draft_message(noon, first.id, "nowhere")


def test_the_timeline_is_printed_with_clocks_statements_and_answers(noon: Desk) -> None:
    first = opened(noon, replace(SPILL, participants=("Công an tỉnh",)))
    worded, _changes = incidents.word(noon, first.id, "Vết dầu đã được khoanh vùng.")
    incidents.agree(
        noon,
        first.id,
        "Công an tỉnh",
        "Thượng tá Hòa",
        Stance.OBJECTED,
        sha256=worded.wordings[-1].sha256,
    )
    incidents.say(noon, first.id, said(NOON))
    text = " ".join(poppler.text(incidents.timeline_pdf(noon, first.id)).split())
    for words in ("DIỄN BIẾN VỤ VIỆC", "12:00 02/09/2026", "kịp: 12:00", "chưa đồng ý", "Thượng tá Hòa"):
        assert words in text
    assert worded.wordings[-1].sha256 in text.replace(" ", "")


def test_a_closed_incident_takes_nothing_and_its_clocks_stand_still(noon: Desk) -> None:
    first = opened(noon)
    closed, _changes = incidents.close(noon, first.id, "Báo nhầm")
    assert (closed.state, closed.due_at) == (IncidentState.CLOSED, None)
    with pytest.raises(ConflictError, match="incident_move_illegal"):
        incidents.say(noon, first.id, said(NOON))
    with pytest.raises(ConflictError, match="incident_closed"):
        incidents.save_facts(noon, first.id, replace(SPILL, place="nơi khác"), closed.version)
    with pytest.raises(UserError) as refused:
        incidents.reopen(noon, first.id, " ")
    assert refused.value.field == "remark"
    again, _changes = incidents.reopen(noon, first.id, "Có thêm thông tin")
    assert (again.state, again.due_at) == (IncidentState.OPEN, NOON + timedelta(hours=24))


def test_what_is_due_first_leads_the_list_and_closed_ones_end_it(noon: Desk) -> None:
    late = opened(noon, replace(SPILL, title="Sau"))
    soon = opened(noon, replace(SPILL, title="Trước", received_at=NOON - timedelta(hours=3)))
    none = opened(noon, IncidentDraft("Chưa có mốc"))
    gone = opened(noon, replace(SPILL, title="Đã xong"))
    incidents.close(noon, gone.id)
    rows = incidents.incident_rows(noon, incidents.incident_numbers(noon))
    assert [row.id for row in rows] == [soon.id, late.id, none.id, gone.id]
    assert [row.id for row in incidents.incident_rows(noon, incidents.incident_numbers(noon, "truoc"))] == [
        soon.id
    ]


def test_the_chain_answers_for_what_is_known_and_done(office: Office) -> None:
    desk = office.spokesperson
    first = opened(desk, replace(SPILL, received_at=None))
    incidents.word(desk, first.id, "Một bản.")
    incidents.say(desk, first.id, said(desk.now() - timedelta(minutes=1)))
    assert workspace.doctor(desk).ok
    facts = replace(SPILL, received_at=desk.now() - timedelta(hours=2))
    incidents.save_facts(desk, first.id, facts, first.version)
    assert workspace.doctor(desk).ok


def test_the_doctor_sees_a_deadline_that_was_moved_outside_the_program(desk: Desk) -> None:
    first = opened(desk, replace(SPILL, received_at=desk.now()))
    with desk.write() as unit:
        moved = update(tables_incidents.incident).values(due_at=desk.now() + timedelta(days=3))
        unit.incidents._connection.execute(moved)  # type: ignore[attr-defined]
    faults = workspace.doctor(desk).chain
    assert [(fault.kind, fault.entry) for fault in faults] == [("incident", first.id)]


def test_an_open_incident_keeps_its_rules_and_says_what_a_new_pack_would_change(
    noon: Desk, tmp_path: Path
) -> None:
    first = opened(noon)
    pack = tmp_path / "quy-dinh.toml"
    pack.write_text(
        '[pack]\nkind = "local"\nname = "Quy định của tỉnh"\nversion = "2026.12.1"\n'
        '[[instrument]]\nid = "QDT"\nname = "Quyết định số 9/2026/QĐ-UBND"\ntitle = "Quy chế phát ngôn"\n'
        'in_force_from = 2026-07-01\nconfidence = "verified"\nsource = "bản ký"\n'
        '[[rule]]\nid = "QDT-12"\ntitle = "Phát ngôn ban đầu trong 12 giờ"\nevent = "incident_received"\n'
        'trigger = "lúc tiếp nhận"\nduration = 12\nunit = "hours"\nactor = "Người phát ngôn"\naction = "Phát ngôn."\n'
        'instrument = "QDT"\narticle = "5"\nconfidence = "verified"\nsource = "bản ký"\n',
        encoding="utf-8",
    )
    rulepacks.take(noon, pack)
    seen = incidents.view(noon, first.id)
    assert [clock.due.rule_id for clock in seen.incident.clocks] == ["N244-INIT-24A"]
    assert [(change.kept, change.now and change.now.due.rule_id) for change in seen.changes] == [
        (None, "QDT-12")
    ]
    new = opened(noon)
    assert new.due_at == NOON + timedelta(hours=12)
    assert incidents.view(noon, new.id).changes == ()


def logged(desk: Desk, channel: Channel, occasion: str, moment: datetime) -> None:
    draft = ContactDraft(
        channel=channel,
        received_at=moment,
        outlet="Báo Long An",
        journalist="Lê Thị Hà",
        topic="Hạn mặn",
        occasion=occasion,
    )
    journal.log_contact(desk, draft)


def test_the_figures_of_the_year_are_counted_for_any_period_and_written_out(
    noon: Desk, tmp_path: Path
) -> None:
    for _twice in range(2):
        logged(noon, Channel.CONFERENCE, "Họp báo quý III", NOON - timedelta(days=2))
    logged(noon, Channel.BRIEFING, "Giao ban tháng 8", NOON - timedelta(days=3))
    in_time, late, _silent = (opened(noon, replace(SPILL, title=title)) for title in ("Một", "Hai", "Ba"))
    incidents.say(noon, in_time.id, said(NOON))
    morrow = at(noon, NOON + timedelta(hours=30))
    incidents.say(morrow, late.id, said(NOON + timedelta(hours=29), StatementForm.CONFERENCE))
    found = counters.count(morrow, date(2026, 8, 25), date(2026, 9, 3))
    figures = {row.key: row.figure for row in found.rows}
    assert figures["conferences"] == "2", "one with two reporters, one about the incident"
    assert figures["briefings"] == "1"
    assert figures["incidents"] == "2/3"
    assert figures["in_time"] == "1/3"
    assert counters.count(morrow, date(2026, 1, 1), date(2026, 1, 31)).rows[3].figure == "0/0"
    year = counters.count(morrow)
    assert (year.first, year.last) == (date(2025, 12, 15), date(2026, 12, 14))
    target = counters.export(morrow, found, tmp_path / "so-lieu.csv")
    assert "2/3" in target.read_text(encoding="utf-8-sig")
    drafted, _changes = counters.draft_report(morrow, found)
    assert drafted.letter.kind is LetterKind.BAO_CAO
    assert to_pdf(compose(drafted.letter)).startswith(b"%PDF")
    with pytest.raises(UserError, match="period_turned"):
        counters.count(noon, date(2026, 9, 2), date(2026, 9, 1))


def test_a_conference_noted_among_the_duties_counts_once(noon: Desk) -> None:
    duties.set_agency_kind(noon, "province")
    turn = next(turn for turn in duties.upcoming(noon) if turn.rule.event == "press_conference_held")
    duties.done(noon, turn.rule.id, turn.due_on, date(2026, 8, 30))
    logged(noon, Channel.CONFERENCE, "", NOON - timedelta(days=2))
    assert counters.count(noon, date(2026, 8, 1), date(2026, 8, 31)).rows[0].figure == "1"


def test_evidence_stands_in_the_timeline_with_its_hash_and_the_doctor_reads_it(
    noon: Desk, tmp_path: Path
) -> None:
    found = opened(noon)
    photo = tmp_path / "vet-dau.txt"
    photo.write_text("Ảnh vệt dầu lúc 11 giờ", encoding="utf-8")
    kept = journal.keep_file(noon, photo)
    with pytest.raises(UserError) as caught:
        incidents.add_evidence(noon, found.id, ())
    assert caught.value.field == "files"
    after, _changes = incidents.add_evidence(noon, found.id, [kept], "Người dân gửi qua Zalo")
    assert after.files == (kept,)
    assert after.state is found.state
    assert [hit.id for hit in find.find(noon, "vet dau.txt", ("incident",))] == [found.id]
    pdf = " ".join(poppler.text(incidents.timeline_pdf(noon, found.id)).split())
    assert kept.sha256 in pdf.replace(" ", "")
    assert "Người dân gửi qua Zalo" in pdf
    incidents.close(noon, found.id)
    late, _changes = incidents.add_evidence(noon, found.id, [kept], "Bản gốc đã nhận")
    assert late.state is IncidentState.CLOSED, "what comes to hand later is evidence too"
    assert workspace.doctor(noon).ok
    with noon.read() as unit:
        assert kept.sha256 in unit.files_named(shared=True)
