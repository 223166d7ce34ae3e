"""Papers: legal moves only, each recorded; text frozen at approval; a number once a year."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.services import papers, people, workspace
from spokesdesk.services.ports import Desk
from tests.desks import Office


def a_draft(desk: Desk, subject: str = "đề nghị cải chính thông tin") -> Paper:
    letter = replace(
        papers.blank(desk, LetterKind.CONG_VAN),
        subject=subject,
        addressees=("Tổng Biên tập Báo Điện tử Sông Vàm",),
        body="Ngày 12/3/2018, quý Báo đăng bài viết về ông V.H.T.\n\nSở đề nghị quý Báo cải chính.",
    )
    return papers.create(desk, letter)[0]


def approved(office: Office, subject: str = "đề nghị cải chính thông tin") -> Paper:
    draft = a_draft(office.drafter, subject)
    papers.submit(office.drafter, draft.id)
    return papers.approve(office.leader, draft.id)[0]


def test_the_whole_way_is_recorded_with_who_and_when(office: Office) -> None:
    paper = approved(office)
    papers.number(office.registry, paper.id)
    released = papers.release(office.registry, paper.id)[0]
    assert released.state is PaperState.RELEASED
    assert [(step.move, step.by.name) for step in released.moves] == [
        (Move.SUBMIT, "Lê Thị Ánh"),
        (Move.APPROVE, "Nguyễn Văn Ổn"),
        (Move.NUMBER, "Phạm Thị Ấn"),
        (Move.RELEASE, "Phạm Thị Ấn"),
    ]
    assert not any(step.is_flagged for step in released.moves)
    assert workspace.doctor(office.registry).ok


@pytest.mark.parametrize("move", [papers.approve, papers.release])
def test_a_draft_cannot_jump_its_way(office: Office, move: object) -> None:
    draft = a_draft(office.drafter)
    with pytest.raises(ConflictError):
        move(office.leader, draft.id)  # type: ignore[operator]
    assert papers.paper(office.drafter, draft.id).state is PaperState.DRAFT


def test_only_a_leader_approves_and_only_the_registry_numbers(office: Office) -> None:
    draft = a_draft(office.drafter)
    papers.submit(office.drafter, draft.id)
    with pytest.raises(AccessError):
        papers.approve(office.registry, draft.id)
    papers.approve(office.leader, draft.id)
    with pytest.raises(AccessError):
        papers.number(office.leader, draft.id)


def test_a_paper_is_returned_with_a_remark_and_comes_again(office: Office) -> None:
    draft = a_draft(office.drafter)
    papers.submit(office.drafter, draft.id)
    with pytest.raises(UserError):
        papers.return_paper(office.leader, draft.id, "  ")
    back = papers.return_paper(office.leader, draft.id, "Số liệu mục 2 chưa khớp")[0]
    assert back.moves[-1].remark == "Số liệu mục 2 chưa khớp"
    better = replace(back.letter, body=back.letter.body + "\n\nĐã sửa.")
    papers.save_letter(office.drafter, draft.id, better, back.version)
    assert papers.submit(office.drafter, draft.id)[0].state is PaperState.SUBMITTED


def test_an_approved_text_is_frozen(office: Office) -> None:
    paper = approved(office)
    with pytest.raises(ConflictError) as caught:
        papers.save_letter(office.drafter, paper.id, replace(paper.letter, subject="khác"), paper.version)
    assert caught.value.code == "paper_frozen"
    assert papers.paper(office.drafter, paper.id).letter == paper.letter


def test_two_people_editing_one_draft_lose_nothing(office: Office) -> None:
    draft = a_draft(office.drafter)
    papers.save_letter(office.drafter, draft.id, replace(draft.letter, subject="bản của Ánh"), draft.version)
    mine = replace(draft.letter, subject="bản của Khuê")
    with pytest.raises(ConflictError) as caught:
        papers.save_letter(office.spokesperson, draft.id, mine, draft.version)
    assert caught.value.code == "paper_changed_meanwhile"
    assert papers.paper(office.drafter, draft.id).letter.subject == "bản của Ánh"


def test_saving_an_unchanged_text_makes_no_version(office: Office) -> None:
    draft = a_draft(office.drafter)
    same, changes = papers.save_letter(office.drafter, draft.id, draft.letter, draft.version)
    assert (same.version, changes) == (1, ())


def test_one_person_may_approve_the_own_paper_but_it_is_flagged(desk: Desk) -> None:
    alone, _changes = people.save_member(desk, MemberDraft("Một mình", frozenset(Role)))
    mine = desk.working_as(alone)
    draft = a_draft(mine)
    papers.submit(mine, draft.id)
    assert papers.approve(mine, draft.id, "Việc khẩn")[0].moves[-1].is_flagged


def test_numbers_run_from_01_without_gaps_and_never_twice(office: Office) -> None:
    stamped = [papers.number(office.registry, approved(office, f"việc {n}").id)[0] for n in range(3)]
    assert [paper.number for paper in stamped] == [1, 2, 3]
    with pytest.raises(ConflictError) as caught:
        papers.number(office.registry, approved(office).id, 2)
    assert caught.value.code == "number_taken"


def test_desks_that_take_the_next_number_at_once_each_get_their_own(office: Office) -> None:
    waiting = [approved(office, f"việc {n}").id for n in range(4)]
    with ThreadPoolExecutor(4) as desks:
        made = list(desks.map(lambda paper_id: papers.number(office.registry, paper_id)[0].number, waiting))
    assert sorted(made) == [1, 2, 3, 4]  # type: ignore[type-var]


def test_each_year_and_each_kind_has_its_own_series(office: Office) -> None:
    today = vn_day(office.registry.now())
    papers.number(office.registry, approved(office).id, 214, today)
    last_year = papers.number(office.registry, approved(office).id, 214, date(2018, 3, 12))[0]
    assert last_year.number == 214
    assert papers.number(office.registry, approved(office).id)[0].number == 215


def test_a_date_of_tomorrow_is_refused(office: Office) -> None:
    paper = approved(office)
    with pytest.raises(UserError):
        papers.number(office.registry, paper.id, on=vn_day(office.registry.now()) + timedelta(days=1))
    assert papers.paper(office.registry, paper.id).state is PaperState.APPROVED


def test_the_files_made_at_numbering_carry_the_number_and_never_change(office: Office) -> None:
    paper = papers.number(office.registry, approved(office).id, 214, date(2018, 3, 12))[0]
    first = papers.file(office.registry, paper.id, "pdf")
    papers.release(office.registry, paper.id)
    assert papers.file(office.registry, paper.id, "pdf") == first
    assert first.startswith(b"%PDF")
    assert papers.file(office.registry, paper.id, "docx").startswith(b"PK")


@pytest.mark.parametrize(
    ("missing", "empty"),
    [("subject", ""), ("body", " "), ("addressees", ()), ("signers", ()), ("symbol", ""), ("place", "")],
)
def test_an_incomplete_paper_is_not_submitted(office: Office, missing: str, empty: object) -> None:
    draft = a_draft(office.drafter)
    lacking = replace(draft.letter, **{missing: empty})  # type: ignore[arg-type]
    papers.save_letter(office.drafter, draft.id, lacking, draft.version)
    with pytest.raises(UserError) as caught:
        papers.submit(office.drafter, draft.id)
    assert caught.value.field == missing
    assert papers.paper(office.drafter, draft.id).state is PaperState.DRAFT
