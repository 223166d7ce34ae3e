"""Log a contact: what is taken, what is refused, and that nothing typed or logged is lost."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Channel, Contact, ContactDraft, GivenForm
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.domain.requests import GivenAnswer
from spokesdesk.domain.verification import CardFacts, LetterFacts, VerificationKind, VerificationResult
from spokesdesk.services import drafts, find, journal, people, requests
from spokesdesk.services.ports import Desk

CARD = CardFacts("IBT01234", date(2026, 3, 2))


def a_visit(desk: Desk, **changed: object) -> ContactDraft:
    draft = ContactDraft(
        channel=Channel.VISIT,
        received_at=desk.now(),
        outlet="Báo Tuổi Trẻ",
        journalist="Đặng Thị Đình Khuê",
        topic="Giá đất đền bù đường vành đai 4",
        verification=VerificationKind.CARD,
        facts=CARD,
        questions=("Đơn giá được phê duyệt ngày nào?",),
        given="Quyết định 214/QĐ-UBND (bản sao)",
    )
    return replace(draft, **changed)  # type: ignore[arg-type]


def logged(desk: Desk, **changed: object) -> Contact:
    return journal.log_contact(desk, a_visit(desk, **changed))[0]


def test_an_entry_reads_back_as_it_was_written(desk: Desk) -> None:
    written = logged(desk)
    assert journal.contact(desk, written.id) == written
    assert written.author.name == "Trần Minh Khuê"
    assert written.verification.result is VerificationResult.CARD_VALID
    assert written.verification.may_not_demand


def test_outlet_and_journalist_are_created_once_and_found_without_accents(desk: Desk) -> None:
    first = logged(desk)
    second = logged(desk, outlet="báo tuổi trẻ", journalist="ĐẶNG THỊ ĐÌNH KHUÊ")
    assert first.outlet is not None
    assert second.outlet is not None
    assert second.outlet.id == first.outlet.id
    assert second.journalist == first.journalist
    assert [item.name for item in people.suggest(desk, "outlet", "tuoi tre")] == ["Báo Tuổi Trẻ"]
    assert [item.name for item in people.suggest(desk, "journalist", "dinh khu")] == ["Đặng Thị Đình Khuê"]


def test_a_card_shown_is_remembered_for_the_next_visit(desk: Desk) -> None:
    entry = logged(desk)
    assert entry.journalist is not None
    known = people.journalist(desk, entry.journalist.id)
    assert (known.card_number, known.card_issued_on) == (CARD.number, CARD.issued_on)


def test_an_ambiguous_name_lists_who_is_meant(desk: Desk) -> None:
    for phone in ("0901", "0902"):
        people.save_journalist(desk, Journalist(desk.new_id(), "Nguyễn Hữu Đạt", phone=phone))
    with pytest.raises(UserError) as caught:
        logged(desk, outlet="", journalist="nguyen huu dat")
    assert caught.value.field == "journalist"
    assert "0901" in str(caught.value.params["found"])
    assert "0902" in str(caught.value.params["found"])
    assert journal.contact_numbers(desk) == ()


def test_two_reporters_of_one_name_are_told_apart_by_their_outlets(desk: Desk) -> None:
    for name in ("Báo Lao Động", "VnExpress"):
        outlet = Outlet(desk.new_id(), name)
        people.save_outlet(desk, outlet)
        people.save_journalist(desk, Journalist(desk.new_id(), "Nguyễn Hữu Đạt", outlet.ref))
    entry = logged(desk, outlet="vnexpress", journalist="Nguyễn Hữu Đạt")
    assert entry.outlet is not None
    assert entry.outlet.name == "VnExpress"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"topic": "  "}, "text_required", "topic"),
        ({"topic": "x" * 251}, "text_too_long", "topic"),
        ({"given": "y" * 10_000_000}, "text_too_long", "given"),
        ({"topic": "giá đất\u202e"}, "text_bidi", "topic"),
        ({"outlet": "", "journalist": ""}, "who_missing", "journalist"),
        ({"questions": ("?",) * 51}, "too_many_questions", "questions"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    desk: Desk, changed: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        logged(desk, **changed)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert journal.contact_numbers(desk) == ()
    assert people.outlets(desk) == ()


def test_a_contact_of_tomorrow_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError) as caught:
        logged(desk, received_at=desk.now() + timedelta(days=1))
    assert caught.value.field == "received_at"


def test_decomposed_text_is_stored_composed_and_found(desk: Desk) -> None:
    decomposed = "Gia\u0301 \u0111a\u0302\u0301t"
    entry = logged(desk, topic=decomposed)
    assert entry.topic == "Giá đất"
    assert [hit.id for hit in find.find(desk, "gia dat")] == [entry.id]


def test_words_may_sit_in_different_fields_of_one_entry(desk: Desk) -> None:
    entry = logged(desk)
    logged(desk, journalist="Vũ Quốc Huy", outlet="Báo Lao Động", topic="Nước sạch nông thôn", questions=())
    found = find.find(desk, "tuoi tre khue den bu", ("contact",))
    assert [hit.id for hit in found] == [entry.id]
    assert "Tuổi Trẻ" in found[0].snippet


def test_a_late_entry_is_known_as_late(desk: Desk) -> None:
    assert logged(desk, received_at=desk.now() - timedelta(hours=25)).is_late
    assert not logged(desk, received_at=desk.now() - timedelta(hours=2)).is_late


def test_a_letter_without_scope_says_what_is_missing(desk: Desk) -> None:
    letter = LetterFacts("12/GGT", to_vn(desk.now()).date() + timedelta(days=5), True, "", "sáng 22/11")
    entry = logged(desk, verification=VerificationKind.LETTER, facts=letter)
    assert entry.verification.result is VerificationResult.LETTER_MISSING_SCOPE
    assert any("nội dung" in reason for reason in entry.verification.reasons)
    assert journal.contact(desk, entry.id).verification.facts == letter


def test_an_answer_clock_keeps_its_law_and_is_settled(desk: Desk) -> None:
    received = datetime.fromisoformat("2026-11-16T09:00:00+07:00")
    entry = logged(desk, received_at=received, answer_event="press_opinion_received")
    # NĐ 237/2026, Điều 18(3): 15 working days from 17/11; 24/11 is a holiday (NQ 28/2026/QH16): until 08/12.
    assert entry.due is not None
    assert entry.due.due_at is not None
    assert to_vn(entry.due.due_at).date() == date(2026, 12, 8)
    assert "237/2026" in entry.due.citation
    with desk.read() as unit:
        assert [item.id for item in unit.journal.due()] == [entry.id]
    asked = requests.of_contact(desk, entry.id)
    assert asked is not None
    requests.answer(desk, asked, GivenAnswer("Đã có kết quả.", GivenForm.EMAIL, "", desk.now()))
    assert journal.contact(desk, entry.id).settled_at is not None
    with desk.read() as unit:
        assert unit.journal.due() == ()


def test_a_correction_is_a_new_entry_that_shows_what_it_corrects(desk: Desk) -> None:
    wrong = logged(desk, topic="Giá đất vành đai 3")
    right = logged(desk, topic="Giá đất vành đai 4", corrects=wrong.id)
    assert journal.contact(desk, wrong.id).corrected_by == right.id
    assert journal.contact(desk, wrong.id).topic == "Giá đất vành đai 3"
    rows = journal.contact_rows(desk, journal.contact_numbers(desk))
    assert {row.id: row.corrected for row in rows} == {wrong.id: True, right.id: False}


def test_an_attachment_comes_back_byte_by_byte(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "ảnh thẻ.jpg"
    photo.write_bytes(bytes(range(256)) * 9000)
    kept = journal.keep_file(desk, photo)
    entry = logged(desk, attachments=(kept,))
    found = journal.contact(desk, entry.id).attachments[0]
    assert (found.name, found.size) == ("ảnh thẻ.jpg", 256 * 9000)
    assert journal.file_bytes(desk, found.sha256) == photo.read_bytes()


def test_an_empty_file_is_refused_by_name(desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "trống.pdf"
    empty.touch()
    with pytest.raises(UserError) as caught:
        journal.keep_file(desk, empty)
    assert caught.value.code == "attachment_empty"
    assert "trống.pdf" in str(caught.value.params)


def test_logging_drops_the_draft_it_came_from(desk: Desk) -> None:
    draft_id = UUID(int=7)
    drafts.save(desk, "contact", draft_id, {"topic": "Giá đất"})
    journal.log_contact(desk, a_visit(desk), draft_id)
    assert drafts.all_drafts(desk) == ()


def test_the_latest_contact_comes_first_whatever_the_order_of_writing(desk: Desk) -> None:
    newer = logged(desk, received_at=desk.now() - timedelta(minutes=5))
    older = logged(desk, received_at=desk.now() - timedelta(days=2))
    rows = journal.contact_rows(desk, journal.contact_numbers(desk))
    assert [row.id for row in rows] == [newer.id, older.id]


def test_the_timeline_of_an_outlet_holds_all_its_reporters(desk: Desk) -> None:
    one = logged(desk)
    two = logged(desk, journalist="Vũ Quốc Huy")
    assert one.outlet is not None
    assert two.journalist is not None
    assert {item.id for item in people.timeline(desk, outlet_id=one.outlet.id)} == {one.id, two.id}
    assert [item.id for item in people.timeline(desk, journalist_id=two.journalist.id)] == [two.id]
