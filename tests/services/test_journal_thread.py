"""A contact with several journalists, answers one by one, threads: kept as written, found, never edited in place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from spokesdesk.domain.answers import AnswerDraft
from spokesdesk.domain.chain import commitment
from spokesdesk.domain.companions import CompanionDraft
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Channel, Contact, ContactDraft, Given, GivenForm
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.verification import CardFacts, LetterFacts, VerificationKind, VerificationResult
from spokesdesk.services import find, journal, papers, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store.contact_values import contact_values
from spokesdesk.store.rows import body

ASKED = ("Đơn giá được phê duyệt ngày nào?", "Bao nhiêu hộ chưa nhận tiền?", "Khi nào chi trả xong?")


def a_visit(desk: Desk, **changed: object) -> ContactDraft:
    draft = ContactDraft(
        channel=Channel.VISIT,
        received_at=desk.now() - timedelta(hours=2),
        outlet="Báo Tuổi Trẻ",
        journalist="Đặng Thị Đình Khuê",
        topic="Giá đất đền bù đường vành đai 4",
        questions=ASKED,
    )
    return replace(draft, **changed)  # type: ignore[arg-type]


def logged(desk: Desk, **changed: object) -> Contact:
    return journal.log_contact(desk, a_visit(desk, **changed))[0]


def test_several_journalists_each_with_outlet_and_papers_of_their_own(desk: Desk) -> None:
    others = (
        CompanionDraft(
            "Vũ Quốc Huy",
            "Báo Lao Động",
            None,
            None,
            VerificationKind.CARD,
            CardFacts("IBT77", date(2026, 3, 2)),
        ),
        CompanionDraft("Phạm Ý Lan", "", None, None, VerificationKind.LETTER, LetterFacts("12/GGT")),
        CompanionDraft(),
    )
    entry = logged(desk, companions=others)
    assert journal.contact(desk, entry.id) == entry
    assert [each.name for each in entry.companions] == ["Vũ Quốc Huy – Báo Lao Động", "Phạm Ý Lan"]
    results = [each.verification.result for each in entry.companions]
    assert results == [VerificationResult.CARD_VALID, VerificationResult.LETTER_MISSING_SCOPE]
    row = journal.contact_rows(desk, journal.contact_numbers(desk))[0]
    assert (row.journalist, row.others) == ("Đặng Thị Đình Khuê", 2)
    huy = entry.companions[0]
    assert huy.journalist is not None
    assert huy.outlet is not None
    assert journal.contact_numbers(desk, journalist_id=huy.journalist.id) == (row.n,)
    assert journal.contact_numbers(desk, outlet_id=huy.outlet.id) == (row.n,)
    assert [hit.id for hit in find.find(desk, "quoc huy lao dong vanh dai", ("contact",))] == [entry.id]


@pytest.mark.parametrize(
    ("companions", "code"),
    [
        ((CompanionDraft("đặng thị đình khuê", "BÁO TUỔI TRẺ"),), "companion_twice"),
        ((CompanionDraft("Vũ Huy"), CompanionDraft("Vũ Huy")), "companion_twice"),
        (tuple(CompanionDraft(f"Người {n}") for n in range(31)), "too_many_companions"),
        ((CompanionDraft("x" * 201),), "text_too_long"),
    ],
)
def test_wrong_companions_are_refused_whole(
    desk: Desk, companions: tuple[CompanionDraft, ...], code: str
) -> None:
    with pytest.raises(UserError) as caught:
        logged(desk, companions=companions)
    assert (caught.value.code, caught.value.field) == (code, "companions")
    assert journal.contact_numbers(desk) == ()


def test_each_question_has_its_own_answer_or_is_open(desk: Desk) -> None:
    answers = (
        AnswerDraft(0, "Ngày 12/3/2026", answered_by="Nguyễn Văn Ổn"),
        AnswerDraft(1, "  "),
        AnswerDraft(2, "Trong quý I", answered_at=desk.now() - timedelta(hours=1)),
    )
    entry = logged(desk, answers=answers, answered_by="Trần Minh Khuê")
    assert journal.contact(desk, entry.id) == entry
    said = {each.question: (each.text, each.answered_by, each.answered_at) for each in entry.answers}
    assert said == {
        0: ("Ngày 12/3/2026", "Nguyễn Văn Ổn", entry.received_at),
        2: ("Trong quý I", "Trần Minh Khuê", answers[2].answered_at),
    }
    assert [each.asked for each in journal.open_questions((entry,))] == [ASKED[1]]


def test_an_answer_keeps_its_question_when_an_empty_one_before_it_is_left_out(desk: Desk) -> None:
    entry = logged(desk, questions=("", "Ai làm?", " ", "Khi nào?"), answers=(AnswerDraft(3, "Tháng sau"),))
    assert entry.questions == ("Ai làm?", "Khi nào?")
    assert [(each.question, each.asked) for each in entry.answers] == [(1, "Khi nào?")]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (AnswerDraft(3, "thừa"), "answer_without_question"),
        (AnswerDraft(-1, "thừa"), "answer_without_question"),
    ],
)
def test_an_answer_without_its_question_is_refused(desk: Desk, answer: AnswerDraft, code: str) -> None:
    with pytest.raises(UserError) as caught:
        logged(desk, answers=(answer,))
    assert (caught.value.code, caught.value.field) == (code, "answers")


def test_an_answer_given_later_is_an_entry_of_its_own_and_the_first_stays_as_written(desk: Desk) -> None:
    first = logged(desk, answers=(AnswerDraft(0, "Ngày 12/3/2026"),))
    before = bodies(desk, first)
    later = logged(
        desk,
        received_at=desk.now() - timedelta(hours=1),
        channel=Channel.EMAIL,
        questions=(),
        follows=first.id,
        given="Công văn 37/SNNMT-VP",
        given_form=GivenForm.EMAIL,
        answers=(AnswerDraft(1, "Còn 14 hộ", of=first.id, answered_by="Nguyễn Văn Ổn"),),
    )
    assert bodies(desk, first) == before
    shown = journal.contact(desk, first.id)
    assert [each.text for each in shown.answers] == ["Ngày 12/3/2026", "Còn 14 hộ"]
    assert shown.answers[1].given_in == later.id
    assert journal.contact(desk, later.id) == later
    assert [each.asked for each in later.replies] == [ASKED[1]]
    entries = journal.thread(desk, later.id)
    assert [entry.id for entry in entries] == [first.id, later.id]
    assert [each.asked for each in journal.open_questions(entries)] == [ASKED[2]]
    assert {hit.id for hit in find.find(desk, "con 14 ho", ("contact",))} == {first.id, later.id}
    assert workspace.doctor(desk).chain == ()


def test_a_correction_takes_the_later_answers_along(desk: Desk) -> None:
    wrong = logged(desk, answers=(AnswerDraft(0, "Ngày 12/3/2026"),))
    logged(desk, follows=wrong.id, questions=(), answers=(AnswerDraft(1, "Còn 14 hộ", of=wrong.id),))
    right = logged(
        desk,
        corrects=wrong.id,
        questions=(ASKED[1], "Đơn giá do ai phê duyệt?"),
        answers=(AnswerDraft(1, "UBND tỉnh"),),
    )
    shown = journal.contact(desk, right.id)
    assert {each.text for each in shown.answers} == {"Còn 14 hộ", "UBND tỉnh"}
    assert journal.open_questions((shown,)) == ()
    assert [each.text for each in journal.contact(desk, wrong.id).answers] == ["Ngày 12/3/2026", "Còn 14 hộ"]
    thread = journal.thread(desk, right.id)
    assert {entry.id for entry in thread} >= {wrong.id, right.id}
    assert journal.open_questions(thread) == ()


def test_a_thread_that_branches_is_shown_whole_from_any_of_its_entries(desk: Desk) -> None:
    root = logged(desk, received_at=desk.now() - timedelta(days=3))
    left = logged(desk, received_at=desk.now() - timedelta(days=2), follows=root.id)
    right = logged(desk, received_at=desk.now() - timedelta(days=1), follows=root.id)
    leaf = logged(desk, follows=left.id)
    logged(desk, topic="Chuyện khác")
    whole = [root.id, left.id, right.id, leaf.id]
    for entry in (root, left, right, leaf):
        assert [each.id for each in journal.thread(desk, entry.id)] == whole


def test_following_an_entry_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError) as caught:
        logged(desk, follows=desk.new_id())
    assert caught.value.code == "record_missing"
    assert journal.contact_numbers(desk) == ()


def test_what_was_given_is_counted_by_form_within_the_days(desk: Desk) -> None:
    day = desk.now() - timedelta(days=1)
    logged(
        desk,
        received_at=day,
        given="Trả lời",
        given_form=GivenForm.ORAL,
        givens=(
            Given("Báo cáo 37", GivenForm.DOCUMENT),
            Given("Ảnh", GivenForm.DOCUMENT),
            Given("", GivenForm.NONE),
        ),
    )
    wrong = logged(desk, received_at=day, given="Nhầm", given_form=GivenForm.ZALO)
    logged(desk, received_at=day, given="Đúng", given_form=GivenForm.EMAIL, corrects=wrong.id)
    logged(desk, received_at=day - timedelta(days=40), given="Cũ", given_form=GivenForm.ORAL)
    logged(desk, received_at=day)
    counts = journal.given_by_form(desk, day - timedelta(days=7), desk.now())
    assert counts == {GivenForm.ORAL: 1, GivenForm.DOCUMENT: 2, GivenForm.EMAIL: 1}


def test_a_changed_answer_or_companion_is_found_by_the_chain(desk: Desk) -> None:
    logged(desk, companions=(CompanionDraft("Vũ Quốc Huy"),), answers=(AnswerDraft(0, "Ngày 12/3"),))
    with desk.write() as unit:
        connection = unit.journal._connection  # type: ignore[attr-defined]
        connection.execute(text("UPDATE contact_answer SET text = 'Ngày 13/3'"))
        connection.execute(text("UPDATE contact_companion SET journalist_name = 'Người khác'"))
        connection.execute(text("UPDATE contact SET answered_by = 'Người khác'"))
    assert {fault.code for fault in workspace.doctor(desk).chain} == {"body_changed"}
    assert len(workspace.doctor(desk).chain) == 3


def test_an_entry_that_says_nothing_new_is_committed_to_as_before_the_new_columns(desk: Desk) -> None:
    """Else every entry written by an older program would be called changed."""
    entry = logged(desk)
    with desk.read() as unit:
        connection = unit.journal._connection  # type: ignore[attr-defined]
        salt, committed = connection.execute(
            text("SELECT salt, commitment FROM chain WHERE entry = :id"), {"id": entry.id.bytes}
        ).one()
    younger = {"occasion", "answered_by", "givens", "recorded", "follows"}
    older = {name: value for name, value in contact_values(entry).items() if name not in younger}
    assert commitment(salt, body(older, ("n", "corrected_by", "settled_at"))) == committed


def test_minutes_are_drafted_for_two_signers_with_what_is_known(desk: Desk) -> None:
    entry = logged(
        desk,
        companions=(CompanionDraft("Vũ Quốc Huy", "Báo Lao Động"),),
        answers=(AnswerDraft(0, "Ngày *12/3*"),),
        answered_by="Nguyễn Văn Ổn",
        given="Quyết định 214",
        given_form=GivenForm.DOCUMENT,
        recorded=True,
    )
    made, _changes = journal.draft_minutes(desk, entry.id)
    assert made.letter.kind is LetterKind.BIEN_BAN
    assert [signer.name for signer in made.letter.signers] == ["Đặng Thị Đình Khuê", "Nguyễn Văn Ổn"]
    for said in (
        "Vũ Quốc Huy – Báo Lao Động",
        ASKED[1],
        "chưa trả lời",
        r"Ngày \*12/3\*",
        "Quyết định 214",
        "ghi âm",
    ):
        assert said in made.letter.body
    assert papers.render(made.letter).pdf.startswith(b"%PDF-")
    assert journal.minutes_of(desk, entry.id) == (made.id,)


def bodies(desk: Desk, entry: Contact) -> list[tuple[object, ...]]:
    with desk.read() as unit:
        connection = unit.journal._connection  # type: ignore[attr-defined]
        rows = connection.execute(text("SELECT * FROM contact WHERE id = :id"), {"id": entry.id.bytes})
        return [tuple(row) for row in rows]
