"""Whatever a device signs and sends, each operation gets an outcome, and the log stays whole (bad input, F25)."""

from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.server import accounts, log, tokens
from spokesdesk.server.portal import utc_now
from tests.server.running import Device, RunningPortal
from tests.server.test_log import told
from tests.server.test_sql import engine as engine  # noqa: PLC0414 - a fixture

RECS = [UUID(int=at) for at in range(1, 4)]
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(codec="utf-8"), max_size=5)
    | st.sampled_from(
        ["\0", "Đạt 7,2 %. Sở đã họp. Còn 3 ca.", "Đạt 7,5 %. Sở đã họp. Còn 4 ca.", [], ["a"], ["b"]]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["current", "mine", "\0"]), inner)
    ),
    max_leaves=6,
)
changes = st.builds(
    wire.FieldChange, base=values, new=values, how=st.sampled_from(["text", "set", "found"])
) | st.builds(wire.FieldChange, base=values, new=values)
steps = st.tuples(
    st.sampled_from([*sorted(wire.RECORD_KINDS), "release", "withdraw", "hum"]),
    st.sampled_from(["contact", "paper", "thing"]),
    st.sampled_from(RECS),
    st.dictionaries(st.sampled_from(["a", "b", "title"]), changes, max_size=3),
    st.integers(0, 5),
)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a case is small enough as it is found
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=1, max_size=12))
def test_any_signed_operation_has_an_outcome_and_the_chain_holds(
    engine: sa.Engine, made: list[tuple[str, str, UUID, dict[str, wire.FieldChange], int]]
) -> None:
    device = enrolled_in(engine)
    who = tokens.Caller(device.journal, device.place.device)
    ops: list[wire.SignedOp] = []
    for kind, entity, rec, patch, base_ver in made:
        try:
            signed = device.record_op(kind, rec, patch, base_ver, entity)
            ops.append(wire.decode(wire.encode(signed), wire.SignedOp))
        except UserError:  # no canonical form: it cannot be signed
            continue
    outcomes = log.push(engine, who, wire.Push(ops), utc_now()).reply.outcomes
    assert [one.op_id for one in outcomes] == [one.op.op_id for one in ops]
    assert all((one.outcome == "quarantined") == bool(one.reason) for one in outcomes)
    taken = [one for one in outcomes if one.outcome != "quarantined"]
    page = log.pull(
        engine, who, epoch=device.place.epoch, after=0, chain=wire.GENESIS.hex(), limit=wire.PAGE_OPS
    )
    assert [entry.op_id for entry in page.changes] == [one.op_id for one in taken]
    chain = wire.GENESIS.hex()
    for entry in page.changes:
        assert wire.follows(chain, entry)
        chain = entry.chain
    assert (page.seq, page.chain) == (len(taken), chain)


def enrolled_in(engine: sa.Engine) -> Device:
    """Give a device of a new agency, without a running portal."""
    from tests.server.running import ask

    code = accounts.make_code(engine, f"Sở {uuid4().hex}", utc_now()).code
    given_place = accounts.enrol(engine, ask(code, bytes(32)), "", utc_now())
    return Device(RunningPortal(Path()), None, bytes(32), given_place)  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", [60, 400])
def test_lists_within_lists_without_end_are_refused(device: Device, depth: int) -> None:
    value: object = 1
    for _level in range(depth):
        value = [value]
    good = device.put(uuid4(), "a", None, 1)
    assert told(device.push(device.put(uuid4(), "a", None, value), good)) == [
        ("quarantined", "op_malformed"),
        ("applied", ""),
    ]


@pytest.mark.parametrize("name", ["", "a b", "\0", "đ", "x" * 41, "a\n"])
def test_a_field_has_a_plain_name(device: Device, name: str) -> None:
    with pytest.raises(UserError, match="message_malformed"):
        device.push(device.put(uuid4(), name, None, 1))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/j", 404),
        ("GET", "/j/x/y/z", 404),
        ("POST", f"/j/{UUID(int=5)}/pull", 404),
        ("GET", "/files/", 404),
        ("PUT", "/uploads/x/y", 404),
        ("GET", "/hello/you", 404),
        ("GET", "/province/x", 404),
        ("POST", "/enrol/x", 404),
        ("GET", "/token/x", 404),
        ("GET", "/healthz/x", 404),
        ("DELETE", f"/j/{UUID(int=5)}/push", 405),
        ("GET", "/enrol", 405),
    ],
)
def test_a_machine_that_asks_for_what_is_not_there_gets_a_code_and_no_page(
    embedded_portal: RunningPortal, method: str, path: str, status: int
) -> None:
    answer = httpx.request(method, embedded_portal.url + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["error"] == "portal_address_unknown"
    assert ("allow" in answer.headers) == (status == 405)
