"""Did they correct it? What is read again is kept by hash, the program hints, a person decides point by point."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from spokesdesk.domain.compare import RunKind
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.rebuttals import RoundMove
from spokesdesk.domain.recaptures import Judged, RecaptureDraft
from spokesdesk.services import coverage, rebuttals, recaptures
from spokesdesk.services.ports import Desk
from tests.services.articles import QUOTE, TEXT, article, at, claim

LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
DELIVERED = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)
CORRECTION = (
    "Thông tin cải chính, xin lỗi\n\nNgày 02/9/2026, Báo Ví Dụ đăng bài “Mưa ngập Bến Lức” có nêu: “Sở chưa một "
    "lần kiểm tra”. Nội dung đúng là: Sở đã kiểm tra 02 lần trong năm 2026. Báo Ví Dụ xin lỗi cơ quan và bạn đọc."
)


def hints(desk: Desk, text: str, *, gone: bool = False, taken_at: datetime = LATER) -> dict[str, Judged]:
    found = article(desk, claim())
    made, _changes = recaptures.add(desk, found.id, RecaptureDraft(text=text, gone=gone, taken_at=taken_at))
    return {sight.point: sight.hint for sight in recaptures.view(desk, made.id).sights}


def test_a_full_correction_is_noticed_and_its_quotation_is_not_taken_for_the_false_text(desk: Desk) -> None:
    seen = hints(at(desk, LATER), CORRECTION)
    assert {point for point, hint in seen.items() if hint is Judged.YES} == {
        "title",
        "named",
        "facts",
        "apology",
    }
    assert seen["removed"] is Judged.UNCLEAR, "the law wants the false words quoted in a correction"


def test_an_article_left_as_it_was_is_noticed(desk: Desk) -> None:
    seen = hints(at(desk, LATER), TEXT)
    assert seen["title"] is seen["apology"] is seen["removed"] is Judged.NO


def test_accents_marks_and_line_breaks_do_not_hide_what_is_there(desk: Desk) -> None:
    text = "THÔNG TIN CẢI CHÍNH,\nXIN LỖI … Sở  chưa một lần\nkiểm tra"
    seen = hints(at(desk, LATER), text)
    assert (seen["title"], seen["removed"]) == (Judged.YES, Judged.UNCLEAR)


def test_a_page_that_is_gone_says_so(desk: Desk) -> None:
    seen = hints(at(desk, LATER), "", gone=True)
    assert (seen["removed"], seen["title"]) == (Judged.YES, Judged.UNCLEAR)


@pytest.mark.parametrize(
    ("days", "text", "hint"),
    [(8, CORRECTION, Judged.YES), (3, CORRECTION, Judged.UNCLEAR), (3, TEXT, Judged.NO)],
)
def test_kept_long_enough_is_counted_from_the_day_of_the_correction(
    desk: Desk, days: int, text: str, hint: Judged
) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    rebuttals.open_rebuttal(desk, found.id)
    made = rebuttals.rounds(desk, found.id).rounds[0].round
    rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=DELIVERED)
    rebuttals.note(desk, made.id, RoundMove.CORRECT, done_at=DELIVERED)
    taken_at = DELIVERED + timedelta(days=days)
    seen, _changes = recaptures.add(desk, found.id, RecaptureDraft(text=text, taken_at=taken_at))
    sight = recaptures.view(desk, seen.id).hint("kept")
    assert sight is not None
    assert sight.hint is hint
    assert str(days) in sight.words


def test_points_and_their_law_go_by_kind_of_outlet_and_day(desk: Desk) -> None:
    desk = at(desk, LATER)
    new = article(desk, claim())
    old = article(
        desk,
        claim(),
        outlet="Báo In Xưa",
        kind=OutletKind.DAILY,
        published_at=datetime(2018, 3, 7, tzinfo=UTC),
    )
    asked = {}
    for found in (new, old):
        made, _changes = recaptures.add(desk, found.id, RecaptureDraft(text="…", taken_at=LATER))
        asked[found.id] = {each.point.id: each.citation for each in recaptures.view(desk, made.id).asked}
    assert {"removed", "kept", "republished"} <= set(asked[new.id])
    assert {"removed", "kept"}.isdisjoint(asked[old.id]), "paper cannot be taken back"
    assert all("237/2026" in citation for citation in asked[new.id].values())
    assert all("103/2016" in citation for citation in asked[old.id].values())


def test_old_and_new_text_are_set_side_by_side(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    text = TEXT.replace("120 hộ", "12 hộ")
    made, _changes = recaptures.add(desk, found.id, RecaptureDraft(text=text))
    runs = recaptures.view(desk, made.id).runs
    assert [run.text for run in runs if run.kind is RunKind.REMOVED] == ["120"]
    assert [run.text for run in runs if run.kind is RunKind.ADDED] == ["12"]


def test_what_a_person_decided_is_an_entry_and_speaks_for_a_fate(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    made, _changes = recaptures.add(desk, found.id, RecaptureDraft(text=CORRECTION))
    every = [each.point.id for each in recaptures.view(desk, made.id).asked]
    with pytest.raises(UserError) as refused:
        recaptures.check(desk, made.id, {})
    assert refused.value.code == "check_empty"
    part = recaptures.check(desk, made.id, {"title": (Judged.YES, ""), "place": (Judged.NO, "Ở cuối trang")})[
        0
    ]
    assert recaptures.likely_fate(part) is RoundMove.PART
    assert [answer.note for answer in part.missing] == ["Ở cuối trang"]
    unclear = recaptures.check(desk, made.id, {"title": (Judged.YES, ""), "kept": (Judged.UNCLEAR, "")})[0]
    assert recaptures.likely_fate(unclear) is None
    whole = recaptures.check(desk, made.id, {point: (Judged.YES, "") for point in every})[0]
    assert recaptures.likely_fate(whole) is RoundMove.CORRECT
    ((_recapture, latest),) = recaptures.of_article(desk, found.id)
    assert latest == whole, "the last one counts"
    with desk.read() as unit:
        assert [link.kind for link in unit.chain.links()].count("recapture_check") == 3
        assert unit.chain.body_faults() == []


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (RecaptureDraft(), "text"),
        (RecaptureDraft(text="a", url="vi.du"), "url"),
        (RecaptureDraft(text="a", taken_at=LATER + timedelta(days=1)), "taken_at"),
    ],
)
def test_a_recapture_of_nothing_or_of_tomorrow_is_refused(
    desk: Desk, draft: RecaptureDraft, field: str
) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    with pytest.raises(UserError) as refused:
        recaptures.add(desk, found.id, draft)
    assert refused.value.field == field


def test_the_next_letter_says_what_was_missing(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    rebuttals.open_rebuttal(desk, found.id)
    made = rebuttals.rounds(desk, found.id).rounds[0].round
    rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=DELIVERED)
    seen, _changes = recaptures.add(desk, found.id, RecaptureDraft(text=CORRECTION))
    recaptures.check(desk, seen.id, {"place": (Judged.NO, "Đăng ở cuối trang.")})
    rebuttals.note(desk, made.id, RoundMove.PART)
    first, *rest = rebuttals.open_rebuttal(desk, found.id)[0].letter.body.split("\n\n")
    assert "mới cải chính một phần" in first
    assert "Đăng, phát đúng chỗ" in first
    assert "Đăng ở cuối trang" in first
    assert any(QUOTE in paragraph for paragraph in rest)


def test_a_later_wording_does_not_change_what_was_asked_before(desk: Desk) -> None:
    desk = at(desk, LATER)
    found = article(desk, claim())
    rebuttals.open_rebuttal(desk, found.id)
    (before,) = found.claims
    coverage.change_claim(desk, found.id, before.id, replace(before, fact="Sở đã kiểm tra 03 lần"))
    made = rebuttals.rounds(desk, found.id).rounds[0].round
    with desk.read() as unit:
        assert [each.fact for each in unit.coverage.claims(made.claims)] == [before.fact]
