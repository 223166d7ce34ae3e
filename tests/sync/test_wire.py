"""Canonical form, signatures and chain: what desk and portal must agree on to the byte."""

import json
from uuid import UUID, uuid4

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk import wire
from spokesdesk.domain.errors import UserError

SEED = bytes(range(32))
OP = wire.Op(
    op_id=UUID(int=1),
    device=UUID(int=2),
    dseq=3,
    actor="",
    journal=UUID(int=4),
    entity="paper",
    rec=UUID(int=5),
    kind="release",
    base_ver=0,
    patch={"title": wire.FieldChange(None, "Về việc Đắk Lắk")},
    sv=1,
    wall="2026-11-22T00:00:00Z",
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđ", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_an_operation_survives_the_way_and_keeps_its_signature(value: object) -> None:
    made = msgspec.structs.replace(OP, patch={"text": wire.FieldChange(None, value)})
    signed = wire.sign(SEED, made)
    read = wire.decode(wire.encode(signed), wire.SignedOp)
    assert wire.is_signed(wire.public_key(SEED), read)
    assert wire.canonical(read.op) == wire.canonical(made)


rare = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats()
    | st.text(st.characters(codec="utf-8") | st.sampled_from('\ue000\uffff\U0001f600\x7f\u2028"\\')),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.sampled_from("a\x00đ\ud7ff\ue000\uffff\U0001f600\U00010000"), max_size=3), inner
        )
    ),
    max_leaves=20,
)


@given(rare)
def test_a_message_that_holds_a_canonical_one_is_canonical(value: object) -> None:
    op = msgspec.structs.replace(OP, patch={"a": wire.FieldChange(None, 1.5)})
    whole = wire.Effect(op, "", "applied", 1, "", fields={"a": value})
    by_parts = msgspec.structs.replace(whole, op=msgspec.Raw(wire.canonical(op)))
    try:
        wanted = wire.canonical(whole)
    except UserError:
        with pytest.raises(UserError, match="message_malformed"):
            wire.canonical(by_parts)
    else:
        assert wire.canonical(by_parts) == wanted


@given(rare)
def test_the_quick_canonical_form_is_rfc_8785_to_the_byte(value: object) -> None:
    made = msgspec.structs.replace(OP, patch={"a\ue000": wire.FieldChange(value, [value], "text")})
    try:
        wanted = rfc8785.dumps(msgspec.to_builtins(made))
    except rfc8785.CanonicalizationError:
        with pytest.raises(UserError, match="message_malformed"):
            wire.canonical(made)
    else:
        assert wire.canonical(made) == wanted


def test_an_effect_leaves_out_what_it_has_not_to_say() -> None:
    signed = wire.sign(SEED, OP)
    bare = wire.Effect(OP, signed.sig, "applied", 1, "2026-11-22T00:00:00Z")
    assert set(json.loads(wire.canonical(bare))) == {"op", "sig", "outcome", "ver", "at"}
    assert wire.canonical(bare) == rfc8785.dumps(msgspec.to_builtins(bare))
    told = msgspec.structs.replace(bare, deleted=True, fields={"a": 1.5})
    assert wire.canonical(told) == rfc8785.dumps(msgspec.to_builtins(told))
    assert wire.decode(wire.canonical(told), wire.Effect) == told


def test_what_a_record_holds_after_an_operation_is_its_patch_unless_the_effect_says_otherwise() -> None:
    patch = {"a": wire.FieldChange(None, 1), "b": wire.FieldChange(None, 2)}
    made = msgspec.structs.replace(OP, kind="put", patch=patch)
    effect = wire.Effect(made, "", "conflict", 3, "", fields={"b": 9})
    assert wire.values_after(effect) == {"a": 1, "b": 9}
    joined = msgspec.structs.replace(OP, kind="add", patch={"tags": wire.FieldChange(None, ["x"])})
    assert wire.values_after(wire.Effect(joined, "", "applied", 2, "", fields={"tags": ["w", "x"]})) == {
        "tags": ["w", "x"]
    }


def test_the_canonical_form_is_rfc_8785_of_the_message_itself() -> None:
    plain = json.loads(wire.encode(OP))
    assert wire.canonical(OP) == rfc8785.dumps(plain)
    assert set(plain) == {
        "op_id", "device", "dseq", "actor", "journal", "entity", "rec", "kind", "base_ver", "patch", "sv", "wall",
    }  # fmt: skip
    assert plain["patch"] == {"title": {"base": None, "new": "Về việc Đắk Lắk"}}


def test_a_signature_is_the_same_each_time_and_of_one_key_only() -> None:
    signed = wire.sign(SEED, OP)
    assert signed == wire.sign(SEED, OP)
    assert not wire.is_signed(wire.public_key(bytes(32)), signed)
    assert not wire.is_signed("zz", signed)
    assert not wire.is_signed(wire.public_key(SEED), wire.SignedOp(OP, "ab"))


@pytest.mark.parametrize(
    "change",
    [
        {"op_id": "not an id"},
        {"dseq": -1},
        {"dseq": 2**60},
        {"entity": "Paper; DROP"},
        {"entity": "paper\n"},
        {"actor": "\n"},
        {"actor": "Nguyễn Văn A"},
        {"wall": "x" * 100},
        {"more": 1},
        {"patch": {str(n): {"base": None, "new": 1} for n in range(101)}},
        {"patch": {"title": {"base": None, "new": 1, "old": 2}}},
    ],
)
def test_an_envelope_of_another_shape_is_refused(change: dict[str, object]) -> None:
    plain = {**json.loads(wire.encode(OP)), **change}
    with pytest.raises(UserError, match="message_malformed"):
        wire.decode(json.dumps(plain), wire.Op)


@given(
    st.lists(st.tuples(st.binary(min_size=32, max_size=32), st.text(max_size=20)), min_size=1, max_size=6),
    st.data(),
)
def test_a_chain_notices_any_change(entries: list[tuple[bytes, str]], data: st.DataObject) -> None:
    chain, changes = wire.GENESIS, []
    for seq, (salt, effect) in enumerate(entries, 1):
        op_id, committed = uuid4(), wire.commitment(salt, effect)
        chain = wire.chained(chain, op_id, committed)
        changes.append(wire.Change(seq, op_id, committed.hex(), chain.hex(), salt.hex(), effect))
    before = [wire.GENESIS.hex(), *(change.chain for change in changes)]
    assert all(wire.follows(hash_, change) for hash_, change in zip(before, changes, strict=False))
    at = data.draw(st.integers(0, len(changes) - 1))
    for altered in (
        {"effect": f"{changes[at].effect}x"},
        {"op_id": uuid4()},
        {"commitment": "0" * 64},
        {"chain": "0" * 64},
    ):
        assert not wire.follows(before[at], msgspec.structs.replace(changes[at], **altered))
    assert not wire.follows("1" * 64, changes[at])
