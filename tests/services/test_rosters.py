"""What is published of whom, by when, and the letter of authorisation."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.offices import Office
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.domain.spokespeople import AuthorisationDraft, SpeakerKind
from spokesdesk.services import authorisation_letter, papers, people, press, rosters, spokespeople, today
from spokesdesk.services.ports import Desk
from spokesdesk.services.rosters import Roster
from tests.desks import Office as Bureau
from tests.services.test_spokespeople import AUTHORISED, HEAD, REGULAR, write
from tests.typeset.poppler import lines

DAY = date(2026, 11, 5)


@pytest.fixture
def press_here(desk: Desk) -> Journalist:
    """A resident reporter whose own contacts and card are known, at an outlet with an office here."""
    bao, _changes = people.save_outlet(desk, Outlet(desk.new_id(), "Báo Lao Động"))
    press.save_office(
        desk,
        Office(
            desk.new_id(), bao.ref, "10 Trần Hưng Đạo", "Hồ Ổn", "0272 3999 888", from_on=date(2024, 3, 1)
        ),
    )
    who = Journalist(
        desk.new_id(),
        "Đỗ Thị Hoà",
        bao.ref,
        phone="0912 345 678",
        email="hoa.rieng@gmail.com",
        zalo="0912 345 678",
        card_number="IBT 01234",
        resident_decision="15/QĐ-LĐ",
        resident_from_on=date(2025, 6, 1),
        note="ghi chú riêng",
    )
    return people.save_journalist(desk, who)[0]


def test_the_list_of_spokespeople_has_what_the_decree_wants_published(desk: Desk) -> None:
    write(desk, HEAD, REGULAR, AUTHORISED, replace(AUTHORISED, name="Đã Qua", until_on=date(2026, 11, 2)))
    listed = rosters.html(desk, Roster.SPOKESPEOPLE, DAY)
    for part in (REGULAR.name, REGULAR.post, REGULAR.phone, REGULAR.email, AUTHORISED.scope, "10/11/2026"):
        assert part in listed, part
    assert "Đã Qua" not in listed
    printed = " ".join(" ".join(page) for page in lines(rosters.pdf(desk, Roster.SPOKESPEOPLE, DAY)))
    assert "phatngon@longan.gov.vn" in printed.replace(" ", "")


@pytest.mark.parametrize("which", list(Roster))
def test_no_list_tells_a_journalist_s_own_contacts(desk: Desk, press_here: Journalist, which: Roster) -> None:
    paper, _changes = rosters.draft_notice(desk, which)
    everything = rosters.html(desk, which) + rosters.text(desk, which) + paper.letter.body
    private = (press_here.phone, press_here.email, press_here.card_number, press_here.note, "rieng")
    assert [text for text in private if text in everything] == []
    if which is Roster.RESIDENTS:
        assert "Đỗ Thị Hoà" in everything
        assert "15/QĐ-LĐ" in everything
    if which is Roster.OFFICES:
        assert "10 Trần Hưng Đạo" in everything


def test_what_is_typed_cannot_become_markup_of_a_page(desk: Desk) -> None:
    write(desk, HEAD, replace(REGULAR, post="<script>alert(1)</script>", phone="1 | 2 * 3"))
    listed = rosters.html(desk, Roster.SPOKESPEOPLE, DAY)
    assert "<script" not in listed
    paper, _changes = rosters.draft_notice(desk, Roster.SPOKESPEOPLE)
    assert papers.render(paper.letter).pdf.startswith(b"%PDF")


def test_a_spokesperson_is_to_be_published_within_24_hours_of_the_decision(desk: Desk) -> None:
    signed = datetime.now(UTC) - timedelta(hours=20)
    _head, held = write(desk, HEAD, replace(REGULAR, decided_at=signed, from_on=signed.date()))
    (item,) = today.board(desk).due
    assert (item.kind, item.id) == ("spokesperson", held.id)
    assert item.due.due_at == signed + timedelta(hours=24)
    assert item.due.citation == "khoản 3 Điều 3 Nghị định số 244/2026/NĐ-CP"
    spokespeople.publish(desk, held.id, datetime.now(UTC), url="https://longan.gov.vn/phat-ngon")
    assert today.board(desk).due == ()


def test_a_change_after_the_list_was_published_is_noticed(desk: Desk) -> None:
    _head, held = write(desk, HEAD, REGULAR)
    assert rosters.changed_since(desk) is None, "nothing was published yet"
    spokespeople.publish(desk, held.id, datetime.now(UTC))
    assert rosters.changed_since(desk) is None
    write(desk, replace(AUTHORISED, name="Lê Ấn"))
    changed = rosters.changed_since(desk)
    assert changed is not None
    assert changed[1] == "khoản 3 Điều 3 Nghị định số 244/2026/NĐ-CP"


def test_what_lapses_soon_stands_on_the_today_page(desk: Desk) -> None:
    day = datetime.now(UTC).date()
    write(desk, HEAD, replace(AUTHORISED, from_on=day, until_on=day + timedelta(days=5)))
    (item,) = today.board(desk).due
    assert AUTHORISED.name in item.detail
    assert AUTHORISED.scope in item.detail


def test_the_letter_names_matter_days_and_that_it_is_not_passed_on(office: Bureau) -> None:
    desk = office.spokesperson
    _head, held = write(desk, HEAD, replace(AUTHORISED, decision_number=""))
    made, _changes = authorisation_letter.draft_letter(desk, held.id)
    text = made.letter.body
    for part in (
        "Giám đốc Sở Thông tin và Truyền thông Lê Văn Ổn ủy quyền cho",
        "Phạm Thị Ấn",
        "vụ cháy chợ phường Tân An",
        "từ ngày 01 tháng 11 năm 2026 đến hết ngày 10 tháng 11 năm 2026",
        "không được ủy quyền tiếp",
    ):
        assert part in text, part
    assert made.letter.signers[0].name == "Lê Văn Ổn"
    assert [found for found in papers.lint(made.letter) if found.level is papers.Level.ERROR] == []
    assert not spokespeople.standing(desk, held.name, DAY).is_valid
    papers.submit(office.drafter, made.id)
    papers.approve(office.leader, made.id)
    papers.number(office.registry, made.id, 7, date(2026, 11, 1))
    found = spokespeople.standing(desk, held.name, DAY)
    assert (found.state, found.number) == ("valid", "07/GUQ-STTTT")


def test_the_regular_spokesperson_has_no_such_letter(desk: Desk) -> None:
    _head, held = write(desk, HEAD, REGULAR)
    with pytest.raises(UserError) as caught:
        authorisation_letter.draft_letter(desk, held.id)
    assert caught.value.code == "letter_not_needed"


def test_the_published_moment_is_between_decision_and_now(desk: Desk) -> None:
    _head, held = write(desk, HEAD, REGULAR)
    assert held.decided_at is not None
    for at in (held.decided_at - timedelta(minutes=1), datetime.now(UTC) + timedelta(hours=1)):
        with pytest.raises(UserError) as caught:
            spokespeople.publish(desk, held.id, at)
        assert caught.value.field == "published_at"


def test_who_speaks_is_listed_by_rank_then_by_given_name(desk: Desk) -> None:
    more = [replace(AUTHORISED, name=name) for name in ("Vũ Ổn", "Vũ Ánh", "Vũ Ấn", "Vũ Ăn")]
    write(desk, HEAD, *more, REGULAR)
    listed = rosters.sheet(desk, Roster.SPOKESPEOPLE, DAY)
    assert [row[1] for row in listed.rows] == [
        HEAD.name,
        REGULAR.name,
        "Vũ Ánh",
        "Vũ Ăn",
        "Vũ Ấn",
        "Vũ Ổn",
    ]
    assert isinstance(HEAD, AuthorisationDraft)
    assert HEAD.kind is SpeakerKind.HEAD
