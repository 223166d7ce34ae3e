"""What two desks say to each other on a stick before one has joined: whatever is changed shows."""

import secrets
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec import structs

from spokesdesk import wire

CODE = "K7QW93TMA0B1C2D3"
SEED, PRIVATE, OTHER = bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32


def request(code: str = CODE, **changed: Any) -> wire.SignedAsk:
    values: dict[str, Any] = {
        "name": "Máy phòng Tiếp dân",
        "agency": "Sở Nông nghiệp và Môi trường",
        "public_key": wire.public_key(SEED),
        "box": wire.published(SEED, wire.box_key(PRIVATE)),
        "proof": wire.sign_bytes(SEED, wire.enrol_proof(code)),
        "once": "ab" * 32,
        "at": "2026-11-28T03:00:00+00:00",
    }
    return wire.asked_to_join(SEED, wire.JoinAsk(**values | changed))


def answer(ask: wire.JoinAsk, code: str = CODE, seed: bytes = OTHER) -> wire.ClosedWelcome:
    by = wire.Member(UUID(int=7), "Gần", wire.public_key(seed))
    welcome = wire.Welcome(
        ask=wire.ask_digest(ask),
        journal=UUID(int=1),
        device=UUID(int=2),
        agency="Sở",
        epoch="e",
        portal="https://cong.vi.du",
        by=by,
        members=[by],
        senders=[],
        at="2026-11-28T04:00:00+00:00",
    )
    return wire.closed_welcome(seed, code, ask, welcome)


def test_a_request_as_it_was_signed_is_believed() -> None:
    signed = request()
    assert wire.is_own_ask(signed)
    assert wire.is_own_ask(wire.decode(wire.encode(signed), wire.SignedAsk))
    assert wire.is_proven(signed.ask, CODE)
    assert not wire.is_proven(signed.ask, CODE[::-1])


CHANGED = {
    "name": "Khác",
    "agency": "Khác",
    "public_key": wire.public_key(OTHER),
    "box": wire.published(OTHER, wire.box_key(OTHER)),
    "proof": "0" * 128,
    "once": "cd" * 32,
    "at": "2026-11-28T03:00:01+00:00",
    "device": uuid4(),
    "form": 2,
}


@pytest.mark.parametrize("name", CHANGED)
def test_whatever_is_changed_of_a_request_breaks_its_signature_and_changes_its_digits(name: str) -> None:
    signed = request()
    other = structs.replace(signed.ask, **{name: CHANGED[name]})
    assert not wire.is_own_ask(wire.SignedAsk(other, signed.sig))
    assert wire.check_code(other) != wire.check_code(signed.ask)
    assert wire.ask_digest(other) != wire.ask_digest(signed.ask)
    assert set(structs.asdict(signed.ask)) == set(CHANGED)  # nothing of it is left out here


def test_keys_of_somebody_else_cannot_be_put_into_an_own_request() -> None:
    assert not wire.is_own_ask(request(box=wire.published(OTHER, wire.box_key(OTHER))))


def test_the_digits_are_twenty_in_groups_that_are_read_aloud() -> None:
    groups = wire.check_code(request().ask).split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert all(group.isdecimal() for group in groups)
    assert len({wire.check_code(request(once=secrets.token_hex(32)).ask) for _n in range(200)}) == 200


def test_an_answer_opens_for_who_asked_and_nobody_else() -> None:
    ask = request().ask
    closed = answer(ask)
    assert wire.opened_welcome(closed, PRIVATE, CODE).agency == "Sở"
    with pytest.raises(wire.KeyMissingError):
        wire.opened_welcome(closed, OTHER, CODE)
    with pytest.raises(wire.KeyMissingError):
        wire.opened_welcome(closed, PRIVATE, CODE[::-1])


def test_who_does_not_know_the_code_cannot_answer() -> None:
    ask = request().ask
    with pytest.raises(wire.KeyMissingError):
        wire.opened_welcome(answer(ask, CODE[::-1]), PRIVATE, CODE)


@pytest.mark.parametrize("name", ["ask", "key", "inside", "sig", "mark"])
def test_whatever_is_exchanged_in_an_answer_is_refused(name: str) -> None:
    ask = request().ask
    closed, other = answer(ask), answer(request(once="cd" * 32).ask, seed=SEED)
    with pytest.raises(wire.KeyMissingError):
        wire.opened_welcome(structs.replace(closed, **{name: getattr(other, name)}), PRIVATE, CODE)


def test_an_answer_names_who_signed_it() -> None:
    """One who knows the code cannot answer under another desk's name and own signature."""
    ask = request().ask
    closed = answer(ask)
    told = wire.opened_welcome(closed, PRIVATE, CODE)
    forged = wire.closed_welcome(SEED, CODE, ask, told)
    with pytest.raises(wire.KeyMissingError):
        wire.opened_welcome(forged, PRIVATE, CODE)


@pytest.mark.parametrize(
    ("typed", "read"), [("k7qw-93tm-aob1-c2d3", "K7QW93TMA0B1C2D3"), (" K7QW 93TM AOBL C2D3", CODE)]
)
def test_a_code_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert wire.read_code(typed) == read
    assert wire.is_code(wire.read_code(typed))


@pytest.mark.parametrize("typed", ["", "K7QW93TMA0B1C2D", "K7QW93TMA0B1C2D3X", "K7QW93TMA0B1C2DU", "Ấ" * 16])
def test_what_can_be_no_code_is_known(typed: str) -> None:
    assert not wire.is_code(wire.read_code(typed))
