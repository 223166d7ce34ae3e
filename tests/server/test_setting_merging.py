"""A setting of the agency that two desks changed: each part by itself, as the fields of a record are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk import wire
from spokesdesk.domain.merge import same
from spokesdesk.server.records import Book
from tests.server.book import JOURNAL, Typist, change, open_values

AGENCY = {"name": "Sở A", "place": "Huế", "phone": "", "signer_authority": ["GIÁM ĐỐC"]}
PLACES = [{"id": "1", "name": "Công an xã"}, {"id": "2", "name": "Sở B"}]


def typists(name: str = "agency", count: int = 2) -> list[Typist]:
    """Give devices of one journal that type into one setting, whose value none has said yet."""
    book = Book(JOURNAL)
    made = [Typist(book, "setting") for _n in range(count)]
    for one in made:
        one.setting = name  # type: ignore[attr-defined]
    return made


def says(one: Typist, base: Any, new: Any) -> Any:
    """Put the setting as a desk does: with its name in the first operation."""
    named = {"name": change(None, one.setting)} if base is None else {}  # type: ignore[attr-defined]
    return one.does("put", **named, value=change(base, new))


def settles(one: Typist, kept: wire.Conflict, new: Any) -> Any:
    return one.does("settle", value=wire.settling(kept.current, kept.mine, new))


def open_about(one: Typist) -> list[wire.Conflict]:
    return one.book.open_conflicts(one.held, "value")


def holds(one: Typist) -> Any:
    return one.held.fields["value"]


@pytest.mark.parametrize(
    ("name", "held", "brought", "becomes"),
    [
        ("agency", AGENCY, AGENCY, AGENCY),
        ("agency", AGENCY, AGENCY | {"phone": "0234 1"}, AGENCY | {"phone": "0234 1"}),
        ("agency", AGENCY | {"phone": "0234 1"}, AGENCY, AGENCY | {"phone": "0234 1"}),
        # A desk of the version before does not know every field, one of the next knows more.
        ("agency", AGENCY | {"zalo": "oa"}, AGENCY, AGENCY | {"zalo": "oa"}),
        ("agency", AGENCY, AGENCY | {"zalo": "oa"}, AGENCY | {"zalo": "oa"}),
        ("holidays", {"2026-09-03": "Bù"}, {"2027-01-04": ""}, {"2026-09-03": "Bù", "2027-01-04": ""}),
        ("privacy_retention", {"contact": 24}, {"access": 12}, {"contact": 24, "access": 12}),
        ("case_places", PLACES[:1], PLACES[1:], PLACES),
        ("case_places", PLACES, PLACES[1:], PLACES),
        ("organ_id", "", "H56.01", "H56.01"),
        ("organ_id", "H56.01", "H56.01", "H56.01"),
        (
            "number_series",
            {"mode": "kind", "table": {}},
            {"mode": "kind", "table": {}},
            {"mode": "kind", "table": {}},
        ),
    ],
)
def test_a_desk_that_joins_asks_nobody_about_what_does_not_contradict(
    name: str, held: Any, brought: Any, becomes: Any
) -> None:
    one, two = typists(name)
    says(one, None, held)
    taken = says(two, None, brought)
    assert holds(one) == becomes
    assert not taken.has_clash
    assert not taken.conflicts
    # What the desk typed is not what holds: it is told.
    assert taken.fields == ({} if same(becomes, brought) else {"value": becomes})


def test_only_the_part_that_is_contradicted_is_in_question() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    taken = says(two, None, AGENCY | {"name": "Sở A tỉnh", "phone": "0234 1"})
    now = AGENCY | {"phone": "0234 1"}
    assert holds(one) == now
    [kept] = taken.conflicts.values()
    assert (kept.base, kept.current, kept.mine) == ({"name": ""}, now, now | {"name": "Sở A tỉnh"})


def test_two_parts_in_question_are_two_decisions_in_any_order() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    says(two, None, AGENCY | {"name": "Sở B", "place": "Vinh"})
    name, place = sorted(open_about(one), key=lambda kept: str(kept.base))
    settles(one, name, name.mine)
    # Who decides the second had the first still before their eyes as it was.
    settles(two, place, place.mine)
    assert holds(one) == AGENCY | {"name": "Sở B", "place": "Vinh"}
    assert open_about(one) == []


def test_keeping_what_holds_settles_one_part_and_leaves_the_other_open() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    says(two, None, AGENCY | {"name": "Sở B", "place": "Vinh"})
    name, _place = sorted(open_about(one), key=lambda kept: str(kept.base))
    settles(one, name, name.current)
    [left] = open_about(one)
    assert left.base == {"place": ""}
    assert left.mine == AGENCY | {"place": "Vinh"}


def test_two_decisions_about_one_part_are_asked_about_again() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    says(two, None, AGENCY | {"name": "Sở B"})
    [kept] = open_about(one)
    settles(one, kept, kept.mine)
    assert settles(two, kept, kept.current).has_clash
    assert holds(one)["name"] == "Sở B"
    assert [value["name"] for value in open_values(one, "value")] == ["Sở A"]


def test_a_change_of_another_part_moves_a_conflict_along() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    says(two, None, AGENCY | {"name": "Sở B"})
    says(one, AGENCY, AGENCY | {"phone": "9"})
    [kept] = open_about(one)
    assert kept.current == AGENCY | {"phone": "9"}
    assert kept.mine == AGENCY | {"phone": "9", "name": "Sở B"}
    says(one, AGENCY | {"phone": "9"}, AGENCY | {"phone": "9", "name": "Sở B"})
    assert open_about(one) == []


def test_the_same_typist_goes_on_with_one_conflict_until_both_say_the_same() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    says(two, None, AGENCY | {"name": "Sở B"})
    says(two, AGENCY | {"name": "Sở B"}, AGENCY | {"name": "Sở C", "phone": "9"})
    assert [value["name"] for value in open_values(one, "value")] == ["Sở C"]
    assert holds(one) == AGENCY | {"phone": "9"}
    says(two, AGENCY | {"name": "Sở C", "phone": "9"}, AGENCY | {"phone": "9"})
    assert open_about(one) == []


def test_what_was_taken_out_of_a_table_is_gone_and_clashes_with_its_change() -> None:
    one, two = typists("holidays")
    days = {"2026-09-03": "Bù", "2027-01-04": "Nghỉ"}
    says(one, None, days)
    says(one, days, {"2027-01-04": "Nghỉ"})
    says(two, days, days | {"2027-01-04": "Nghỉ bù"})
    assert holds(one) == {"2027-01-04": "Nghỉ bù"}
    taken = says(two, days | {"2027-01-04": "Nghỉ bù"}, {"2027-01-04": "Nghỉ bù", "2026-09-03": "Nghỉ 3/9"})
    assert taken.has_clash
    assert open_values(one, "value") == [{"2027-01-04": "Nghỉ bù", "2026-09-03": "Nghỉ 3/9"}]


def test_how_papers_are_numbered_is_chosen_as_one_thing() -> None:
    one, two = typists("number_series")
    says(one, None, {"mode": "mixed", "table": {"cong-van": "a"}})
    assert says(two, None, {"mode": "kind", "table": {}}).has_clash
    assert holds(one) == {"mode": "mixed", "table": {"cong-van": "a"}}
    [kept] = open_about(one)
    settles(one, kept, kept.mine)
    assert holds(one) == {"mode": "kind", "table": {}}
    assert open_about(one) == []


def test_a_conflict_of_an_older_portal_about_the_whole_value_is_settled_as_one() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    mine = AGENCY | {"name": "Sở B", "place": "Vinh"}
    old = wire.Conflict(two.device, "setting", one.rec, "value", None, AGENCY, mine, two.device, "", "open")
    one.book.keep(old)
    says(one, AGENCY, AGENCY | {"phone": "9"})
    [kept] = open_about(one)
    assert kept.mine == mine | {"phone": "9"}
    settles(one, old, mine)  # as it was before it moved
    assert holds(one) == mine | {"phone": "9"}
    assert open_about(one) == []


def test_a_value_of_another_shape_than_known_is_kept_whole() -> None:
    one, two = typists()
    says(one, None, AGENCY)
    assert says(two, None, ["Sở A"]).has_clash
    assert open_values(one, "value") == [["Sở A"]]


@given(st.data())
def test_no_part_is_lost_whatever_three_typists_do(data: st.DataObject) -> None:
    """Every value typed holds, is kept in a conflict, or was replaced by somebody who had seen it."""
    made = typists(count=3)
    start = {"a": "0", "b": "0", "c": "0"}
    says(made[0], None, start)
    shown = [start] * 3
    waiting: list[list[tuple[Any, Any]]] = [[], [], []]
    typed = 0
    replaced: set[str] = set()
    written: list[tuple[str, str]] = []
    for _step in range(data.draw(st.integers(1, 20))):
        who = data.draw(st.integers(0, 2))
        if data.draw(st.booleans()):
            typed += 1
            part = data.draw(st.sampled_from("abc"))
            replaced.add(shown[who][part])
            new = shown[who] | {part: str(typed)}
            waiting[who].append((shown[who], new))
            written.append((part, str(typed)))
            shown[who] = new
        else:
            for base, new in waiting[who]:
                says(made[who], base, new)
            waiting[who].clear()
            shown[who] = holds(made[who])
    for who, edits in enumerate(waiting):
        for base, new in edits:
            says(made[who], base, new)
    alive = [holds(made[0]), *open_values(made[0], "value")]
    for part, value in written:
        assert value in replaced or any(one[part] == value for one in alive)
