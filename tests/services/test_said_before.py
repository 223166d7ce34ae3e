"""What did we say last time: papers and answers on the same subject or to the same outlet, and numbers that differ."""

from dataclasses import replace
from uuid import UUID

from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import LetterKind
from spokesdesk.services import journal, papers, rebuttals, said_before
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.services.articles import article, claim

SUBJECT = "Về di dời dân do mưa lớn tại huyện Bến Lức"
BODY = "Mưa lớn tại huyện Bến Lức làm 12 hộ dân phải di dời."


def release(office: Office, subject: str, body: str, number: int) -> UUID:
    blank = papers.blank(office.drafter, LetterKind.THONG_CAO_BAO_CHI)
    made, _changes = papers.create(office.drafter, replace(blank, subject=subject, body=body))
    papers.submit(office.drafter, made.id)
    papers.approve(office.leader, made.id)
    papers.number(office.registry, made.id, number)
    return made.id


def draft(desk: Desk, subject: str, body: str) -> UUID:
    blank = papers.blank(desk, LetterKind.CONG_VAN)
    return papers.create(desk, replace(blank, subject=subject, body=body))[0].id


def test_a_paper_on_the_same_subject_and_its_other_number_are_found_without_typing(office: Office) -> None:
    earlier = release(office, SUBJECT, BODY, 5)
    release(office, "Về lịch nghỉ Tết của cơ quan", "Cơ quan nghỉ 07 ngày.", 6)
    draft(office.drafter, SUBJECT, BODY)
    now = draft(
        office.drafter, "trả lời báo chí về di dời dân ở Bến Lức do mưa lớn", BODY.replace("12", "120")
    )
    found = said_before.of_letter(office.drafter, papers.paper(office.drafter, now).letter, now)
    assert [said.id for said in found.items] == [earlier], "drafts were never said"
    assert "số 05/" in found.items[0].origin
    (difference,) = found.differences
    assert (difference.now.text, difference.before.text) == ("120 hộ", "12 hộ")
    assert found.items[difference.source].id == earlier


def test_answers_given_to_reporters_count_too(office: Office) -> None:
    desk = office.drafter
    given = ContactDraft(
        received_at=desk.now(),
        outlet="Báo Ví Dụ",
        journalist="Lê Ánh",
        channel=Channel.PHONE,
        topic="Di dời dân do mưa lớn ở Bến Lức",
        given="Đã có 12 hộ dân phải di dời do mưa lớn.",
    )
    entry, _changes = journal.log_contact(desk, given)
    found = said_before.of_text(desk, SUBJECT, "Có 13 hộ dân phải di dời do mưa lớn.")
    assert [(said.kind, said.id) for said in found.items] == [("contact", entry.id)]
    assert [each.now.text for each in found.differences] == ["13 hộ"]
    assert said_before.of_text(desk, SUBJECT, "", besides=entry.id).items == ()


def test_letters_to_the_same_outlet_come_even_on_another_subject(office: Office) -> None:
    desk = office.drafter
    old = article(desk, claim())
    letter, _changes = rebuttals.open_rebuttal(desk, old.id)
    papers.submit(desk, letter.id)
    papers.approve(office.leader, letter.id)
    papers.number(office.registry, letter.id, 9)
    new = article(desk, claim("Có 120 hộ phải dời nhà", "Có 12 hộ"))
    again, _changes = rebuttals.open_rebuttal(desk, new.id)
    found = said_before.of_letter(desk, papers.paper(desk, again.id).letter, again.id)
    assert [(said.id, said.same_outlet) for said in found.items] == [(letter.id, True)]


def test_nothing_is_found_for_nothing(office: Office) -> None:
    assert said_before.of_text(office.drafter, "", "Có 12 hộ.").items == ()
