"""Claims: kept with their place in the hashed text, worded anew as new entries, proven by files kept by hash."""

from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk.domain.claims import Standing, placed
from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.services import coverage, journal
from spokesdesk.services.ports import Desk
from tests.services.articles import QUOTE, TEXT, article, claim

SECOND = TEXT.rindex(QUOTE)


def faults(desk: Desk) -> list[str]:
    with desk.read() as unit:
        return [fault.code for fault in unit.chain.body_faults()]


def test_the_place_marked_is_kept_even_where_the_words_stand_twice(desk: Desk) -> None:
    found = article(desk)
    marked, _changes = coverage.add_claims(desk, found.id, (claim(start=SECOND), claim()))
    assert [each.start for each in marked.claims] == [SECOND, TEXT.index(QUOTE)]
    assert {each.text_sha256 for each in marked.claims} == {found.text_sha256}
    assert coverage.article(desk, found.id).claims == marked.claims


def test_everything_a_claim_says_survives_the_database(desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "biên bản.txt"
    report.write_text("Biên bản kiểm tra", encoding="utf-8")
    kept = journal.keep_file(desk, report)
    made = claim(
        proof="Biên bản ngày 05/3",
        ground="Điều 7",
        asks=(Ask.REMOVAL, Ask.CORRECTION),
        files=(kept,),
        links=("https://vi.du/thong-cao", "https://vi.du/thong-cao", " "),
    )
    (again,) = coverage.article(desk, article(desk, made).id).claims
    assert again.asks == (Ask.CORRECTION, Ask.REMOVAL)
    assert (again.files, again.links) == ((kept,), ("https://vi.du/thong-cao",))
    with desk.read() as unit:
        assert kept.sha256 in unit.files_named(), "the integrity check reads it"
    assert faults(desk) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quote": " "}, "quote"),
        ({"fact": ""}, "fact"),
        ({"asks": ()}, "asks"),
        ({"links": ("vi.du/khong-giao-thuc",)}, "links"),
        ({"links": tuple(f"https://vi.du/{n}" for n in range(21))}, "links"),
    ],
)
def test_what_a_claim_lacks_is_said_at_its_field(desk: Desk, wrong: dict[str, object], field: str) -> None:
    found = article(desk)
    with pytest.raises(UserError) as refused:
        coverage.add_claims(desk, found.id, (claim(**wrong),))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert coverage.article(desk, found.id).claims == ()


def test_an_edit_is_a_new_entry_in_the_same_place_and_the_earlier_wording_stays(desk: Desk) -> None:
    found = article(desk, claim(), claim("Có 120 hộ phải dời nhà", "Có 12 hộ"))
    first, second = found.claims
    changed, _changes = coverage.change_claim(
        desk, found.id, first.id, replace(first, fact="Đã kiểm tra 03 lần")
    )
    assert [each.fact for each in changed.claims] == ["Đã kiểm tra 03 lần", second.fact]
    assert [each.fact for each in coverage.claim_versions(desk, changed.claims[0].id)] == [
        "Đã kiểm tra 03 lần",
        first.fact,
    ]
    with desk.read() as unit:
        assert unit.coverage.claims((first.id,)) == (first,), "a letter sent before still finds its words"
    assert faults(desk) == []


def test_two_edits_of_one_wording_do_not_overwrite_each_other(desk: Desk) -> None:
    found = article(desk, claim())
    (before,) = found.claims
    coverage.change_claim(desk, found.id, before.id, replace(before, fact="Bản của người này"))
    with pytest.raises(ConflictError) as refused:
        coverage.change_claim(desk, found.id, before.id, replace(before, fact="Bản của người kia"))
    assert refused.value.code == "claim_changed_meanwhile"
    (now,) = coverage.article(desk, found.id).claims
    assert now.fact == "Bản của người này"


def test_a_claim_taken_away_can_be_taken_back(desk: Desk) -> None:
    found = article(desk, claim(), claim("Có 120 hộ phải dời nhà", "Có 12 hộ"))
    gone, _changes = coverage.withdraw_claim(desk, found.id, found.claims[0].id)
    assert [each.fact for each in coverage.article(desk, found.id).claims] == ["Có 12 hộ"]
    rows = coverage.article_rows(desk, coverage.article_numbers(desk))
    assert rows[0].claims == 1
    back, _changes = coverage.change_claim(desk, found.id, gone, found.claims[0])
    assert [each.fact for each in back.claims] == [found.claims[0].fact, "Có 12 hộ"]
    assert faults(desk) == []


def test_a_changed_text_says_which_claims_moved_and_which_are_lost(desk: Desk) -> None:
    found = article(desk, claim(), claim("Có 120 hộ phải dời nhà", "Có 12 hộ"), claim("gõ bằng tay", "không"))
    assert [each.standing for each in placed(found)] == [Standing.EXACT, Standing.EXACT, Standing.BY_HAND]
    shorter = "Lời dẫn mới.\n\n" + TEXT.replace("Có 120 hộ phải dời nhà", "Có 12 hộ phải dời nhà")
    again, _changes = coverage.read_again(desk, found.id, shorter)
    assert (again.readings, again.text) == (2, shorter)
    places = placed(again)
    assert [each.standing for each in places] == [Standing.MOVED, Standing.LOST, Standing.BY_HAND]
    assert again.text[places[0].start or 0 :].startswith(QUOTE)
    assert all(each.warning for each in places)
    assert [each.text_sha256 for each in again.claims] == [found.text_sha256] * 3
    assert coverage.read_again(desk, found.id, shorter)[0].readings == 2, "the same text makes no entry"
    assert faults(desk) == []


def test_the_article_is_found_by_what_was_read_again(desk: Desk) -> None:
    found = article(desk)
    coverage.read_again(desk, found.id, "Bản đầy đủ có chữ thủy lợi nội đồng.")
    assert len(coverage.article_numbers(desk, "thuy loi noi dong")) == 1
    assert len(coverage.article_numbers(desk, "doi nha")) == 0
