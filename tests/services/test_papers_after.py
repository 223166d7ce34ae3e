"""Papers after release, flagged approvals, versions: nothing is lost, everything has who, when and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from spokesdesk.domain.compare import RunKind
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import LetterKind, Urgency
from spokesdesk.domain.papers import CorrectionWay, Move, Paper, PaperState, edited_at_approval
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.services import journal, papers, people, workspace
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.services.test_papers import a_draft, approved


def released(office: Office, subject: str = "đề nghị cải chính thông tin") -> Paper:
    paper = approved(office, subject)
    papers.number(office.registry, paper.id)
    return papers.release(office.registry, paper.id)[0]


def self_approved(desk: Desk, reason: str = "Việc khẩn") -> Paper:
    alone, _changes = people.save_member(desk, MemberDraft("Một mình", frozenset(Role)))
    mine = desk.working_as(alone)
    draft = a_draft(mine)
    papers.submit(mine, draft.id)
    return papers.approve(mine, draft.id, reason)[0]


def test_a_correction_is_a_new_paper_and_the_old_one_keeps_everything(office: Office) -> None:
    old = released(office)
    pdf = papers.file(office.leader, old.id, "pdf")
    new, _changes = papers.correct(office.leader, old.id, "Sai số liệu ở mục 2")
    old_now = papers.paper(office.leader, old.id)
    assert (old_now.state, old_now.corrected_by, new.corrects) == (PaperState.CORRECTED, new.id, old.id)
    assert (old_now.letter, old_now.number, old_now.pdf) == (old.letter, old.number, old.pdf)
    assert papers.file(office.leader, old.id, "pdf") == pdf
    assert (old_now.moves[-1].remark, old_now.moves[-1].by.name) == ("Sai số liệu ở mục 2", "Nguyễn Văn Ổn")
    assert (new.state, new.letter.kind) == (PaperState.DRAFT, old.letter.kind)
    assert "thay thế Công văn số 01/STTTT-TTBCXB" in new.letter.body
    assert new.letter.body.endswith(old.letter.body)
    assert workspace.doctor(office.leader).ok


def test_wrong_form_is_corrected_by_a_cong_van(office: Office) -> None:
    old = released(office)
    new, _changes = papers.correct(
        office.spokesperson, old.id, "thiếu chức vụ người ký", CorrectionWay.LETTER
    )
    assert new.letter.kind is LetterKind.CONG_VAN
    assert new.letter.subject.startswith("đính chính Công văn số 01/STTTT-TTBCXB ngày ")
    assert new.letter.addressees == old.letter.addressees
    assert "thiếu chức vụ người ký" in new.letter.body


@pytest.mark.parametrize("move", [papers.correct, papers.withdraw])
def test_after_release_a_reason_is_required(office: Office, move: object) -> None:
    old = released(office)
    with pytest.raises(UserError) as caught:
        move(office.leader, old.id, "  ")  # type: ignore[operator]
    assert caught.value.field == "remark"
    assert papers.paper(office.leader, old.id).state is PaperState.RELEASED


@pytest.mark.parametrize("move", [papers.correct, papers.withdraw])
def test_only_what_was_released_is_corrected_or_withdrawn(office: Office, move: object) -> None:
    paper = approved(office)
    with pytest.raises(ConflictError):
        move(office.leader, paper.id, "nhầm")  # type: ignore[operator]
    with pytest.raises(AccessError):
        move(office.drafter, released(office).id, "nhầm")  # type: ignore[operator]


def test_a_withdrawn_paper_keeps_its_frozen_record(office: Office) -> None:
    old = released(office)
    gone = papers.withdraw(office.leader, old.id, "Ban hành sai thẩm quyền")[0]
    assert (gone.state, gone.moves[-1].move) == (PaperState.WITHDRAWN, Move.WITHDRAW)
    assert (gone.letter, gone.number, gone.docx, gone.pdf) == (old.letter, old.number, old.docx, old.pdf)
    with pytest.raises(ConflictError):
        papers.withdraw(office.leader, old.id, "lần nữa")
    with pytest.raises(ConflictError):
        papers.save_letter(office.drafter, old.id, replace(old.letter, body="khác"), old.version)
    rows = papers.paper_rows(office.leader, papers.paper_numbers(office.leader))
    assert [row.state for row in rows] == [PaperState.WITHDRAWN]


def test_a_corrected_paper_can_still_be_withdrawn_but_not_corrected_twice(office: Office) -> None:
    old = released(office)
    papers.correct(office.leader, old.id, "sai số")
    with pytest.raises(ConflictError):
        papers.correct(office.leader, old.id, "sai nữa")
    assert papers.withdraw(office.leader, old.id, "bỏ hẳn")[0].state is PaperState.WITHDRAWN


def test_approving_ones_own_paper_needs_a_reason_where_another_leader_works(desk: Desk) -> None:
    with pytest.raises(UserError) as caught:
        self_approved(desk, " ")
    assert (caught.value.code, caught.value.field) == ("self_approval_reason", "remark")
    rows = papers.paper_rows(desk, papers.paper_numbers(desk))
    assert [row.state for row in rows] == [PaperState.SUBMITTED]


def test_where_nobody_else_could_approve_that_is_the_reason(office: Office) -> None:
    alone = replace(office.leader.member, roles=frozenset(Role))
    desk = office.leader.working_as(alone)
    draft = a_draft(desk)
    papers.submit(desk, draft.id)
    step = papers.approve(desk, draft.id)[0].moves[-1]
    assert (step.is_flagged, step.remark) == (True, "Cơ quan chỉ có một người duyệt")


def test_flagged_approvals_are_counted_and_looked_at_by_another_leader(office: Office) -> None:
    approved(office)
    paper = self_approved(office.spokesperson)
    found = papers.flagged(office.leader)
    assert (found.approvals, found.count, found.unreviewed, found.percent) == (2, 1, 1, 50)
    assert (found.items[0].paper_id, found.items[0].approval.remark) == (paper.id, "Việc khẩn")
    seen = papers.review(office.leader, paper.id, "Đã đối chiếu, đúng")[0]
    review = seen.moves[-1].review
    assert review is not None
    assert (review.by.name, review.remark) == ("Nguyễn Văn Ổn", "Đã đối chiếu, đúng")
    assert papers.flagged(office.leader).unreviewed == 0
    with pytest.raises(ConflictError):
        papers.review(office.leader, paper.id)
    assert workspace.doctor(office.leader).ok


def test_nobody_reviews_the_own_approval_and_only_leaders_review(office: Office) -> None:
    paper = self_approved(office.spokesperson)
    alone = next(member for member in people.members(office.leader) if member.name == "Một mình")
    with pytest.raises(AccessError):
        papers.review(office.leader.working_as(alone), paper.id)
    with pytest.raises(AccessError):
        papers.review(office.drafter, paper.id)
    with pytest.raises(ConflictError):
        papers.review(office.leader, approved(office).id)


def test_every_version_is_kept_compared_and_taken_back(office: Office) -> None:
    draft = a_draft(office.drafter)
    second = papers.save_letter(
        office.spokesperson,
        draft.id,
        replace(draft.letter, body=draft.letter.body.replace("12/3", "13/3")),
        1,
    )[0]
    papers.submit(office.drafter, draft.id)
    restored = papers.restore(office.drafter, draft.id, 1)[0]
    assert (restored.version, restored.letter) == (3, draft.letter)
    kept = papers.versions(office.drafter, draft.id)
    assert [(each.version, each.by.name, each.same_as) for each in kept] == [
        (1, "Lê Thị Ánh", None),
        (2, "Trần Minh Khuê", None),
        (3, "Lê Thị Ánh", 1),
    ]
    assert kept[1].moves == (Move.SUBMIT,)
    assert papers.version(office.drafter, draft.id, 2) == second.letter
    (change,) = papers.compare(office.drafter, draft.id, 1, 2)
    assert [run.text for run in change.runs if run.kind is not RunKind.SAME] == ["12/3/2018", "13/3/2018"]
    assert papers.compare(office.drafter, draft.id, 1, 3) == ()


def test_an_approved_text_is_not_replaced_by_an_old_one(office: Office) -> None:
    paper = approved(office)
    with pytest.raises(ConflictError) as caught:
        papers.restore(office.drafter, paper.id, 1)
    assert caught.value.code == "paper_frozen"
    with pytest.raises(UserError):
        papers.compare(office.drafter, paper.id, 1, 9)


def test_the_leader_changes_two_words_and_approves_in_one_go(office: Office) -> None:
    draft = a_draft(office.drafter)
    papers.submit(office.drafter, draft.id)
    better = replace(draft.letter, body=draft.letter.body.replace("đề nghị", "yêu cầu"))
    done, _changes = papers.approve(office.leader, draft.id, edited=better, expected_version=1)
    assert (done.state, done.version, done.letter.body) == (PaperState.APPROVED, 2, better.body)
    assert edited_at_approval(done) == (1, 2)
    assert papers.versions(office.leader, draft.id)[-1].by.name == "Nguyễn Văn Ổn"
    assert not done.moves[-1].is_flagged


def test_approving_with_changes_overwrites_nobody(office: Office) -> None:
    draft = a_draft(office.drafter)
    papers.submit(office.drafter, draft.id)
    papers.save_letter(office.drafter, draft.id, replace(draft.letter, body="Bản của Ánh."), 1)
    mine = replace(draft.letter, body="Bản của lãnh đạo.")
    with pytest.raises(ConflictError):
        papers.approve(office.leader, draft.id, edited=mine, expected_version=1)
    now = papers.paper(office.leader, draft.id)
    assert (now.state, now.letter.body) == (PaperState.SUBMITTED, "Bản của Ánh.")
    with pytest.raises(UserError):
        papers.approve(office.leader, draft.id, edited=replace(mine, body=""), expected_version=2)


def test_what_waits_for_the_leader_comes_with_the_oldest_deadline_first(office: Office) -> None:
    def sent(subject: str, due_at: datetime | None = None, urgency: Urgency | None = None) -> Paper:
        draft = a_draft(office.drafter, subject)
        letter = replace(draft.letter, urgency=urgency, addressees=("Sở Tài chính",))
        papers.save_letter(office.drafter, draft.id, letter, 1)
        return papers.submit(office.drafter, draft.id, due_at=due_at)[0]

    now = datetime.now(UTC)
    sent("không hạn")
    sent("khẩn", urgency=Urgency.KHAN)
    sent("hạn sau", now + timedelta(days=2))
    sent("hạn trước", now + timedelta(hours=2))
    waiting = papers.to_approve(office.leader)
    assert [item.title for item in waiting] == ["hạn trước", "hạn sau", "khẩn", "không hạn"]
    assert papers.to_approve(office.registry) == ()


def test_a_letter_to_an_outlet_waits_until_its_answer_is_due(office: Office) -> None:
    draft = ContactDraft(
        channel=Channel.EMAIL,
        received_at=datetime.now(UTC) - timedelta(hours=1),
        outlet="Báo Điện tử Sông Vàm",
        journalist="",
        topic="Hỏi về đất đai",
        answer_event=office.drafter.answer_events[0],
    )
    entry, _changes = journal.log_contact(office.drafter, draft)
    assert entry.due is not None
    paper = a_draft(office.drafter)
    papers.submit(office.drafter, paper.id)
    (item,) = papers.to_approve(office.leader)
    assert item.due == entry.due
