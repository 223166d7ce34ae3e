"""Who may speak for the agency on a day, and that nobody passes a borrowed right on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.spokespeople import Authorisation, AuthorisationDraft, SpeakerKind
from spokesdesk.services import spokespeople
from spokesdesk.services.ports import Desk

SIGNED = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
HEAD = AuthorisationDraft(SpeakerKind.HEAD, "Lê Văn Ổn", date(2026, 7, 1), post="Giám đốc")
REGULAR = AuthorisationDraft(
    SpeakerKind.REGULAR,
    "Trần Minh Khuê",
    date(2026, 9, 1),
    post="Chánh Văn phòng",
    decision_number="12/QĐ-STTTT",
    decided_at=SIGNED,
    authorised_by="Lê Văn Ổn",
    phone="0272 3123 456",
    email="phatngon@longan.gov.vn",
)
AUTHORISED = AuthorisationDraft(
    SpeakerKind.AUTHORISED,
    "Phạm Thị Ấn",
    date(2026, 11, 1),
    until_on=date(2026, 11, 10),
    decision_number="05/GUQ-STTTT",
    authorised_by="Lê Văn Ổn",
    authorised_by_post="Giám đốc",
    scope="vụ cháy chợ phường Tân An",
)


def write(desk: Desk, *drafts: AuthorisationDraft) -> list[Authorisation]:
    return [spokespeople.authorise(desk, draft)[0] for draft in drafts]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 10, 31), "not_yet"),
        (date(2026, 11, 1), "valid"),
        (date(2026, 11, 10), "valid"),
        (date(2026, 11, 11), "lapsed"),
    ],
)
def test_a_right_holds_from_its_first_to_its_last_day(desk: Desk, on: date, state: str) -> None:
    write(desk, HEAD, AUTHORISED)
    found = spokespeople.standing(desk, "phạm thị ấn", on)
    assert (found.state, found.who, found.until) == (state, "Phạm Thị Ấn", date(2026, 11, 10))


def test_nothing_is_known_of_a_stranger_nor_of_another_accent(desk: Desk) -> None:
    write(desk, HEAD, replace(AUTHORISED, name="Phạm Thị An"), replace(REGULAR, name="Phạm Thị Ấn"))
    assert spokespeople.standing(desk, "Ông Bùi Văn Lạ", date(2026, 11, 5)).state == "unknown"
    # Typed in full, the name is the regular spokesperson's, not that of the one authorised for the fire.
    assert spokespeople.standing(desk, "Phạm Thị Ấn", date(2026, 12, 1)).state == "valid"
    assert spokespeople.standing(desk, "bà Phạm Thị An", date(2026, 12, 1)).state == "lapsed"


def test_the_sentence_names_the_matter_the_paper_and_the_last_day(desk: Desk) -> None:
    write(desk, HEAD, AUTHORISED)
    said = spokespeople.sentence(spokespeople.standing(desk, "Pham Thi An", date(2026, 11, 5)))
    for part in ("Phạm Thị Ấn", "05/GUQ-STTTT", "10/11/2026", "vụ cháy chợ phường Tân An"):
        assert part in said


def test_withdrawn_early_it_holds_no_more_from_that_day(desk: Desk) -> None:
    _head, held = write(desk, HEAD, AUTHORISED)
    spokespeople.end(desk, held.id, date(2026, 11, 5), remark="chuyển công tác", withdrawn=True)
    assert spokespeople.standing(desk, held.name, date(2026, 11, 4)).state == "valid"
    assert spokespeople.standing(desk, held.name, date(2026, 11, 5)).state == "lapsed"
    with pytest.raises(ConflictError):
        spokespeople.end(desk, held.id, date(2026, 11, 6))


def test_a_mistaken_ending_or_publication_is_taken_back_by_a_new_entry(desk: Desk) -> None:
    _head, held = write(desk, HEAD, REGULAR)
    spokespeople.end(desk, held.id, date(2026, 11, 5))
    spokespeople.publish(desk, held.id, SIGNED + timedelta(hours=1))
    spokespeople.resume(desk, held.id)
    back, _changes = spokespeople.unpublish(desk, held.id)
    assert (back.ending, back.published_at, len(back.steps)) == (None, None, 4)
    assert spokespeople.standing(desk, held.name, date(2026, 12, 1)).is_valid


def test_a_member_of_that_name_is_the_one_meant(desk: Desk) -> None:
    (held,) = write(desk, replace(REGULAR, authorised_by=""))
    assert held.member == desk.member.ref


def test_an_authorisation_without_a_number_is_not_in_force_yet(desk: Desk) -> None:
    write(desk, HEAD, replace(AUTHORISED, decision_number=""))
    assert spokespeople.standing(desk, AUTHORISED.name, date(2026, 11, 5)).state == "not_yet"


@pytest.mark.parametrize("giver", ["Trần Minh Khuê", "tran minh khue"])
def test_who_speaks_by_another_s_will_cannot_authorise(desk: Desk, giver: str) -> None:
    write(desk, HEAD, REGULAR)
    with pytest.raises(UserError) as caught:
        write(desk, replace(AUTHORISED, authorised_by=giver))
    assert (caught.value.code, caught.value.field) == ("redelegation", "authorised_by")
    # The căn cứ is the one in force on the first day.
    assert "244/2026" in str(caught.value.params["law"])
    assert spokespeople.standing(desk, AUTHORISED.name, date(2026, 11, 5)).state == "unknown"


def test_a_past_spokesperson_who_became_head_may_authorise(desk: Desk) -> None:
    write(desk, replace(HEAD, name="Trần Minh Khuê"), REGULAR)
    write(desk, replace(AUTHORISED, authorised_by="Trần Minh Khuê"))
    assert spokespeople.standing(desk, AUTHORISED.name, date(2026, 11, 5)).is_valid


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(REGULAR, decision_number=""), "decision_number"),
        (replace(REGULAR, decided_at=None), "decided_at"),
        (replace(AUTHORISED, scope=" "), "scope"),
        (replace(AUTHORISED, until_on=None), "until_on"),
        (replace(AUTHORISED, until_on=date(2026, 10, 1)), "until_on"),
        (replace(AUTHORISED, authorised_by="", name="X"), "authorised_by"),
        (replace(AUTHORISED, authorised_by="Bà Phạm Thị Ấn"), "authorised_by"),
    ],
)
def test_what_the_law_wants_written_cannot_be_left_out(
    desk: Desk, draft: AuthorisationDraft, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        spokespeople.authorise(desk, draft)
    assert caught.value.field == field


def test_a_correction_is_a_new_entry_and_keeps_what_happened_since(desk: Desk) -> None:
    _head, held = write(desk, HEAD, REGULAR)
    spokespeople.publish(desk, held.id, SIGNED + timedelta(hours=3))
    better, _changes = spokespeople.authorise(desk, replace(REGULAR, post="Phó Giám đốc", corrects=held.id))
    assert [item.post for item in spokespeople.history(desk)] == ["Phó Giám đốc", "Giám đốc"]
    assert better.published_at == SIGNED + timedelta(hours=3)
    assert spokespeople.get(desk, held.id).post == "Chánh Văn phòng"
    with pytest.raises(ConflictError):
        spokespeople.end(desk, held.id, date(2026, 11, 1))


def test_every_entry_is_in_the_chain_and_found_without_accents(desk: Desk) -> None:
    _head, held = write(desk, HEAD, AUTHORISED)
    spokespeople.end(desk, held.id, date(2026, 11, 5))
    with desk.read() as unit:
        assert unit.chain.body_faults() == []
        assert [link.kind for link in unit.chain.links()] == ["authorisation"] * 2 + ["authorisation_step"]
        assert [hit.id for hit in unit.search.find("chay cho tan an")] == [held.id]


def test_what_lapses_soon_or_lapsed_lately_is_listed_unless_it_goes_on(desk: Desk) -> None:
    today = datetime.now(UTC).date()
    soon = replace(AUTHORISED, from_on=today, until_on=today + timedelta(days=3))
    late = replace(soon, name="Đỗ Thị Hoà", from_on=today - timedelta(9), until_on=today - timedelta(2))
    far = replace(soon, name="Bùi Văn Thuỷ", until_on=today + timedelta(days=90))
    write(desk, HEAD, soon, late, far)
    assert [item.name for item in spokespeople.lapsing(desk)] == ["Đỗ Thị Hoà", "Phạm Thị Ấn"]
    write(desk, replace(late, from_on=today, until_on=today + timedelta(days=60)))
    assert [item.name for item in spokespeople.lapsing(desk)] == ["Phạm Thị Ấn"]
