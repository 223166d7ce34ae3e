"""Series of numbers, gaps, and the register of papers sent (NĐ 30/2020/NĐ-CP, Điều 15, 16; Phụ lục IV)."""

from dataclasses import replace
from datetime import date

import pytest

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.register import cells, columns
from spokesdesk.services import papers
from tests.desks import Office
from tests.services.test_papers import approved


def approved_notice(office: Office) -> Paper:
    letter = replace(
        papers.blank(office.drafter, LetterKind.THONG_BAO),
        subject="lịch tiếp báo chí",
        body="Nội dung thông báo.",
    )
    draft = papers.create(office.drafter, letter)[0]
    papers.submit(office.drafter, draft.id)
    return papers.approve(office.leader, draft.id)[0]


def numbered(office: Office, paper: Paper, number: int | None = None) -> Paper:
    return papers.number(office.registry, paper.id, number)[0]


def test_one_shared_series_counts_every_kind_together(office: Office) -> None:
    papers.save_series(office.spokesperson, "shared", {})
    assert numbered(office, approved(office)).number == 1
    assert numbered(office, approved_notice(office)).number == 2


def test_each_kind_counts_by_itself_unless_the_agency_says_otherwise(office: Office) -> None:
    assert numbered(office, approved(office)).number == 1
    assert numbered(office, approved_notice(office)).number == 1


def test_a_table_joins_kinds(office: Office) -> None:
    papers.save_series(office.spokesperson, "mixed", {"cong-van": "Hành chính", "thong-bao": "Hành chính"})
    assert numbered(office, approved(office), 7).number == 7
    assert numbered(office, approved_notice(office)).number == 8
    with pytest.raises(ConflictError):
        papers.number(office.registry, approved(office).id, 8)


def test_after_a_change_of_series_number_and_symbol_still_stand_once_in_a_year(office: Office) -> None:
    first = numbered(office, approved(office))
    papers.save_series(office.spokesperson, "shared", {})
    second = numbered(office, approved(office))
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(ConflictError):
        papers.number(office.registry, approved(office).id, 1)


def test_only_an_administrator_changes_the_series(office: Office) -> None:
    with pytest.raises(AccessError):
        papers.save_series(office.drafter, "shared", {})
    assert papers.series(office.drafter).mode == "kind"


def test_gaps_are_reported_for_each_series_and_year(office: Office) -> None:
    numbered(office, approved(office), 2)
    numbered(office, approved(office), 6)
    numbered(office, approved_notice(office))
    papers.number(office.registry, approved(office).id, 3, date(2018, 3, 12))
    year = vn_day(office.registry.now()).year
    found = {(each.series, each.year): each.missing for each in papers.gaps(office.registry)}
    assert found == {
        ("cong-van", year): ((1, 1), (3, 5)),
        ("thong-bao", year): (),
        ("cong-van", 2018): ((1, 2),),
    }
    assert [each.year for each in papers.gaps(office.registry, 2018)] == [2018]


def test_the_register_has_the_ten_columns_and_says_what_became_of_a_paper(office: Office) -> None:
    today = vn_day(office.registry.now())
    letter = papers.paper(office.registry, approved(office).id)
    first = numbered(office, letter)
    papers.release(office.registry, first.id)
    papers.withdraw(office.leader, first.id, "sai thẩm quyền")
    numbered(office, approved(office, "việc hai"))
    book = papers.register(office.registry, today.year, "cong-van")
    assert len(columns()) == 10
    assert all(len(cells(row)) == 10 for row in book.rows)
    day = f"{today:%d/%m/%Y}"
    assert cells(book.rows[0]) == (
        "01/STTTT-TTBCXB",
        day,
        "đề nghị cải chính thông tin",
        "Nguyễn Văn Ổn",
        "Tổng Biên tập Báo Điện tử Sông Vàm",
        "VT, TTBCXB",
        "",
        day,
        "",
        "Thu hồi: sai thẩm quyền",
    )
    assert book.rows[1].note == "chưa phát hành"
    assert (book.numbers, book.days) == ((1, 2), (today, today))
    assert papers.register(office.registry, 2018).rows == ()


def test_the_register_of_all_series_names_the_kind(office: Office) -> None:
    numbered(office, approved_notice(office))
    (row,) = papers.register(office.registry, vn_day(office.registry.now()).year).rows
    assert row.subject == "Thông báo: lịch tiếp báo chí"


def test_a_correction_and_its_paper_point_to_each_other(office: Office) -> None:
    old = numbered(office, approved(office))
    papers.release(office.registry, old.id)
    new, _changes = papers.correct(office.leader, old.id, "sai số liệu")
    papers.submit(office.drafter, new.id)
    papers.approve(office.leader, new.id, "việc khẩn")
    numbered(office, new)
    notes = [row.note for row in papers.register(office.registry, vn_day(office.registry.now()).year).rows]
    assert notes[0] == "Đính chính: sai số liệu; xem văn bản số 02/STTTT-TTBCXB"
    assert "sửa văn bản số 01/STTTT-TTBCXB" in notes[1]


def test_a_year_that_cannot_be_is_refused(office: Office) -> None:
    with pytest.raises(UserError):
        papers.register(office.registry, 26)
