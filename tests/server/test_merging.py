"""One record, two devices: both changes stand, or both values are kept until a person decides (sync.md §1.1, §1.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk import wire
from spokesdesk.domain.merge import same
from spokesdesk.server.merging import check_shape
from spokesdesk.server.records import Book
from tests.server.book import JOURNAL, Typist, change, open_values, pair


def test_two_fields_changed_by_two_devices_both_stand() -> None:
    one, two = pair()
    one.does("put", name=change(None, "Lan"), phone=change(None, "1"))
    assert not one.puts("name", "Lan", "Liên").has_clash
    assert not two.puts("phone", "1", "2").has_clash
    assert one.held.fields == {"name": "Liên", "phone": "2"}


def test_one_field_changed_by_two_devices_keeps_both_values() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    taken = two.puts("name", "Lan", "Loan")
    assert taken.has_clash
    assert taken.fields == {"name": "Liên"}
    [kept] = taken.conflicts.values()
    assert (kept.base, kept.current, kept.mine, kept.state) == ("Lan", "Liên", "Loan", "open")
    assert kept.device == two.device


def test_the_same_correction_twice_is_no_conflict() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    taken = two.puts("name", "Lan", "Liên")
    assert not taken.has_clash
    assert not taken.conflicts


def test_the_same_typist_goes_on_with_one_conflict() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    [first] = two.puts("name", "Lan", "Loan").conflicts
    [second] = two.puts("name", "Loan", "Loan Anh").conflicts
    assert first == second
    assert open_values(one, "name") == ["Loan Anh"]
    taken = two.puts("name", "Loan Anh", "Liên")
    assert [kept.state for kept in taken.conflicts.values()] == ["settled"]
    assert open_values(one, "name") == []


def test_an_edit_of_what_holds_beside_a_conflict_moves_the_conflict_along() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    two.puts("name", "Lan", "Loan")
    taken = one.puts("name", "Liên", "Liên Hoa")
    assert [(kept.current, kept.mine) for kept in taken.conflicts.values()] == [("Liên Hoa", "Loan")]
    agreed = one.puts("name", "Liên Hoa", "Loan")
    assert [kept.state for kept in agreed.conflicts.values()] == ["settled"]


def test_a_version_number_alone_overwrites_nothing() -> None:
    """After a restore the same number may stand for what the device has never seen."""
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    assert two.does("put", 9, name=change("Lan", "Loan")).has_clash


def test_texts_changed_in_sentences_apart_are_merged_and_tell_both_parents() -> None:
    one, two = pair()
    base = "Đạt 7,2 %. Sở đã họp. Còn 3 ca."
    one.puts("body", None, base, "text")
    one.puts("body", base, "Đạt 7,5 %. Sở đã họp. Còn 3 ca.", "text")
    taken = two.puts("body", base, "Đạt 7,2 %. Sở đã họp. Còn 4 ca.", "text")
    assert not taken.has_clash
    assert one.held.fields["body"] == "Đạt 7,5 %. Sở đã họp. Còn 4 ca."
    assert taken.fields["body"] == one.held.fields["body"]
    assert taken.before == {"body": "Đạt 7,5 %. Sở đã họp. Còn 3 ca."}


def test_texts_changed_in_one_figure_are_a_conflict() -> None:
    one, two = pair()
    one.puts("body", None, "Đạt 1.200.500 đồng.", "text")
    one.puts("body", "Đạt 1.200.500 đồng.", "Đạt 2.200.500 đồng.", "text")
    assert two.puts("body", "Đạt 1.200.500 đồng.", "Đạt 1.200.700 đồng.", "text").has_clash
    assert open_values(one, "body") == ["Đạt 1.200.700 đồng."]


def test_a_set_takes_what_both_joined_and_adding_wins_over_taking() -> None:
    one, two = pair()
    one.does("put", tags=change(None, ["a", "b"], "set"))
    one.does("add", 1, tags=change(None, ["c"]))
    two.does("put", 1, tags=change(["a", "b"], ["b", "d"], "set"))
    assert one.held.fields["tags"] == ["b", "c", "d"]
    taken = two.does("take", 1, tags=change(None, ["c"]))  # added by the other device after version 1
    assert taken.fields["tags"] == ["b", "c", "d"]
    taken = two.does("take", 3, tags=change(None, ["c"]))
    assert taken.fields["tags"] == ["b", "d"]
    assert not two.does("take", 0, tags=change(None, ["d"])).reason  # its own, so it has seen it
    assert one.held.fields["tags"] == ["b"]


def test_what_two_machines_found_stays_as_the_first_wrote_it_and_nobody_is_asked() -> None:
    one, two = pair()
    one.does("put", title=change(None, "A", "found"), subjects=change(None, ["x"], "found"))
    taken = two.does("put", title=change(None, "B", "found"), same_as=change(None, "i", "found"))
    # A field that the first left empty was found empty: filling it from the other would join two views.
    assert (taken.has_clash, taken.fields) == (False, {"title": "A", "same_as": None})
    assert one.held.fields == {"title": "A", "subjects": ["x"]}
    one.does("put", 2, subjects=change(["x"], ["x", "y"], "found"))
    assert not two.does("put", 2, subjects=change(["x"], [], "found")).has_clash
    assert one.held.fields["subjects"] == ["x", "y"]


def test_an_appended_record_never_changes() -> None:
    one, two = pair()
    one.does("append", said=change(None, "câu trả lời"), at=change(None, 1))
    assert two.does("append", said=change(None, "câu khác"), at=change(None, 1)).reason == "append_differs"
    assert two.does("append", said=change(None, "câu trả lời")).reason == "append_differs"
    assert two.puts("said", "câu trả lời", "câu khác").reason == "append_only"
    again = two.does("append", said=change(None, "câu trả lời"), at=change(None, 1))
    assert not again.reason
    assert not two.puts("corrected_by", None, "x").reason  # a field that came later
    assert one.held.fields == {"said": "câu trả lời", "at": 1, "corrected_by": "x"}


def test_an_appended_record_that_comes_again_under_another_device_id_is_the_same() -> None:
    one, two = pair()
    link = {"device": "a", "n": 7, "hash": "00"}
    one.does("append", said=change(None, "câu"), _link=change(None, link))
    again = two.does("append", said=change(None, "câu"), _link=change(None, link | {"device": "b"}))
    assert not again.reason
    assert one.held.fields["_link"] == link
    moved = two.does("append", said=change(None, "câu"), _link=change(None, link | {"n": 8}))
    assert moved.reason == "append_differs"


def test_a_record_put_by_somebody_cannot_be_appended_over() -> None:
    one, two = pair()
    one.puts("said", None, "x")
    assert two.does("append", said=change(None, "x")).reason == "append_differs"


def test_a_seen_record_is_deleted_and_comes_back() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    gone = two.does("delete", 1)
    assert gone.deleted
    assert one.held.fields == {"name": "Lan"}
    assert two.does("delete", 1).deleted
    assert not one.does("restore", 2).deleted


@pytest.mark.parametrize("with_values", [True, False])
def test_an_edit_that_the_deleting_device_had_not_seen_keeps_the_record(*, with_values: bool) -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    seen = {"name": change("Lan", None)} if with_values else {}
    taken = two.does("delete", 1, **seen)
    assert not taken.deleted
    assert taken.notice == wire.EDIT_BEATS_DELETE


def test_an_edit_of_a_deleted_record_brings_it_back() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    one.does("delete", 1)
    taken = two.puts("name", "Lan", "Liên")
    assert (taken.deleted, taken.notice) == (False, wire.EDIT_BEATS_DELETE)
    assert one.held.fields == {"name": "Liên"}


def test_own_edits_not_yet_read_back_do_not_stop_a_deletion() -> None:
    one, _two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    assert one.does("delete", 0).deleted


def clashing() -> tuple[Typist, Typist]:
    """Give two devices whose values of a name are in conflict: Liên holds, Loan is kept beside it."""
    one, two = pair()
    one.puts("name", None, "Lan")
    one.puts("name", "Lan", "Liên")
    two.puts("name", "Lan", "Loan")
    return one, two


@pytest.mark.parametrize("chosen", ["Liên", "Loan", "Lê Thị Liên"])
def test_a_decision_settles_the_conflict(chosen: str) -> None:
    one, _two = clashing()
    taken = one.does("settle", name=wire.settling("Liên", "Loan", chosen))
    assert not taken.has_clash
    assert one.held.fields["name"] == chosen
    assert [kept.state for kept in taken.conflicts.values()] == ["settled"]


@pytest.mark.parametrize(("first", "second"), [("Loan", "Liên"), ("Liên", "Loan"), ("Liên", "Ly")])
def test_a_second_decision_that_differs_is_a_new_conflict(first: str, second: str) -> None:
    one, two = clashing()
    one.does("settle", name=wire.settling("Liên", "Loan", first))
    taken = two.does("settle", name=wire.settling("Liên", "Loan", second))
    assert taken.has_clash
    assert one.held.fields["name"] == first
    assert open_values(one, "name") == [second]


def test_two_devices_that_decide_alike_agree() -> None:
    one, two = clashing()
    one.does("settle", name=wire.settling("Liên", "Loan", "Loan"))
    assert not two.does("settle", name=wire.settling("Liên", "Loan", "Loan")).has_clash
    assert open_values(one, "name") == []


def test_a_decision_does_not_settle_what_was_typed_after_it_was_made() -> None:
    one, two = clashing()
    two.puts("name", "Loan", "Loan Anh")
    taken = one.does("settle", name=wire.settling("Liên", "Loan", "Liên"))
    assert taken.conflicts == {}
    assert open_values(one, "name") == ["Loan Anh"]


def test_a_decision_about_a_value_that_has_moved_on_keeps_all_of_them() -> None:
    one, two = clashing()
    one.puts("name", "Liên", "Liên Hoa")
    taken = two.does("settle", name=wire.settling("Liên", "Loan", "Loan"))
    assert taken.has_clash
    assert one.held.fields["name"] == "Liên Hoa"
    assert open_values(one, "name") == ["Loan"]


def test_a_decision_given_back_to_a_restored_portal_settles_the_conflict_wherever_the_values_stand() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    two.puts("name", "Lan", "Loan")  # after the restore they come in the other order
    one.puts("name", "Lan", "Liên")
    one.does("settle", name=wire.settling("Liên", "Loan", "Liên"))
    assert one.held.fields["name"] == "Liên"
    assert open_values(one, "name") == []


def test_erasing_blanks_appended_fields_and_what_conflicts_kept() -> None:
    one, two = clashing()
    taken = one.does("erase", name=change(None, "(đã xóa)"))
    assert one.held.fields == {"name": "(đã xóa)"}
    [kept] = taken.conflicts.values()
    assert (kept.base, kept.current, kept.mine, kept.state) == (None, "(đã xóa)", None, "settled")
    said = Typist(one.book, "answer")
    said.does("append", who=change(None, "Lan"), at=change(None, 1))
    assert said.does("erase", who=change(None, None)).fields == {"who": None, "at": 1}
    assert said.puts("who", None, "Lan").reason == "append_only"
    assert check_shape(two.op("erase", name=change("Lan", None))) == "fields_wrong"


@pytest.mark.parametrize("kind", ["delete", "restore", "add", "take", "settle", "erase"])
def test_a_record_that_is_not_there_can_only_be_made(kind: str) -> None:
    one, _two = pair()
    assert one.does(kind, tags=wire.settling(1, 2, 3)).reason == "record_unknown"


@pytest.mark.parametrize(
    ("kind", "patch"),
    [
        ("put", {}),
        ("append", {}),
        ("settle", {"a": change(1, 2)}),
        ("settle", {"a": change({"current": 1}, 2)}),
        ("add", {"a": change(None, "x")}),
        ("add", {"a": change(None, [])}),
        ("take", {"a": change(None, list(range(wire.SET_ELEMENTS + 1)))}),
        ("put", {"a": change(None, "x", "set")}),
        ("restore", {"a": change(None, 1)}),
    ],
)
def test_a_patch_that_does_not_fit_its_kind_is_refused(kind: str, patch: dict[str, wire.FieldChange]) -> None:
    one, _two = pair()
    assert check_shape(one.op(kind, **patch)) == "fields_wrong"


def test_a_set_is_not_laid_over_a_plain_value() -> None:
    one, two = pair()
    one.puts("name", None, "Lan")
    assert two.does("add", name=change(None, ["x"])).reason == "fields_wrong"
    assert one.held.fields == {"name": "Lan"}


@given(st.data())
def test_no_value_is_lost_whatever_two_typists_do(data: st.DataObject) -> None:
    """Every value typed holds, is kept in a conflict, or was replaced by somebody who had seen it."""
    book = Book(JOURNAL)
    typists = [Typist(book), Typist(book), Typist(book)]
    typists[0].puts("f", None, 0)
    shown = dict.fromkeys(range(3), 0)
    waiting: dict[int, list[tuple[object, object]]] = {0: [], 1: [], 2: []}
    typed = 0
    replaced: set[int] = set()
    for _step in range(data.draw(st.integers(1, 20))):
        who = data.draw(st.integers(0, 2))
        if data.draw(st.booleans()):  # type
            typed += 1
            replaced.add(shown[who])
            waiting[who].append((shown[who], typed))
            shown[who] = typed
        else:  # push all, then read what holds
            for base, new in waiting[who]:
                typists[who].puts("f", base, new)
            waiting[who].clear()
            shown[who] = typists[who].held.fields["f"]
    for who, edits in waiting.items():
        for base, new in edits:
            typists[who].puts("f", base, new)
    alive = [typists[0].held.fields["f"], *open_values(typists[0], "f")]
    for value in range(1, typed + 1):
        assert value in replaced or any(same(value, one) for one in alive)
