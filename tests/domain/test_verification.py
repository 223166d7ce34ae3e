"""What press papers are worth on a day, read off Luật Báo chí 2016 and 2025 and the dispatches, not off the code."""

from dataclasses import replace
from datetime import date

import pytest

from spokesdesk.domain.rules import RulePack
from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    VerificationKind,
    VerificationResult,
    may_demand,
    may_not_demand,
    verify,
)
from spokesdesk.outside.rulebook import load_pack

TODAY = date(2026, 11, 22)
LETTER = LetterFacts(
    "123/GGT-TT", date(2026, 12, 31), True, "Nước thải khu công nghiệp", "Tuần cuối tháng 11"
)


WHOLE = DefenceFacts(True, LETTER, True, True, True, names_holder=True)


@pytest.fixture(scope="module")
def pack() -> RulePack:
    return load_pack()


@pytest.mark.parametrize(
    ("issued", "printed", "on", "result"),
    [
        # Terms of five years under the law of 2016
        (date(2018, 6, 21), None, date(2020, 12, 31), VerificationResult.CARD_VALID),
        (date(2018, 6, 21), None, date(2021, 1, 1), VerificationResult.CARD_EXPIRED),
        (date(2021, 1, 1), None, date(2025, 12, 31), VerificationResult.CARD_VALID),
        # Extended to 31/3/2026, also where the card itself says 31/12/2025
        (date(2021, 1, 1), None, date(2026, 3, 31), VerificationResult.CARD_VALID),
        (date(2021, 1, 1), date(2025, 12, 31), date(2026, 3, 31), VerificationResult.CARD_VALID),
        (None, date(2025, 12, 31), date(2026, 3, 31), VerificationResult.CARD_VALID),
        (date(2025, 6, 21), None, date(2026, 4, 1), VerificationResult.CARD_EXPIRED),
        (None, date(2025, 12, 31), TODAY, VerificationResult.CARD_EXPIRED),
        # Five years from the day of issue under the law of 2025
        (date(2026, 1, 15), None, date(2031, 1, 15), VerificationResult.CARD_VALID),
        (date(2026, 1, 15), None, date(2031, 1, 16), VerificationResult.CARD_EXPIRED),
        (date(2028, 2, 29), None, date(2033, 2, 28), VerificationResult.CARD_VALID),
        (date(2028, 2, 29), None, date(2033, 3, 1), VerificationResult.CARD_EXPIRED),
        # The end printed on the card counts
        (date(2026, 1, 15), date(2026, 10, 31), TODAY, VerificationResult.CARD_EXPIRED),
        (None, date(2030, 1, 1), TODAY, VerificationResult.CARD_VALID),
        # Nothing to judge by
        (None, None, TODAY, VerificationResult.CARD_INCOMPLETE),
        (date(2026, 12, 1), None, TODAY, VerificationResult.CARD_INCOMPLETE),
        (date(2012, 1, 1), None, TODAY, VerificationResult.CARD_INCOMPLETE),
    ],
)
def test_a_press_card_is_judged_by_the_rule_of_its_day_of_issue(
    pack: RulePack, issued: date | None, printed: date | None, on: date, result: VerificationResult
) -> None:
    found = verify(VerificationKind.CARD, CardFacts("IBT00123", issued, printed), on, pack)
    assert found.result is result
    assert found.reasons


def test_an_expired_card_says_why_by_which_paper_and_how_sure_that_is(pack: RulePack) -> None:
    found = verify(VerificationKind.CARD, CardFacts("IBT00123", date(2024, 5, 1)), TODAY, pack)
    reason = " ".join(found.reasons)
    assert "31/3/2026" in reason
    assert "4794/QĐ-BVHTTDL" in reason
    assert "cần đối chiếu" in reason
    assert found.facts == CardFacts("IBT00123", date(2024, 5, 1))


def test_a_card_without_number_or_dates_says_what_is_missing(pack: RulePack) -> None:
    found = verify(VerificationKind.CARD, None, TODAY, pack)
    assert found.result is VerificationResult.CARD_INCOMPLETE
    assert [part in " ".join(found.reasons) for part in ("số thẻ", "ngày cấp")] == [True, True]


