"""One desk holds a number series: handed over, lent in blocks, taken back; numbers borne twice stop a release."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.holding import Span, numbers_of
from spokesdesk.domain.papers import Move, Paper
from spokesdesk.domain.register import mark
from spokesdesk.domain.signing import SignatureKind
from spokesdesk.services import holdings, papers, people, workspace
from tests.desks import PASSPHRASE, Office, copied
from tests.services.test_papers import approved
from tests.services.test_signing import leader_signs, seal

SERIES = "cong-van"


@pytest.fixture
def second(template: Path, tmp_path: Path) -> Iterator[Office]:
    """Another desk of the same agency."""
    desk = bootstrap.open_desk(copied(template, tmp_path / "may-hai"), passphrase=PASSPHRASE)
    by_name = {member.name: desk.working_as(member) for member in people.members(desk)}
    yield Office(
        desk.keeper.folder,
        by_name["Trần Minh Khuê"],
        by_name["Lê Thị Ánh"],
        by_name["Nguyễn Văn Ổn"],
        by_name["Phạm Thị Ấn"],
    )
    desk.close()


def given(office: Office, number: int | None = None, *, may_double: bool = False) -> Paper:
    return papers.number(office.registry, approved(office).id, number, may_double=may_double)[0]


def handed(giver: Office, taker: Office) -> bytes:
    code = holdings.own_code(taker.registry)
    return holdings.hand_over(giver.registry, SERIES, code, "Máy hai")[0]


def take(office: Office, data: bytes, giver: Office) -> holdings.Received:
    return holdings.take(office.registry, data, holdings.own_code(giver.registry))[0]


def test_a_series_handed_over_goes_on_at_the_other_desk(office: Office, second: Office) -> None:
    assert [given(office).number for _at in range(2)] == [1, 2]
    data = handed(office, second)
    with pytest.raises(ConflictError) as caught:
        given(office)
    assert (caught.value.code, caught.value.params["holder"]) == ("series_elsewhere", "Máy hai")
    take(second, data, office)
    assert given(second).number == 3, "it goes on where the first desk ended"
    with pytest.raises(ConflictError) as caught:
        given(second, 2)
    assert caught.value.code == "number_taken", "a number given at the other desk is taken here too"
    assert papers.gaps(second.registry)[0].missing == ()
    take(office, handed(second, office), second)
    assert given(office).number == 4
    for desk in (office, second):
        assert workspace.doctor(desk.registry).ok, "each hand-over is an entry of the chain"
    kinds = [entry.kind.value for entry in holdings.entries(office.registry)]
    assert kinds == ["take", "hand-over"]


def test_only_the_desk_it_is_meant_for_takes_a_file_once_and_unaltered(
    office: Office, second: Office
) -> None:
    data = handed(office, second)
    with pytest.raises(ConflictError) as caught:
        take(office, data, office)
    assert caught.value.code == "slip_for_other"
    with pytest.raises(ConflictError) as caught:
        holdings.take(second.registry, data)
    assert caught.value.code == "slip_unknown_sender", "a person compares the code of a desk not yet known"
    altered = json.loads(data)
    altered["body"]["turn"] = 9
    with pytest.raises(UserError) as altered_error:
        take(second, json.dumps(altered).encode(), office)
    assert altered_error.value.code == "slip_unreadable"
    take(second, data, office)
    with pytest.raises(ConflictError) as caught:
        take(second, data, office)
    assert caught.value.code == "slip_taken"
    take(office, handed(second, office), second)
    with pytest.raises(ConflictError) as caught:
        take(second, data, office)
    assert caught.value.code == "slip_taken"
    with pytest.raises(AccessError):
        holdings.hand_over(office.drafter, SERIES, holdings.own_code(second.registry), "Máy hai")


def test_a_lent_block_is_skipped_used_there_and_comes_back(office: Office, second: Office) -> None:
    given(office)
    code = holdings.own_code(second.registry)
    data, span, _changes = holdings.lend(office.registry, SERIES, 3, code, "Máy hai")
    assert span == Span(span.year, 2, 4)
    assert given(office).number == 5, "lent numbers are skipped"
    with pytest.raises(ConflictError) as caught:
        given(office, 3)
    assert caught.value.code == "number_lent"
    take(second, data, office)
    assert given(second).number == 2
    with pytest.raises(ConflictError) as caught:
        given(second, 5)
    assert caught.value.code == "number_outside_block"
    (block,) = holdings.standing_of_desk(second.registry, SERIES).borrowed
    back, unused, _changes = holdings.give_back(second.registry, block, SERIES)
    assert unused == (Span(span.year, 3, 4),)
    with pytest.raises(ConflictError) as caught:
        given(second)
    assert caught.value.code == "series_elsewhere"
    received = take(office, back, second)
    assert received.unused == (Span(span.year, 3, 4),)
    assert papers.gaps(office.registry)[0].missing == ((3, 4),), "unused numbers are reported"
    assert given(office, 3).number == 3, "and may be given"
    with pytest.raises(ConflictError):
        given(office, 2)


def test_a_block_that_is_used_up_says_so(office: Office, second: Office) -> None:
    code = holdings.own_code(second.registry)
    take(second, holdings.lend(office.registry, SERIES, 1, code, "Máy hai")[0], office)
    assert given(second).number == 1
    with pytest.raises(ConflictError) as caught:
        given(second)
    assert caught.value.code == "block_empty"


def test_a_desk_that_only_received_numbers_holds_no_other_series(office: Office, second: Office) -> None:
    take(second, handed(office, second), office)
    held = {one.series: one.holds for one in holdings.standings(second.registry)}
    assert held[SERIES]
    assert not held["thong-bao"], "the first desk still holds what it did not hand over"
    assert {one.series: one.holds for one in holdings.standings(office.registry)}["thong-bao"]


def test_a_lost_series_is_reclaimed_with_a_reason_by_the_administrator(
    office: Office, second: Office
) -> None:
    data = handed(office, second)
    with pytest.raises(AccessError):
        holdings.reclaim(office.registry, SERIES, "máy hai hỏng")
    with pytest.raises(UserError):
        holdings.reclaim(office.spokesperson, SERIES, " ")
    holdings.reclaim(office.spokesperson, SERIES, "máy hai hỏng, chưa nhận tệp")
    assert given(office).number == 1
    take(second, data, office)
    with pytest.raises(ConflictError) as caught:
        take(office, handed(second, office), second)
    assert caught.value.code == "slip_stale", "a hand-over from before the reclaim is older than it"


def test_a_number_typed_twice_is_flagged_and_blocks_both_until_one_is_changed(office: Office) -> None:
    first = given(office, 7)
    with pytest.raises(ConflictError) as caught:
        given(office, 7)
    assert (caught.value.code, first.title in str(caught.value.params["bearer"])) == ("number_taken", True)
    second = given(office, 7, may_double=True)
    assert "trùng" in second.moves[-1].remark
    assert [twin.id for twin in papers.twins(office.registry, second.id)] == [first.id]
    assert {one.paper.id for one in papers.doubled(office.registry)} == {first.id, second.id}
    for paper in (first, second):
        with pytest.raises(ConflictError) as caught:
            papers.release(office.registry, paper.id)
        assert caught.value.code == "number_doubled"
    with pytest.raises(UserError):
        papers.renumber(office.registry, second.id, None, "")
    with pytest.raises(ConflictError):
        papers.renumber(office.registry, second.id, 7, "vẫn số ấy")
    settled = papers.renumber(office.registry, second.id, None, "gõ nhầm")[0]
    assert (settled.number, settled.moves[-1].move) == (8, Move.RENUMBER)
    assert mark(first) in settled.moves[-1].remark
    assert papers.doubled(office.registry) == ()
    for paper in (first, second):
        papers.release(office.registry, paper.id)
    notes = {row.number: row.note for row in papers.register(office.registry, settled.numbered_on.year).rows}  # type: ignore[union-attr]
    assert "gõ nhầm" in notes[8]
    assert workspace.doctor(office.registry).ok


def test_a_number_that_is_signed_is_not_changed(office: Office) -> None:
    paper = approved(office)
    leader_signs(office, paper)
    papers.number(office.registry, paper.id)
    assert papers.renumber(office.registry, paper.id, 4, "đổi trước khi đóng dấu")[0].number == 4
    sealed = seal(office, paper)
    assert sealed.kind is SignatureKind.AGENCY
    with pytest.raises(ConflictError) as caught:
        papers.renumber(office.registry, paper.id, 5, "muộn")
    assert caught.value.code == "renumber_signed"


def test_a_number_given_at_both_desks_before_they_knew_of_each_other_blocks(
    office: Office, second: Office
) -> None:
    given(office)
    mine = given(second)
    take(second, handed(office, second), office)
    (twin,) = papers.twins(second.registry, mine.id)
    assert twin.elsewhere
    with pytest.raises(ConflictError) as caught:
        papers.release(second.registry, mine.id)
    assert caught.value.code == "number_doubled"
    assert papers.renumber(second.registry, mine.id, None, "trùng với máy một")[0].number == 2
    papers.release(second.registry, mine.id)


def test_a_series_is_named_by_key_or_in_words_and_no_other_is_lent(office: Office) -> None:
    registry = office.registry
    assert {holdings.series_named(registry, words) for words in ("cong-van", "Công văn", "công văn")} == {
        "cong-van"
    }
    with pytest.raises(UserError, match="series_unknown"):
        holdings.series_named(registry, "Công văn mật")


def test_spans_count() -> None:
    assert numbers_of((Span(2026, 2, 4), Span(2025, 1, 1)), 2026) == {2, 3, 4}
