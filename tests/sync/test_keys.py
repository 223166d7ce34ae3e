"""The agency's keys: what they open, whom they are given to, and which of them is believed."""

import secrets
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from spokesdesk import wire
from spokesdesk.services.sync.keys import plan_keys
from spokesdesk.store.replica_tables import by_entity

JOURNAL, RECORD = uuid4(), uuid4()
PLACE = wire.Place(JOURNAL, "contact", RECORD, "given")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def member(*, revoked: bool = False, recovery: bool = False) -> wire.Member:
    seed = secrets.token_bytes(32)
    keys = [wire.box_key(secrets.token_bytes(32)) for _ in range(1 + recovery)]
    return wire.Member(uuid4(), "máy", wire.public_key(seed), wire.published(seed, *keys), revoked)


@given(VALUES)
def test_what_is_sealed_opens_as_it_was_and_looks_the_same_each_time(value: object) -> None:
    key = wire.first_key()
    box = wire.seal(key, PLACE, value)
    assert wire.is_box(box)
    assert wire.seal(key, PLACE, value) == box
    assert wire.unseal(wire.Ring((key,)), PLACE, box) == value


@pytest.mark.parametrize(
    "elsewhere",
    [
        wire.Place(uuid4(), "contact", RECORD, "given"),
        wire.Place(JOURNAL, "case-text", RECORD, "given"),
        wire.Place(JOURNAL, "contact", uuid4(), "given"),
        wire.Place(JOURNAL, "contact", RECORD, "topic"),
    ],
)
def test_a_sealed_value_moved_elsewhere_does_not_open(elsewhere: wire.Place) -> None:
    key = wire.first_key()
    box = wire.seal(key, PLACE, "Đã gọi lại")
    with pytest.raises(wire.KeyMissingError):
        wire.unseal(wire.Ring((key,)), elsewhere, box)
    assert wire.seal(key, elsewhere, "Đã gọi lại") != box


def test_a_sealed_text_tells_its_length_only_roughly() -> None:
    key = wire.first_key()
    assert len({len(wire.seal(key, PLACE, "x" * n)["sealed"]) for n in range(60)}) == 1


def test_a_key_is_handed_over_to_one_and_opens_for_nobody_else() -> None:
    key, private = wire.first_key(), secrets.token_bytes(32)
    box = wire.hand_over(key, wire.box_key(private), JOURNAL)
    assert wire.receive(box, private, JOURNAL) == key
    for other, journal in ((secrets.token_bytes(32), JOURNAL), (private, uuid4())):
        with pytest.raises(wire.KeyMissingError):
            wire.receive(box, other, journal)
    with pytest.raises(wire.KeyMissingError):
        wire.receive("khóa", private, JOURNAL)


def test_a_key_that_nobody_vouched_for_opens_and_never_seals() -> None:
    """Whoever keeps the log can hand out a key of their own to anybody."""
    first = wire.first_key()
    ring = wire.Ring().joined([first])
    theirs = wire.AgencyKey(99, secrets.token_hex(32), first.id, "00" * 32)
    assert ring.joined([theirs]).current == first
    follower = wire.next_key(theirs)
    assert ring.joined([theirs, follower]).current == first
    assert wire.unseal(ring.joined([theirs]), PLACE, wire.seal(theirs, PLACE, "x")) == "x"
    second = wire.next_key(first)
    assert ring.joined([second, wire.next_key(second)]).current.n == 3  # type: ignore[union-attr]


def test_a_key_of_no_later_generation_is_never_sealed_with_though_it_is_vouched_for() -> None:
    first = wire.first_key()
    back = wire.next_key(replace(first, n=0))
    assert (back.n, back.before) == (first.n, first.id)
    ring = wire.Ring().joined([first, back])
    assert [key.id for key in ring.keys if key.seals] == [first.id]


def test_a_key_that_comes_again_is_held_once_and_stays_what_it_was() -> None:
    first = wire.first_key()
    second = wire.next_key(first)
    ring = wire.Ring().joined([first, second])
    assert ring.joined([second, first]) == ring


