from spokesdesk.outside.clock import now
from spokesdesk.outside.ids import new_id
from spokesdesk.outside.pins import SlowPins


def test_a_pin_matches_only_its_own_hash() -> None:
    pins = SlowPins()
    hashed = pins.hash("2468")
    assert "2468" not in hashed
    assert pins.matches("2468", hashed)
    assert not pins.matches("2469", hashed)
    assert not pins.matches("", hashed)
    assert pins.hash("2468") != hashed


def test_an_unreadable_hash_matches_nothing() -> None:
    assert not SlowPins().matches("2468", "")
    assert not SlowPins().matches("2468", "2468")
    assert not SlowPins().matches("2468", "$argon2id$v=19$m=65536,t=3,p=4$x$y")


def test_ids_are_of_version_seven_and_do_not_repeat() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {one.version for one in ids} == {7}


def test_the_clock_knows_its_zone() -> None:
    offset = now().utcoffset()
    assert offset is not None
    assert not offset
