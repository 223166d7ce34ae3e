"""What is printed of a contact: the slip says the result with its reason, each question, the two notices."""

from datetime import timedelta

import pytest

from spokesdesk.domain.answers import AnswerDraft
from spokesdesk.domain.companions import CompanionDraft
from spokesdesk.domain.journal import Channel, Contact, ContactDraft, Given, GivenForm
from spokesdesk.domain.verification import ForeignFacts, LetterFacts, VerificationKind
from spokesdesk.services import journal, papers
from spokesdesk.services.ports import Desk
from tests.typeset.poppler import lines


@pytest.fixture
def entry(desk: Desk) -> Contact:
    draft = ContactDraft(
        channel=Channel.CONFERENCE,
        received_at=desk.now() - timedelta(days=3),
        outlet="Báo Tuổi Trẻ",
        journalist="Đặng Thị Đình Khuê",
        topic="Giá đất <vành đai 4> & đường nối",
        verification=VerificationKind.LETTER,
        facts=LetterFacts("12/GGT", (desk.now() + timedelta(days=9)).date(), True, "", "tuần này"),
        questions=("Ai duyệt?", "Bao nhiêu hộ?"),
        answers=(AnswerDraft(0, "UBND tỉnh", answered_by="Nguyễn Văn Ổn"),),
        occasion="Họp báo quý IV",
        companions=(
            CompanionDraft(
                "Anna Müller",
                "ARD",
                None,
                None,
                VerificationKind.FOREIGN,
                ForeignFacts("BNG-12", scope="Long An"),
            ),
        ),
        given="Quyết định 214",
        given_form=GivenForm.DOCUMENT,
        givens=(Given("Ảnh hiện trường", GivenForm.ZALO),),
        recorded=True,
    )
    return journal.log_contact(desk, draft)[0]


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page) for page in lines(pdf))


def test_the_slip_says_what_was_noted_and_why(desk: Desk, entry: Contact) -> None:
    told = read(journal.slip(desk, entry.id))
    for said in (
        "ghi muộn quá 24 giờ",
        "Họp báo – Họp báo quý IV",
        "Giấy giới thiệu thiếu nội dung",
        "Giấy giới thiệu không nêu nội dung làm việc",
        "2595/BTTTT-CBC",
        "Anna Müller – ARD",
        "Chưa ghi thời hạn của giấy phép",
        "Giá đất <vành đai 4> & đường nối",
        "Trả lời (Nguyễn Văn Ổn",
        "chưa trả lời",
        "Quyết định 214 – bằng văn bản",
        "Ảnh hiện trường – qua zalo",
        "Không được đòi cả thẻ nhà báo và giấy giới thiệu",
        "cơ quan đã thông báo trước",
        "khoản 2 Điều 32 Luật Bảo vệ dữ liệu cá nhân",
        "Nhà báo có quyền xem, đề nghị sửa hoặc xóa",
    ):
        assert said in told, said


def test_a_slip_of_an_unrecorded_talk_says_that_recording_would_be_announced(desk: Desk) -> None:
    draft = ContactDraft(Channel.PHONE, desk.now(), "Báo Lao Động", "", "Nước sạch")
    plain, _changes = journal.log_contact(desk, draft)
    assert "thông báo trước cho nhà báo" in read(journal.slip(desk, plain.id))


def test_minutes_in_print_name_everybody_and_leave_the_end_open(desk: Desk, entry: Contact) -> None:
    made, _changes = journal.draft_minutes(desk, entry.id)
    told = read(papers.render(made.letter).pdf)
    for said in (
        "BIÊN BẢN",
        "Anna Müller – ARD",
        "Trả lời (Nguyễn Văn Ổn): UBND tỉnh",
        "… giờ … phút",
        "Như thành phần",
    ):
        assert said in told, said


def test_answers_to_what_was_asked_before_are_printed_too(desk: Desk, entry: Contact) -> None:
    draft = ContactDraft(
        Channel.EMAIL,
        desk.now(),
        "Báo Tuổi Trẻ",
        "",
        "Trả lời tiếp",
        follows=entry.id,
        answers=(AnswerDraft(1, "Còn 14 hộ", of=entry.id),),
    )
    later, _changes = journal.log_contact(desk, draft)
    made, _changes = journal.draft_minutes(desk, later.id)
    for told in (read(journal.slip(desk, later.id)), read(papers.render(made.letter).pdf)):
        assert "Câu hỏi đã hỏi trước: Bao nhiêu hộ?" in told
        assert "Còn 14 hộ" in told
