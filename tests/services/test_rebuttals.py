"""Rounds of a rebuttal: counted and clocked by the law of their day, each letter filled from the one before."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.coverage import Article, Ask
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundState, RoundTo
from spokesdesk.services import coverage, journal, papers, rebuttals, today
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.services.articles import QUOTE, article, at, claim

# Thứ Năm 10/9/2026, 9 giờ.
DELIVERED = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def first_round(desk: Desk, found: Article) -> Round:
    rebuttals.open_rebuttal(desk, found.id)
    return rebuttals.rounds(desk, found.id).rounds[-1].round


def delivered(desk: Desk, found: Article, when: datetime = DELIVERED) -> Round:
    made = first_round(desk, found)
    return rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=when)[0]


def last_day(each: Round, rule: str) -> date | None:
    due = next(due for due in each.dues if due.rule_id == rule)
    return to_vn(due.due_at).date() if due.due_at else None


@pytest.mark.parametrize(
    ("kind", "rule", "day"),
    [
        (OutletKind.ONLINE, "N237-COR-WEB", None),
        # Hai ngày kể từ ngày nhận: 12/9/2026 là thứ Bảy, hết hạn vào thứ Hai 14/9.
        (OutletKind.DAILY, "N237-COR-DAY", date(2026, 9, 14)),
        (OutletKind.BROADCAST, "N237-COR-DAY", date(2026, 9, 14)),
        (OutletKind.WEEKLY, "N237-COR-WEEK", None),
        (OutletKind.MAGAZINE, "N237-COR-WEEK", None),
    ],
)
def test_clocks_go_by_the_kind_of_outlet(desk: Desk, kind: OutletKind, rule: str, day: date | None) -> None:
    desk = at(desk, LATER)
    made = delivered(desk, article(desk, claim(), kind=kind))
    assert {due.rule_id for due in made.dues} == {rule, "N237-ASK-15"}
    assert last_day(made, rule) == day
    # 15 ngày làm việc sau thứ Năm 10/9/2026: thứ Năm 01/10.
    assert last_day(made, "N237-ASK-15") == date(2026, 10, 1)
    assert all(due.citation for due in made.dues)
    assert all(due.cited.startswith("chưa xác minh") for due in made.dues), "one copy was seen"


def test_a_magazine_of_more_than_thirty_days_answers_in_writing(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim(), kind=OutletKind.MAGAZINE, periodicity="02 tháng/kỳ".replace("02", "2"))
    made = delivered(desk, found)
    assert "N237-COR-MAG30" in {due.rule_id for due in made.dues}


def test_a_response_asked_for_starts_its_own_clock(desk: Desk) -> None:
    desk = at(desk, LATER)
    made = delivered(desk, article(desk, claim(asks=(Ask.RESPONSE,)), kind=OutletKind.DAILY))
    assert {due.rule_id for due in made.dues} == {"N237-FB-PUB-DAY", "N237-ASK-15"}


def test_the_law_of_the_day_of_arrival_sets_clocks_and_number_of_rounds(desk: Desk) -> None:
    desk = at(desk, LATER)
    old = article(desk, claim(), published_at=datetime(2018, 3, 7, 3, 0, tzinfo=UTC), outlet="Báo Xưa")
    made = delivered(desk, old, datetime(2018, 3, 12, 3, 0, tzinfo=UTC))
    assert {due.rule_id for due in made.dues} == {"L103-42-WEB", "L103-39-ASK-15"}
    limit = rebuttals.rounds(desk, old.id).limit
    assert limit is not None
    assert (limit.times, limit.due.confidence) == (3, "verified")
    new = delivered(desk, article(desk, claim()))
    limit = rebuttals.rounds(desk, new.article_id).limit
    assert limit is not None
    assert (limit.times, limit.due.rule_id, limit.due.confidence) == (2, "N237-FB-ROUNDS", "conflicting")
    assert limit.due.cited.startswith("chưa xác minh")


def test_where_the_law_says_at_once_we_look_again_the_next_working_day(desk: Desk) -> None:
    desk = at(desk, LATER)
    # Nhận chiều thứ Sáu 11/9/2026.
    made = delivered(desk, article(desk, claim()), datetime(2026, 9, 11, 9, 0, tzinfo=UTC))
    due = made.next_due
    assert due is not None
    assert due.due_at is not None
    assert to_vn(due.due_at).date() == date(2026, 9, 14)
    assert due.rule_id == "N237-COR-WEB"
    own = rebuttals.undo(desk, made.id)[0]
    again = rebuttals.note(desk, own.id, RoundMove.DELIVER, done_at=DELIVERED, look_on=date(2026, 9, 20))[0]
    assert again.next_due is not None
    assert again.next_due.due_at is not None
    assert to_vn(again.next_due.due_at).date() == date(2026, 9, 20)


def test_what_is_awaited_stands_on_the_page_of_the_day_until_it_is_decided(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim(), kind=OutletKind.DAILY)
    assert [item for item in today.board(desk).due if item.kind == "article"] == []
    made = delivered(desk, found)
    (item,) = [item for item in today.board(desk).due if item.kind == "article"]
    assert (item.id, item.title, item.detail) == (found.id, found.title, found.outlet.name)
    assert "Điều 19" in item.due.citation
    rebuttals.note(desk, made.id, RoundMove.REFUSE, remark="Cho là đúng")
    assert [item for item in today.board(desk).due if item.kind == "article"] == []
    rebuttals.undo(desk, made.id)
    assert len([item for item in today.board(desk).due if item.kind == "article"]) == 1


def test_an_answer_in_writing_stops_the_clock_of_the_answer_not_that_of_the_correction(desk: Desk) -> None:
    desk = at(desk, LATER)
    made = delivered(desk, article(desk, claim(), kind=OutletKind.WEEKLY))
    answered = rebuttals.note(desk, made.id, RoundMove.ANSWER, done_at=DELIVERED)[0]
    assert answered.state is RoundState.ANSWERED
    assert answered.next_due is not None
    assert answered.next_due.rule_id == "N237-COR-WEEK"


def test_a_correction_online_is_looked_after_until_it_stayed_long_enough(desk: Desk) -> None:
    desk = at(desk, LATER)
    made = delivered(desk, article(desk, claim()))
    published = datetime(2026, 9, 11, 2, 0, tzinfo=UTC)
    made = rebuttals.note(desk, made.id, RoundMove.CORRECT, done_at=published, url="https://vi.du/cc")[0]
    assert made.state is RoundState.CORRECTED
    assert made.next_due is not None
    assert made.next_due.due_at is not None
    assert (made.next_due.rule_id, to_vn(made.next_due.due_at).date()) == ("N237-COR-KEEP", date(2026, 9, 18))
    assert "chưa xác minh" in made.next_due.cited
    kept = rebuttals.note(desk, made.id, RoundMove.KEPT)[0]
    assert (kept.state, kept.next_due, kept.moves) == (RoundState.CORRECTED, None, (RoundMove.UNDO,))


def test_only_what_follows_can_be_written_down(desk: Desk) -> None:
    desk = at(desk, LATER)
    made = first_round(desk, article(desk, claim()))
    with pytest.raises(ConflictError) as refused:
        rebuttals.note(desk, made.id, RoundMove.CORRECT)
    assert refused.value.code == "round_move_illegal"
    with pytest.raises(UserError) as future:
        rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=datetime(2026, 12, 3, tzinfo=UTC))
    assert future.value.field == "done_at"
    rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=DELIVERED)
    with pytest.raises(UserError) as before:
        rebuttals.note(desk, made.id, RoundMove.ANSWER, done_at=datetime(2026, 9, 1, tzinfo=UTC))
    assert before.value.code == "round_before_delivery"


def test_two_people_noting_at_once_do_not_both_count(desk: Desk) -> None:
    desk = at(desk, LATER)
    made = delivered(desk, article(desk, claim()))
    step = replace(made.steps[-1], id=desk.new_id(), move=RoundMove.REFUSE, done_at=LATER)
    rebuttals.note(desk, made.id, RoundMove.ANSWER)
    with desk.write() as unit, pytest.raises(ConflictError) as refused:
        unit.rebuttals.step(made, step, replace(made, steps=(*made.steps, step)))
    assert refused.value.code == "round_changed_meanwhile"


def test_the_letter_names_the_head_by_kind_the_claims_and_who_gets_a_copy(desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "bien-ban.txt"
    report.write_text("Biên bản", encoding="utf-8")
    kept = journal.keep_file(desk, report)
    proven = claim(files=(kept,), links=("https://vi.du/tcbc",), asks=(Ask.CORRECTION, Ask.REMOVAL))
    found = article(desk, proven, claim("Có 120 hộ phải dời nhà", "Có 12 hộ | 3 thôn", files=(kept,)),
                    kind=OutletKind.BROADCAST, outlet="Đài Ví Dụ")  # fmt: skip
    letter = rebuttals.open_rebuttal(desk, found.id)[0].letter
    assert letter.addressees == ("Tổng Giám đốc Đài Ví Dụ",)
    assert "cải chính, xin lỗi về những nội dung nêu trên; gỡ bỏ nội dung sai sự thật" in letter.body
    assert "Hội chủ quản Đài Ví Dụ (để biết)" in letter.recipients
    assert any("Sở Văn hóa, Thể thao và Du lịch" in each for each in letter.recipients)
    table, evidence = letter.annexes
    assert table.landscape
    rows = [line for line in table.body.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert QUOTE in rows[2]
    assert "Cải chính, xin lỗi; Gỡ bỏ" in rows[2]
    assert "Chứng cứ 1, 2" in rows[2]
    assert "12 hộ \\| 3 thôn" in rows[3]
    assert found.text_sha256.startswith(table.body.partition("SHA-256 của toàn văn đã lưu: ")[2][:8])
    assert kept.sha256 in evidence.body.replace(" ", "")
    assert evidence.body.count("bien-ban.txt") == 1, "the same file proves two claims and is listed once"
    assert "cho nội dung 1, 2" in evidence.body
    assert "https://vi.du/tcbc" in evidence.body
    assert papers.lint(letter) == ()


def test_many_claims_stand_in_the_annex_alone(desk: Desk) -> None:
    found = article(desk, *(claim(fact=f"Sự thật thứ {n}") for n in range(1, 6)))
    letter = rebuttals.open_rebuttal(desk, found.id)[0].letter
    assert "Sự thật thứ 5" not in letter.body
    assert "Sự thật thứ 5" in letter.annexes[0].body


def test_a_letter_still_being_written_is_given_again(desk: Desk) -> None:
    found = article(desk, claim())
    first, _changes = rebuttals.open_rebuttal(desk, found.id)
    assert rebuttals.open_rebuttal(desk, found.id)[0].id == first.id
    assert len(rebuttals.rounds(desk, found.id).rounds) == 1


def number_it(office: Office, paper_id: UUID, number: int) -> None:
    papers.submit(office.drafter, paper_id)
    papers.approve(office.leader, paper_id)
    papers.number(office.registry, paper_id, number)


def test_the_next_letter_tells_of_the_one_before_and_its_fate(office: Office) -> None:
    desk = at(office.drafter, LATER)
    found = article(desk, claim(), outlet="Báo Ví Dụ")
    paper, _changes = rebuttals.open_rebuttal(desk, found.id)
    number_it(office, paper.id, 77)
    (made,) = rebuttals.rounds(desk, found.id).rounds
    rebuttals.note(desk, made.round.id, RoundMove.DELIVER, done_at=DELIVERED)
    with pytest.raises(ConflictError) as refused:
        rebuttals.open_rebuttal(desk, found.id)
    assert refused.value.code == "round_open"
    rebuttals.note(desk, made.round.id, RoundMove.SILENT)
    letter = rebuttals.open_rebuttal(desk, found.id)[0].letter
    assert letter.subject == "đề nghị cải chính thông tin (lần 2)"
    first = letter.body.split("\n\n")[0]
    assert "77/STTTT-TTBCXB" in first
    assert "nhận ngày 10/9/2026" in first
    assert "chưa nhận được trả lời" in first
    second = rebuttals.rounds(desk, found.id).rounds[-1].round
    assert (second.number, second.to, second.state) == (2, RoundTo.OUTLET, RoundState.WRITING)


def test_escalation_names_every_round_and_the_law_with_its_doubt(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    made = delivered(desk, found)
    assert rebuttals.rounds(desk, found.id).next_steps == (), "nothing has failed yet"
    rebuttals.note(desk, made.id, RoundMove.REFUSE, done_at=datetime(2026, 9, 15, tzinfo=UTC))
    steps = rebuttals.rounds(desk, found.id).next_steps
    assert [step.to for step in steps] == [RoundTo.GOVERNING_BODY, RoundTo.PRESS_AUTHORITY, RoundTo.COURT]
    assert all(step.confidence == "from_memory" for step in steps)
    paper, _changes = rebuttals.escalate(desk, found.id, RoundTo.GOVERNING_BODY)
    assert paper is not None
    assert paper.letter.addressees == ("Hội chủ quản Báo Ví Dụ",)
    assert "Lần 1: Báo Ví Dụ nhận văn bản ngày 10/9/2026; kết quả: từ chối." in paper.letter.body
    assert "chưa xác minh" in paper.letter.body
    assert papers.lint(paper.letter) == ()
    up = rebuttals.rounds(desk, found.id).rounds[-1].round
    asked = rebuttals.note(desk, up.id, RoundMove.DELIVER, done_at=datetime(2026, 9, 16, tzinfo=UTC))[0]
    assert asked.dues == (), "no clock of the press binds a governing body"
    assert asked.next_due is not None


def test_every_press_authority_of_today_is_a_way_of_its_own(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim(), governing_body="")
    made = delivered(desk, found)
    rebuttals.note(desk, made.id, RoundMove.SILENT)
    ways = [way for way in rebuttals.rounds(desk, found.id).ways if way.step.to is RoundTo.PRESS_AUTHORITY]
    assert len(ways) > 1
    assert all("Thông tin và Truyền thông" not in way.name for way in ways), "those of the past are gone"
    for way in ways:
        paper, _changes = rebuttals.escalate(desk, found.id, way.step.to, way.place_id)
        assert paper is not None
        assert paper.letter.addressees == (way.name,)
    with pytest.raises(UserError) as refused:
        rebuttals.escalate(desk, found.id, RoundTo.PRESS_AUTHORITY, "khong-co")
    assert refused.value.code == "place_unknown"


def test_a_court_is_a_step_without_a_letter_of_ours(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    made = delivered(desk, found)
    rebuttals.note(desk, made.id, RoundMove.SILENT)
    paper, _changes = rebuttals.escalate(desk, found.id, RoundTo.COURT)
    assert paper is None
    assert rebuttals.rounds(desk, found.id).rounds[-1].round.to is RoundTo.COURT


def test_a_governing_body_nobody_wrote_down_is_said(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim(), governing_body="")
    made = delivered(desk, found)
    rebuttals.note(desk, made.id, RoundMove.SILENT)
    with pytest.raises(UserError) as refused:
        rebuttals.escalate(desk, found.id, RoundTo.GOVERNING_BODY)
    assert refused.value.code == "governing_body_unknown"


def test_the_chain_holds_every_step(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    made = delivered(desk, found)
    rebuttals.note(desk, made.id, RoundMove.REFUSE)
    rebuttals.undo(desk, made.id)
    with desk.read() as unit:
        kinds = [link.kind for link in unit.chain.links()]
        assert unit.chain.body_faults() == []
    assert kinds.count("round_step") == 4
    assert coverage.article(desk, found.id).claims[0].id == made.claims[0]
