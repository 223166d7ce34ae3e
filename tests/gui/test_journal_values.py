"""What the contact form holds survives as a draft, and questions are read as people write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    VerificationKind,
)
from spokesdesk.domain.verification.saying import footnoted, joined
from spokesdesk.gui.journal.facts import facts_of, typed_of
from spokesdesk.gui.journal.listing import when
from spokesdesk.gui.journal.values import Values, from_json
from spokesdesk.gui.questions import numbered, split_questions

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("", ()),
        ("Bao giờ xong?", ("Bao giờ xong?",)),
        ("Bao giờ xong?\nAi làm?\n\n", ("Bao giờ xong?", "Ai làm?")),
        ("1. Bao giờ xong?\n2. Ai làm?", ("Bao giờ xong?", "Ai làm?")),
        ("1) Bao giờ\nxong?\n2) Ai làm?", ("Bao giờ xong?", "Ai làm?")),
        ("- Bao giờ xong?\n- Ai làm?", ("Bao giờ xong?", "Ai làm?")),
        ("Câu 1: Bao giờ xong?\nCâu 2: Ai làm?", ("Bao giờ xong?", "Ai làm?")),
        ("15/11 có họp không?\n1.500 hộ đã nhận tiền?", ("15/11 có họp không?", "1.500 hộ đã nhận tiền?")),
        ("Về đất đai:\n1. Giá?\n2. Hộ?", ("Về đất đai:", "Giá?", "Hộ?")),
    ],
)
def test_questions_are_read_as_written(text: str, questions: tuple[str, ...]) -> None:
    assert split_questions(text) == questions


@given(st.lists(st.text(st.sampled_from("aăđếỗ 19?"), min_size=1).map(str.strip).filter(bool), max_size=8))
def test_questions_shown_as_a_list_are_read_back(questions: list[str]) -> None:
    plain = [question for question in (" ".join(q.split()) for q in questions) if question]
    assert list(split_questions(numbered(plain))) == plain


FACTS: list[tuple[VerificationKind, Facts]] = [
    (VerificationKind.NONE, None),
    (VerificationKind.CARD, CardFacts("IBT00123", date(2026, 1, 5), date(2030, 12, 31))),
    (VerificationKind.LETTER, LetterFacts("12/GGT", date(2026, 11, 30), True, "đất đai", "sáng 20/11")),
    (VerificationKind.FOREIGN, ForeignFacts("GP-7", date(2026, 12, 1), True)),
    (
        VerificationKind.DEFENCE,
        DefenceFacts(True, LetterFacts("3/GGT"), False, True, True, CardFacts("IBT00123")),
    ),
]


@pytest.mark.parametrize(("kind", "facts"), FACTS, ids=[kind.value for kind, _facts in FACTS])
def test_facts_shown_are_read_back(kind: VerificationKind, facts: Facts) -> None:
    assert facts_of(kind, typed_of(facts), strict=True) == facts


def test_a_date_not_finished_yet_counts_as_unread_and_is_refused_when_saved() -> None:
    typed: dict[str, str | bool] = {"card_number": "IBT00123", "card_issued_on": "05/01/20"}
    assert facts_of(VerificationKind.CARD, typed, strict=False) == CardFacts("IBT00123")
    with pytest.raises(UserError) as caught:
        facts_of(VerificationKind.CARD, typed, strict=True)
    assert caught.value.field == "card_issued_on"


@given(
    st.builds(
        Values,
        channel=st.sampled_from(["visit", "phone", "zalo"]),
        received=st.text(),
        journalist=st.text(),
        topic=st.text(),
        kind=st.sampled_from([kind.value for kind in VerificationKind]),
        typed=st.dictionaries(st.text(), st.text() | st.booleans()),
        attachments=st.just(({"sha256": "0" * 64, "name": "tệp.pdf", "size": 3},)),
    )
)
def test_a_draft_holds_the_form(values: Values) -> None:
    assert from_json(values.as_json()) == values


def test_a_draft_of_another_version_is_taken_as_far_as_it_goes() -> None:
    read = from_json({"topic": "Giá đất", "channel": "carrier pigeon", "typed": 7, "new": True})
    assert read == Values(topic="Giá đất")


def test_an_untouched_form_is_no_draft() -> None:
    assert not Values(received="20/11/2026 09:15").has_content()
    assert Values(topic="Giá đất").has_content()
    assert Values(kind="card", typed={"card_number": "IBT00123"}).has_content()


def test_one_citation_is_said_once_and_doubt_below() -> None:
    doubt = "chưa xác minh: theo một bản chép, cần đối chiếu bản ký"
    law = f"(khoản 4 Điều 27 Luật Báo chí; {doubt})."
    told = joined([f"Chưa có số giấy {law}", f"Chưa ghi thời hạn {law}", "Thiếu nội dung (Công văn 2595)."])
    assert told == [f"Chưa có số giấy; chưa ghi thời hạn {law}", "Thiếu nội dung (Công văn 2595)."]
    assert footnoted("\n".join(told)) == (
        "Chưa có số giấy; chưa ghi thời hạn (khoản 4 Điều 27 Luật Báo chí*).\n"
        f"Thiếu nội dung (Công văn 2595).\n* {doubt}."
    )


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("22/11/2026 09:15", "09:15"),
        ("21/11/2026 23:59", "Hôm qua"),
        ("20/11/2026 08:00", "20/11"),
        ("31/12/2025 08:00", "31/12/2025"),
    ],
)
def test_a_row_says_when_as_briefly_as_it_can(at: str, said: str) -> None:
    assert when(parse_time(at, now=NOW), date(2026, 11, 22)) == said