def test_two_next_keys_made_at_once_are_both_kept_and_one_is_current_everywhere() -> None:
    first = wire.first_key()
    one, other = wire.next_key(first), wire.next_key(first)
    rings = [wire.Ring().joined([first, *pair]) for pair in ((one, other), (other, one))]
    assert rings[0].current == rings[1].current
    assert len(rings[0].keys) == len(rings[1].keys) == 3


def test_the_first_desk_makes_a_key_and_hands_it_to_every_device_and_printed_key() -> None:
    members = [member(recovery=True), member(), member(revoked=True)]
    found = plan_keys(wire.Ring(), members, frozenset(), is_first=True)
    [key] = found.made
    wanted = {members[0].box.box_key, members[0].box.recovery_key, members[1].box.box_key}  # type: ignore[union-attr]
    assert {to for made, to in found.pairs if made == key} == wanted
    assert plan_keys(wire.Ring(), members, frozenset(), is_first=False).made == ()


def test_a_revocation_makes_the_next_key_once_and_it_goes_to_the_living() -> None:
    stays, goes = member(), member(revoked=True)
    key = wire.first_key()
    handed = {(key.id, one.box.box_key) for one in (stays, goes) if one.box}
    found = plan_keys(wire.Ring((key,)), [stays, goes], handed, is_first=False)
    [made] = found.made
    assert (made.n, made.before) == (2, key.id)
    assert [to for _key, to in found.pairs] == [stays.box.box_key]  # type: ignore[union-attr]
    after = handed | {(key_.id, to) for key_, to in found.pairs}
    again = plan_keys(wire.Ring((key, made)), [stays, goes], after, is_first=False)
    assert (again.made, again.pairs) == ((), ())


def test_a_desk_enrolled_anew_with_its_old_printed_key_is_no_reason_for_another_key() -> None:
    seed = secrets.token_bytes(32)
    device, paper, later = (wire.box_key(secrets.token_bytes(32)) for _ in range(3))
    old = wire.Member(uuid4(), "", wire.public_key(seed), wire.published(seed, device, paper), revoked=True)
    new = wire.Member(uuid4(), "", wire.public_key(seed), wire.published(seed, later, paper))
    key = wire.first_key()
    found = plan_keys(wire.Ring((key,)), [old, new], {(key.id, paper)}, is_first=False)
    assert found.made == ()
    assert [to for _key, to in found.pairs] == [later]


def test_every_sealed_field_is_a_field_of_a_shared_noun() -> None:
    for entity, names in wire.SEALED_FIELDS.items():
        spec = by_entity()[entity]
        assert names <= {*spec.columns, *spec.read}
        keys = {column.name for column in spec.table.c if column.foreign_keys}
        assert not names & keys, "a desk without the key still puts rows in their place"


def test_a_closed_file_opens_with_the_ring_and_its_purpose() -> None:
    key = wire.first_key()
    data = wire.seal_bytes(key, "hàng chờ".encode(), "outbox")
    assert wire.unseal_bytes(wire.Ring((key,)), data, "outbox").decode() == "hàng chờ"
    for ring, purpose in ((wire.Ring((wire.first_key(),)), "outbox"), (wire.Ring((key,)), "khác")):
        with pytest.raises(wire.KeyMissingError):
            wire.unseal_bytes(ring, data, purpose)
    with pytest.raises(wire.KeyMissingError):
        wire.unseal_bytes(wire.Ring((key,)), data[:-1] + bytes([data[-1] ^ 1]), "outbox")


def test_a_printed_key_that_was_replaced_is_a_reason_for_the_next_key() -> None:
    """Whoever found the paper could open what is written from now on."""
    seed = secrets.token_bytes(32)
    device, old, new = (wire.box_key(secrets.token_bytes(32)) for _ in range(3))
    one = wire.Member(uuid4(), "", wire.public_key(seed), wire.published(seed, device, new))
    key = wire.first_key()
    found = plan_keys(wire.Ring((key,)), [one], {(key.id, device), (key.id, old)}, is_first=False)
    assert [made.n for made in found.made] == [2]
    assert {to for made, to in found.pairs if made.n == 2} == {device, new}