def test_a_letter_in_date_naming_agency_content_and_time_is_enough(pack: RulePack) -> None:
    found = verify(VerificationKind.LETTER, LETTER, TODAY, pack)
    assert found.result is VerificationResult.LETTER_VALID
    assert "khoản 4 Điều 27 Luật Báo chí số 126/2025/QH15" in found.reasons[0]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"number": " "}, "số giấy"),
        ({"until_on": None}, "thời hạn"),
        ({"names_us": False}, "cơ quan đến làm việc"),
        ({"content": ""}, "nội dung"),
        ({"time": ""}, "thời gian"),
    ],
)
def test_a_letter_that_lacks_something_names_just_that(
    pack: RulePack, missing: dict[str, object], said: str
) -> None:
    facts = replace(LETTER, **missing)  # type: ignore[arg-type]
    found = verify(VerificationKind.LETTER, facts, TODAY, pack)
    assert found.result is VerificationResult.LETTER_MISSING_SCOPE
    assert len(found.reasons) == 1
    assert said in found.reasons[0]


def test_what_a_letter_must_state_is_cited_from_the_dispatch_that_says_so(pack: RulePack) -> None:
    found = verify(VerificationKind.LETTER, replace(LETTER, content=""), TODAY, pack)
    assert "2595/BTTTT-CBC" in found.reasons[0]


def test_a_letter_is_good_on_its_last_day_and_expired_on_the_next(pack: RulePack) -> None:
    last = replace(LETTER, until_on=TODAY)
    assert verify(VerificationKind.LETTER, last, TODAY, pack).result is VerificationResult.LETTER_VALID
    found = verify(VerificationKind.LETTER, replace(last, time=""), date(2026, 11, 23), pack)
    assert found.result is VerificationResult.LETTER_EXPIRED
    assert "22/11/2026" in found.reasons[0]
    assert "thời gian" in found.reasons[1]


@pytest.mark.parametrize(
    ("facts", "result"),
    [
        (ForeignFacts("BNG-12", date(2026, 11, 30)), VerificationResult.FOREIGN_PERMIT),
        (ForeignFacts("BNG-12", date(2026, 11, 21)), VerificationResult.FOREIGN_EXPIRED),
        (ForeignFacts("BNG-12", None), VerificationResult.FOREIGN_MISSING),
        (ForeignFacts("", date(2026, 11, 30), resident=True), VerificationResult.FOREIGN_MISSING),
        (ForeignFacts("PV-7", date(2027, 1, 1), resident=True), VerificationResult.FOREIGN_PERMIT),
        (ForeignFacts("TL-3", date(2027, 1, 1), assistant=True), VerificationResult.FOREIGN_PERMIT),
        (ForeignFacts("", date(2027, 1, 1), assistant=True), VerificationResult.FOREIGN_MISSING),
        (None, VerificationResult.FOREIGN_MISSING),
    ],
)
def test_foreign_reporters_show_permit_or_resident_card(
    pack: RulePack, facts: Facts, result: VerificationResult
) -> None:
    found = verify(VerificationKind.FOREIGN, facts, TODAY, pack)
    assert found.result is result
    assert all("262/2026/NĐ-CP" in reason for reason in found.reasons)


def test_foreign_reporters_before_july_2026_fall_under_the_older_decree(pack: RulePack) -> None:
    found = verify(VerificationKind.FOREIGN, ForeignFacts("B1", date(2026, 7, 1)), date(2026, 6, 30), pack)
    assert "88/2012/NĐ-CP" in found.reasons[0]
    assert "chưa xác minh" in found.reasons[0]


