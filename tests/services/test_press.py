"""Outlets whole: licence and remit, offices in the province, the checklist that never judges."""

from datetime import date

import pytest

from spokesdesk.domain.checklists import Seen
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.offices import Office
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.services import find, people, press
from spokesdesk.services.ports import Desk
from tests.typeset.poppler import lines


@pytest.fixture
def magazine(desk: Desk) -> Outlet:
    made = Outlet(
        desk.new_id(),
        "Tạp chí Môi trường Xanh",
        OutletKind.MAGAZINE,
        governing_body="Hội Bảo vệ thiên nhiên",
        licence_number="123/GP-BTTTT",
        licence_on=date(2020, 5, 1),
        licence_by="Bộ Thông tin và Truyền thông",
        remit="Thông tin khoa học về môi trường.",
        periodicity="1 kỳ/tháng",
        head_title="Tổng Biên tập",
        head_name="Đỗ Thị Hoà",
        channels="facebook.com/moitruongxanh\nyoutube.com/@mtx",
    )
    return people.save_outlet(desk, made)[0]


def test_an_outlet_is_kept_whole_and_found_by_any_of_it(desk: Desk, magazine: Outlet) -> None:
    assert people.outlet(desk, magazine.id) == magazine
    for words in ("123/GP", "do thi hoa", "khoa hoc ve moi truong", "moitruongxanh"):
        assert [hit.id for hit in find.find(desk, words)] == [magazine.id], words


def test_both_places_of_a_tone_and_a_bare_d_find_the_same(desk: Desk) -> None:
    made = [Journalist(desk.new_id(), name) for name in ("Đặng Hoà", "Đặng Hòa", "Đinh Thuỷ", "Đinh Thủy")]
    for one in made:
        people.save_journalist(desk, one)
    for words, wanted in (("dang hoa", made[:2]), ("Hoà", made[:2]), ("hòa", made[:2]), ("thủy", made[2:])):
        assert {hit.id for hit in find.find(desk, words)} == {one.id for one in wanted}, words


def test_offices_come_and_go_with_their_days(desk: Desk, magazine: Outlet) -> None:
    office = Office(desk.new_id(), magazine.ref, " 10 Trần Hưng Đạo ", "Hồ Ấn", from_on=date(2025, 1, 1))
    saved, _changes = press.save_office(desk, office)
    assert saved.address == "10 Trần Hưng Đạo"
    assert press.offices(desk) == (saved,) == press.offices(desk, magazine.id)
    gone, _changes = press.drop_office(desk, saved.id)
    assert press.offices(desk) == ()
    press.save_office(desk, gone)
    assert press.offices(desk) == (saved,)
    with pytest.raises(UserError) as caught:
        press.save_office(desk, Office(desk.new_id(), magazine.ref, ""))
    assert caught.value.field == "address"


def test_a_checklist_keeps_what_was_seen_and_never_judges(desk: Desk, magazine: Outlet) -> None:
    given = {
        "II.2-remit": (Seen.SEEN, "Bài về đấu thầu giáo dục, trang chủ, 9 giờ"),
        "II.1-name": (Seen.NOT_SEEN, ""),
    }
    made, _changes = press.fill_checklist(desk, magazine.id, given, "Xem trên máy cơ quan")
    assert press.checklists(desk, magazine.id) == (made,)
    assert made.author == desk.member.ref
    assert "1418/QĐ-BTTTT" in made.source
    by_id = {item.id: item for item in made.answers}
    assert by_id["II.2-remit"].evidence.startswith("Bài về đấu thầu")
    assert by_id["II.1-channels"].seen is Seen.UNCHECKED
    assert not any(name.startswith("III.") for name in by_id), "a magazine is not asked about aggregators"
    with desk.read() as unit:
        assert unit.chain.body_faults() == []
        assert [link.kind for link in unit.chain.links()] == ["outlet_checklist"]


def test_what_is_said_to_be_seen_needs_evidence(desk: Desk, magazine: Outlet) -> None:
    with pytest.raises(UserError) as caught:
        press.fill_checklist(desk, magazine.id, {"II.2-remit": (Seen.SEEN, " ")})
    assert (caught.value.code, caught.value.field) == ("checklist_evidence", "II.2-remit")
    with pytest.raises(UserError) as caught:
        press.fill_checklist(desk, magazine.id, {})
    assert caught.value.code == "checklist_empty"


def test_the_printed_checklist_names_source_person_and_evidence(desk: Desk, magazine: Outlet) -> None:
    given = {"II.2-remit": (Seen.SEEN, "Bài về đấu thầu <giáo dục>")}
    made, _changes = press.fill_checklist(desk, magazine.id, given)
    printed = " ".join(" ".join(page) for page in lines(press.checklist_pdf(desk, made.id)))
    for part in (magazine.name, "Trần Minh Khuê", "1418/QĐ-BTTTT", "<giáo dục>", "không phải kết luận"):
        assert part in printed, part


def test_a_resident_reporter_is_one_within_the_days_of_the_posting() -> None:
    from uuid import UUID

    who = Journalist(UUID(int=1), "Lê Ấn", resident_decision="12/QĐ", resident_until_on=date(2026, 12, 31))
    assert who.is_resident(date(2026, 12, 31))
    assert not who.is_resident(date(2027, 1, 1))
    assert not Journalist(UUID(int=1), "Lê Ấn").is_resident(date(2026, 1, 1))
