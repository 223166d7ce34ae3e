"""Numbers of papers: NĐ 30/2020/NĐ-CP, Điều 15 khoản 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.papers import EDITABLE, MOVES, Move, PaperState, pick_number, waits_for
from spokesdesk.domain.people import Role

TAKEN = st.sets(st.integers(1, 500), max_size=50)


def test_the_year_begins_with_01() -> None:
    assert pick_number((), None) == 1


@given(TAKEN)
def test_the_next_number_is_free_and_after_all_others(taken: set[int]) -> None:
    number = pick_number(taken, None)
    assert number not in taken
    assert number == max(taken, default=0) + 1


@given(TAKEN, st.integers(1, 500))
def test_a_typed_number_is_given_once(taken: set[int], wanted: int) -> None:
    if wanted in taken:
        with pytest.raises(ConflictError):
            pick_number(taken, wanted)
    else:
        assert pick_number(taken, wanted) == wanted


@pytest.mark.parametrize("wanted", [0, -1, 1_000_000])
def test_a_number_is_positive_and_has_six_digits_at_most(wanted: int) -> None:
    with pytest.raises(UserError):
        pick_number((), wanted)


def test_each_state_short_of_release_waits_for_somebody() -> None:
    waiting = {state: waits_for(state) for state in PaperState}
    assert waiting[PaperState.SUBMITTED] == (Role.LEADER,)
    assert waiting[PaperState.APPROVED] == (Role.REGISTRY,)
    assert waiting[PaperState.RELEASED] == ()


def test_no_move_leads_back_once_a_paper_is_approved() -> None:
    frozen = set(PaperState) - EDITABLE
    targets = {rule.target for rule in MOVES.values() if rule.sources & frozen}
    assert targets <= frozen
    assert MOVES[Move.APPROVE].roles == (Role.LEADER,)
