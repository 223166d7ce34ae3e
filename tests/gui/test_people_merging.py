"""Records written down twice, in the window: noticed, compared, made one, parted again."""

from collections.abc import Callable
from uuid import UUID

from spokesdesk.domain.merging import Take
from spokesdesk.domain.people import Journalist
from spokesdesk.services import merging, people
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import logged
from tests.gui.stage import Stage, settle
from tests.gui.test_people import names, people_of, timeline

Open = Callable[..., Stage]


def twice(desk: Desk) -> tuple[Journalist, Journalist]:
    made = [
        people.save_journalist(desk, Journalist(desk.new_id(), name, phone=phone, note=note))[0]
        for name, phone, note in (
            ("Đặng Thuỷ Tiên", "0912 345 678", "máy này"),
            ("Đặng Thủy Tiên", "+84912345678", "máy kia"),
        )
    ]
    for who in made:
        logged(desk, f"hỏi của {who.name}", journalist=who.name, journalist_id=who.id)
    return made[0], made[1]


def test_a_pair_is_compared_merged_and_parted_from_the_page(stage: Open, desk: Desk) -> None:
    one, two = twice(desk)
    opened = stage(desk)
    screen = people_of(opened)
    assert screen.list._pairs.isVisible()
    screen.open_record("journalist", one.id)
    settle(opened.courier)
    assert any("Có thể trùng với Đặng Thủy Tiên" in text for text in screen.page.same.texts())
    screen.list._ask_merging()
    settle(opened.courier)
    pairs = screen.right.pairs_page()
    assert len(pairs.pairs) == 1
    pairs._compare(pairs.pairs[0])
    settle(opened.courier)
    page = screen.right.merge_page()
    assert page.takes()["note"] is Take.BOTH
    page.choose("name", Take.OTHER)
    screen.save()
    settle(opened.courier)
    assert names(screen, opened) == [two.name]
    assert timeline(screen, opened) == [f"hỏi của {two.name}", f"hỏi của {one.name}"]
    assert people.journalist(desk, one.id).note == "máy này\nmáy kia"
    (made,) = merging.merges_of(desk, one.id)
    assert any("đã được gộp vào đây" in text for text in screen.page.same.texts())
    screen.page.same.undo(made)
    settle(opened.courier)
    assert set(people.journalists(desk)) == {one, two}
    assert len(names(screen, opened)) == 2


def test_a_merge_is_undone_from_the_toast(stage: Open, desk: Desk) -> None:
    one, two = twice(desk)
    opened = stage(desk)
    screen = people_of(opened)
    screen.right.merge_page().compare("journalist", one.id, two.id)
    settle(opened.courier)
    screen.right.merge_page().merge()
    settle(opened.courier)
    assert len(people.journalists(desk)) == 1
    opened.control._toast._undone()
    settle(opened.courier)
    assert set(people.journalists(desk)) == {one, two}


def test_two_that_are_not_the_same_are_not_proposed_again(stage: Open, desk: Desk) -> None:
    twice(desk)
    opened = stage(desk)
    screen = people_of(opened)
    screen.right.show_pairs("journalist")
    settle(opened.courier)
    pairs = screen.right.pairs_page()
    pairs._keep_apart(pairs.pairs[0])
    settle(opened.courier)
    assert pairs.pairs == ()
    assert not screen.list._pairs.isVisible()
    opened.control._toast._undone()
    settle(opened.courier)
    assert len(pairs.pairs) == 1


def test_a_link_to_a_merged_record_opens_the_one_that_stayed(stage: Open, desk: Desk) -> None:
    one, two = twice(desk)
    merging.merge(desk, "journalist", one.id, two.id)
    opened = stage(desk)
    screen = people_of(opened)
    opened.control.navigate("journalist", two.id)
    settle(opened.courier)
    shown: tuple[str, UUID | None] = screen.page.shown()
    assert shown == ("journalist", one.id)