@pytest.mark.parametrize(
    ("facts", "result", "said"),
    [
        (WHOLE, VerificationResult.DEFENCE_VALID, "Đủ giấy tờ"),
        (replace(WHOLE, identity_shown=False), VerificationResult.DEFENCE_MISSING, "tùy thân"),
        (replace(WHOLE, signed_by_head=False), VerificationResult.DEFENCE_MISSING, "ký"),
        (replace(WHOLE, sealed=False), VerificationResult.DEFENCE_MISSING, "dấu"),
        (replace(WHOLE, names_holder=False), VerificationResult.DEFENCE_MISSING, "họ tên, chức vụ"),
        (DefenceFacts(True, LETTER, letter_from_press=False), VerificationResult.DEFENCE_VALID, "Đủ giấy tờ"),
        (DefenceFacts(True, None), VerificationResult.DEFENCE_MISSING, "giấy mời"),
        (
            replace(WHOLE, letter=replace(LETTER, until_on=date(2026, 1, 1))),
            VerificationResult.DEFENCE_EXPIRED,
            "hết hạn",
        ),
    ],
)
def test_bodies_under_the_defence_ministry_ask_for_more(
    pack: RulePack, facts: DefenceFacts, result: VerificationResult, said: str
) -> None:
    found = verify(VerificationKind.DEFENCE, facts, TODAY, pack)
    assert found.result is result
    assert said in " ".join(found.reasons)
    assert "03/2019/TT-BQP" in found.reasons[0]


@pytest.mark.parametrize("kind", [VerificationKind.CARD, VerificationKind.LETTER, VerificationKind.NONE])
@pytest.mark.parametrize(("on", "law"), [(date(2018, 3, 12), "103/2016/QH13"), (TODAY, "126/2025/QH15")])
def test_nobody_may_be_made_to_show_card_and_letter_both(
    pack: RulePack, kind: VerificationKind, on: date, law: str
) -> None:
    sentences = may_not_demand(kind, on, pack)
    assert any("cả thẻ nhà báo và giấy giới thiệu" in each and law in each for each in sentences)
    assert verify(kind, None, on, pack).may_not_demand == sentences


def test_no_dispatch_may_be_demanded_since_the_ministry_said_so(pack: RulePack) -> None:
    def told(on: date) -> bool:
        return any("công văn" in each for each in may_not_demand(VerificationKind.CARD, on, pack))

    assert not told(date(2020, 7, 13))
    assert told(date(2020, 7, 14))
    assert told(TODAY)


def test_a_person_without_papers_may_be_asked_for_one_of_the_two(pack: RulePack) -> None:
    found = verify(VerificationKind.NONE, None, TODAY, pack)
    assert found.result is VerificationResult.NONE
    assert not found.result.is_good
    assert len(may_demand(VerificationKind.NONE, TODAY, pack)) == 3


@pytest.mark.parametrize("kind", list(VerificationKind))
def test_identity_papers_are_seen_but_neither_copied_nor_kept(pack: RulePack, kind: VerificationKind) -> None:
    """NĐ 356/2025/NĐ-CP, Điều 4: images of identity papers are sensitive; in force from 01/01/2026."""
    assert any("căn cước" in each and "356/2025" in each for each in may_not_demand(kind, TODAY, pack))
    assert not any("căn cước" in each for each in may_not_demand(kind, date(2025, 12, 31), pack))


def test_what_papers_must_state_is_data_and_not_code(pack: RulePack) -> None:
    """A province that wants less says so in its rule file: the check goes, and so does the reason."""
    less = replace(pack, checks=tuple(check for check in pack.checks if check.id != "LETTER-TIME"))
    facts = replace(LETTER, time="")
    assert (
        verify(VerificationKind.LETTER, facts, TODAY, pack).result is VerificationResult.LETTER_MISSING_SCOPE
    )
    assert verify(VerificationKind.LETTER, facts, TODAY, less).result is VerificationResult.LETTER_VALID


def test_facts_of_another_kind_count_as_nothing_read(pack: RulePack) -> None:
    found = verify(VerificationKind.CARD, LETTER, TODAY, pack)
    assert found.result is VerificationResult.CARD_INCOMPLETE


def test_every_result_has_words_of_its_own() -> None:
    assert len({result.wording for result in VerificationResult}) == len(VerificationResult)
