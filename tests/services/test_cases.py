"""Case files on a real desk: opened from a contact, corrected by versions, moved, and never quietly changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from spokesdesk.domain.cases import Case, CaseDraft, CaseKind, CaseMove, CaseOutcome, CaseState
from spokesdesk.domain.errors import AccessError, ConflictError, DeskError, UserError
from spokesdesk.domain.evidence import Taken
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.people import Outlet
from spokesdesk.domain.routing import Place, PlaceKind, Trust
from spokesdesk.services import case_letter, cases, evidence, find, journal, people, routing, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store import tables_cases
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_pdf import to_pdf
from tests.desks import Office

FACTS = CaseDraft(
    CaseKind.IMPOSTOR,
    "Người tự xưng phóng viên Báo Ảo đòi tiền",
    happened_at=datetime(2026, 9, 1, 2, 0, tzinfo=UTC),
    place="Trụ sở UBND xã Tân Ân",
    person="Trần Văn Giả",
    outlet="Báo Ảo",
    marks="0912 345 678; xe 62-A1 123.45",
    facts="1. Đến lúc 9 giờ.\n2. Đòi ký *hợp đồng* quảng cáo | dọa đăng bài.",
)


def opened(desk: Desk) -> Case:
    return cases.open_case(desk, FACTS)[0]


def visit(desk: Desk) -> UUID:
    draft = ContactDraft(
        channel=Channel.VISIT,
        received_at=desk.now() - timedelta(minutes=5),
        outlet="Báo Ảo",
        journalist="Trần Văn Giả",
        topic="Hỏi về dự án cầu Ấp Bắc",
        questions=("Ai ký hợp đồng?",),
    )
    return journal.log_contact(desk, draft)[0].id


def test_a_case_from_a_contact_is_filled_and_linked_and_opened_once(desk: Desk) -> None:
    contact_id = visit(desk)
    found, is_new, _changes = cases.open_from_contact(desk, contact_id)
    assert is_new
    assert found.facts.contact_id == contact_id
    assert (found.facts.person, found.facts.outlet) == ("Trần Văn Giả", "Báo Ảo")
    assert found.facts.kind is CaseKind.IMPOSTOR
    assert found.facts.happened_at == journal.contact(desk, contact_id).received_at
    assert "Hỏi về dự án cầu Ấp Bắc" in found.facts.facts
    assert "Chưa xuất trình giấy tờ" in found.facts.facts
    again, is_new, _changes = cases.open_from_contact(desk, contact_id)
    assert (again.id, is_new) == (found.id, False)
    passed = people.timeline(desk, journalist_id=journal.contact(desk, contact_id).journalist.id)  # type: ignore[union-attr]
    assert (passed[0].kind, passed[0].detail) == ("case", "Đang thu thập")
    cases.close(desk, found.id, CaseOutcome.MISTAKE)
    assert cases.open_from_contact(desk, contact_id)[0].id != found.id


def test_facts_are_corrected_by_versions_and_the_old_ones_stay(desk: Desk) -> None:
    made = opened(desk)
    saved, _changes = cases.save_facts(desk, made.id, replace(FACTS, person="Trần Văn Gỉa"), made.version)
    assert saved.version == 2
    same, _changes = cases.save_facts(desk, made.id, saved.facts, saved.version)
    assert same.version == 2
    with pytest.raises(ConflictError, match="case_changed_meanwhile"):
        cases.save_facts(desk, made.id, FACTS, 1)
    first, second = cases.versions(desk, made.id)
    assert (first.facts.person, second.facts.person) == ("Trần Văn Giả", "Trần Văn Gỉa")
    assert workspace.doctor(desk).ok


def test_moves_lead_from_open_to_reported_to_closed_and_back(office: Office) -> None:
    desk = office.spokesperson
    made = opened(desk)
    told, _changes = cases.report(desk, made.id, ("Công an xã Tân Ân",), remark="gọi điện, gặp trực ban")
    assert told.state is CaseState.REPORTED
    told, _changes = cases.report(office.drafter, made.id, ("Cục Báo chí",))
    closed, _changes = cases.close(desk, made.id, CaseOutcome.PASSED, "Công an đã nhận hồ sơ")
    assert closed.state is CaseState.CLOSED
    with pytest.raises(ConflictError, match="case_move_illegal"):
        cases.report(desk, made.id, ("Cục Báo chí",))
    with pytest.raises(ConflictError, match="case_closed"):
        cases.save_facts(desk, made.id, replace(FACTS, person="Khác"), closed.version)
    with pytest.raises(UserError, match="remark"):
        cases.reopen(desk, made.id, "  ")
    again, _changes = cases.reopen(desk, made.id, "có thêm nhân chứng")
    assert again.state is CaseState.OPEN
    moves = [(step.move, step.by.name) for step in again.steps]
    assert moves == [
        (CaseMove.OPEN, "Trần Minh Khuê"),
        (CaseMove.REPORT, "Trần Minh Khuê"),
        (CaseMove.REPORT, "Lê Thị Ánh"),
        (CaseMove.CLOSE, "Trần Minh Khuê"),
        (CaseMove.REOPEN, "Trần Minh Khuê"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 251}, "title"),
        ({"person": "a\u202eb"}, "person"),
        ({"happened_at": datetime(2100, 1, 1, tzinfo=UTC)}, "happened_at"),
        ({"facts": "a" * 20_001}, "facts"),
    ],
)
def test_facts_that_cannot_be_taken_name_their_field(
    desk: Desk, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(UserError) as caught:
        cases.open_case(desk, replace(FACTS, **changes))  # type: ignore[arg-type]
    assert caught.value.field == field
    assert cases.case_numbers(desk) == ()


def test_a_report_needs_somebody_who_was_told(desk: Desk) -> None:
    made = opened(desk)
    with pytest.raises(UserError, match="case_told_nobody"):
        cases.report(desk, made.id, ("  ",))
    with pytest.raises(UserError, match="case_in_future"):
        cases.report(desk, made.id, ("Công an",), done_at=desk.now() + timedelta(hours=1))
    assert cases.case(desk, made.id).state is CaseState.OPEN


def test_cases_are_found_without_accents_by_facts_moves_and_evidence(desk: Desk, tmp_path: Path) -> None:
    made = opened(desk)
    other = cases.open_case(desk, CaseDraft(CaseKind.HARASSMENT, "Việc khác"))[0]
    evidence.add_testimony(desk, made.id, "Chị Đỗ Thị Ổn thấy người này chụp ảnh", Taken(by="Đỗ Thị Ổn"))
    cases.report(desk, made.id, ("Công an phường Ông Ích Khiêm",))
    for words in ("tran van gia", "hop dong", "do thi on chup", "ong ich khiem", "mao danh"):
        assert [row.id for row in cases.case_rows(desk, cases.case_numbers(desk, words))] == [made.id], words
    assert [hit.kind for hit in find.find(desk, "tan an")] == ["case"]
    reported = cases.case_numbers(desk, "", [CaseState.REPORTED])
    assert [row.items for row in cases.case_rows(desk, reported)] == [1]
    assert [row.id for row in cases.case_rows(desk, cases.case_numbers(desk))] == [other.id, made.id]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("case_text", {"facts": "Không có gì xảy ra."}),
        ("case_move", {"author_name": "Người khác"}),
        ("evidence", {"taken_by": "Người khác"}),
        ("custody", {"act": "exported"}),
    ],
)
def test_what_is_changed_behind_the_program_is_found(
    desk: Desk, table: str, values: dict[str, object]
) -> None:
    made = opened(desk)
    evidence.add_testimony(desk, made.id, "Tôi thấy", Taken(by="Chị Ổn"))
    assert workspace.doctor(desk).ok
    with desk.write() as unit:
        unit._connection.execute(update(getattr(tables_cases, table)).values(values))  # type: ignore[attr-defined]
    assert [fault.code for fault in workspace.doctor(desk).chain] == ["body_changed"]


def test_the_report_letter_names_facts_law_places_and_hashes(desk: Desk, tmp_path: Path) -> None:
    people.save_outlet(desk, Outlet(desk.new_id(), "Báo Ảo", governing_body="Hội Nhà Ảo Việt Nam"))
    made = opened(desk)
    photo = tmp_path / "ảnh biển số.jpg"
    photo.write_bytes(b"\xff\xd8 anh")
    item, _changes = evidence.add_file(
        desk, made.id, photo, Taken(FACTS.happened_at, "bảo vệ Lê Văn Ẩn", "biển số xe")
    )
    hidden, _changes = evidence.add_testimony(desk, made.id, "Nhầm hồ sơ", Taken(by="Chị Ổn"))
    evidence.withdraw(desk, hidden.id, "thuộc vụ khác")
    paper, _changes = case_letter.open_report(desk, made.id)
    letter = paper.letter
    assert letter.kind is LetterKind.CONG_VAN
    assert "mạo danh" in letter.subject
    assert "điểm a khoản 2 Điều 6 Nghị định số 119/2020/NĐ-CP (chưa xác minh:" in letter.body
    assert "khoản 4 Điều 27 Luật Báo chí số 126/2025/QH15" in letter.body
    assert "103/2016" not in letter.body
    assert "Hội Nhà Ảo Việt Nam" in letter.addressees
    assert "Cục Báo chí (Bộ Văn hóa, Thể thao và Du lịch)" in letter.addressees
    assert not any("Thông tin và Truyền thông" in name for name in letter.addressees)
    assert "Ban Tuyên giáo và Dân vận Tỉnh ủy" in letter.recipients
    (annex,) = letter.annexes
    assert item.file.sha256 in annex.body.replace(" ", "")
    assert hidden.file.sha256 not in annex.body.replace(" ", "")
    assert "bảo vệ Lê Văn Ẩn" in annex.body
    assert to_pdf(compose(letter)).startswith(b"%PDF")
    after = cases.view(desk, made.id)
    assert (after.case.state, after.case.papers) == (CaseState.OPEN, (paper.id,))
    assert [step.move for step in after.case.steps] == [CaseMove.OPEN, CaseMove.DRAFT]


def test_an_incident_before_july_2026_is_reported_by_the_law_of_its_day(desk: Desk) -> None:
    early = replace(FACTS, happened_at=datetime(2026, 6, 30, 3, tzinfo=UTC))
    made, _changes = cases.open_case(desk, early)
    cited = [offence.citation for offence in cases.view(desk, made.id).law]
    assert "điểm c khoản 2 Điều 25 Luật Báo chí số 103/2016/QH13" in cited
    assert not any("126/2025" in one for one in cited)


def test_places_follow_the_day_and_tell_what_is_not_verified(desk: Desk) -> None:
    then = {place.id: place for place in routing.places(desk, date(2024, 5, 1))}
    now = {place.id: place for place in routing.places(desk, date(2026, 11, 27))}
    assert "so-tttt" in then
    assert "so-vhttdl" not in then
    assert "so-tttt" not in now
    assert now["so-vhttdl"].predecessor == "Sở Thông tin và Truyền thông"
    assert now["duong-day-nong-cuc-bao-chi"].trust is Trust.UNVERIFIED
    assert now["duong-day-nong-cuc-bao-chi"].seen_on == date(2020, 7, 14)
    assert "duong-day-nong-ha-noi" not in now


def test_the_agency_adds_places_of_its_own(office: Office) -> None:
    own = Place(
        "cong-an-phuong",
        PlaceKind.POLICE,
        "Công an phường Tân An",
        addressee="Công an phường Tân An",
        phone="0272 3 113 113",
        trust=Trust.VERIFIED,
        seen_on=date(2026, 11, 1),
    )
    with pytest.raises(AccessError):
        routing.save_local_places(office.drafter, (own,))
    routing.save_local_places(office.spokesperson, (own,))
    first = routing.places(office.drafter, date(2026, 11, 27))[0]
    assert (first.name, first.phone, first.source, first.trust) == (
        "Công an phường Tân An",
        "0272 3 113 113",
        "local",
        Trust.VERIFIED,
    )
    with pytest.raises(UserError) as caught:
        routing.save_local_places(office.spokesperson, (replace(own, name=""),))
    assert caught.value.field == "place_name"


def test_a_case_that_is_not_there_says_so(desk: Desk) -> None:
    with pytest.raises(DeskError, match="record_missing"):
        cases.view(desk, UUID(int=7))
