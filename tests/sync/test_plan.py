"""What a round sends and writes, decided without a portal."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError
from spokesdesk.services.ports import Cursor, Enrolment, SyncBasis, Unpublished, Waiting
from spokesdesk.services.sync import Answers, next_wait, outgoing, plan

JOURNAL, DEVICE = uuid4(), uuid4()
START = Cursor("e1", 0, wire.GENESIS.hex())


def op(rec: UUID | None = None, weight: int = 0) -> wire.Op:
    patch = {"title": wire.FieldChange(None, "x" * weight)}
    return wire.Op(
        uuid4(), DEVICE, 1, "", JOURNAL, "paper", rec or uuid4(), "release", 0, patch, wire.SV, "2026-11-22"
    )


def basis(*waiting: Waiting, cursor: Cursor = START, unpublished: tuple[Unpublished, ...] = ()) -> SyncBasis:
    place = Enrolment("https://cong.vn", JOURNAL, DEVICE, "Sở A", cursor.epoch)
    return SyncBasis(place, cursor, waiting, unpublished)


def queued(*ops: wire.Op) -> list[Waiting]:
    return [Waiting(one, "queued") for one in ops]


def feed(*ops: wire.Op, outcome: str = "applied", head: int | None = None) -> wire.Changes:
    chain, entries = wire.GENESIS, []
    for seq, one in enumerate(ops, 1):
        salt = bytes([seq]) * 32
        effect = wire.canonical(wire.Effect(one, "0" * 128, outcome, 1, "2026-11-22")).decode()
        committed = wire.commitment(salt, effect)
        chain = wire.chained(chain, one.op_id, committed)
        entries.append(wire.Change(seq, one.op_id, committed.hex(), chain.hex(), salt.hex(), effect))
    return wire.Changes("e1", head or len(ops), chain.hex(), entries)


def test_operations_go_in_their_order_at_most_200_at_a_time() -> None:
    ops = [op() for _ in range(450)]
    batches = outgoing(basis(*queued(*ops))).batches
    assert [len(batch) for batch in batches] == [200, 200, 50]
    assert [one for batch in batches for one in batch] == ops


def test_a_batch_stays_under_a_mebibyte_and_a_larger_operation_goes_alone() -> None:
    ops = [op(weight=400_000), op(weight=400_000), op(weight=400_000), op(weight=2_000_000), op()]
    batches = outgoing(basis(*queued(*ops))).batches
    assert [len(batch) for batch in batches] == [2, 1, 1, 1]


def test_only_operations_on_the_record_of_a_refused_one_wait() -> None:
    refused, later, other = op(), op(), op()
    same = op(refused.rec)
    waiting = [Waiting(refused, "quarantined"), *queued(later, same, other)]
    assert outgoing(basis(*waiting)).batches == ((later, other),)


def test_a_sent_operation_is_sent_again_until_the_feed_shows_it() -> None:
    one = op()
    assert outgoing(basis(Waiting(one, "sent"))).batches == ((one,),)


def test_what_came_with_the_records_leaves_when_the_portal_has_it_before_the_cursor() -> None:
    """A desk that began anew reads the feed from behind its own operation: it would wait for ever."""
    before, after = op(), op()
    told = (wire.Outcome(before.op_id, "duplicate", "", 7), wire.Outcome(after.op_id, "duplicate", "", 8))
    made, _fault = plan(basis(*queued(before, after), cursor=Cursor("e1", 7, "ab")), Answers(outcomes=told))
    assert (made.echoed, made.passed) == ((before.op_id,), (before.rec,))


def test_an_answer_leaves_the_operation_and_the_echo_takes_it() -> None:
    one = op()
    told = (wire.Outcome(one.op_id, "applied", "", 1),)
    answered, _fault = plan(basis(*queued(one)), Answers(outcomes=told))
    assert (answered.sent, answered.echoed, answered.cursor) == ((one.op_id,), (), START)
    seen, _fault = plan(basis(*queued(one)), Answers(page=feed(one)))
    assert (seen.sent, seen.echoed, seen.cursor.seq) == ((), (one.op_id,), 1)


@pytest.mark.parametrize("cursor", [Cursor("e0", 0, START.chain), Cursor("e1", 9, "0" * 64)])
def test_another_epoch_or_a_shorter_journal_changes_nothing(cursor: Cursor) -> None:
    one = op()
    hello = wire.Hello("e1", 3, "a" * 64, 0, 1, 1)
    made, fault = plan(basis(*queued(one), cursor=cursor), Answers(hello=hello, page=feed(one)))
    assert fault is not None
    assert (fault.code, made.fault) == ("portal_restored", "portal_restored")
    assert (made.cursor, made.sent, made.echoed, made.log) == (cursor, (), (), ())


def test_entries_before_a_break_are_kept_and_none_after() -> None:
    first, second, third = op(), op(), op()
    page = feed(first, second, third)
    page.changes[1] = wire.Change(
        2, second.op_id, page.changes[1].commitment, "f" * 64, page.changes[1].salt, page.changes[1].effect
    )
    made, fault = plan(basis(*queued(first, second, third)), Answers(page=page))
    assert fault is not None
    assert fault.code == "feed_broken"
    assert made.echoed == (first.op_id,)
    assert made.cursor == Cursor("e1", 1, page.changes[0].chain)


def test_a_gap_in_the_feed_is_a_break() -> None:
    page = feed(op(), op(), op())
    del page.changes[1]
    made, fault = plan(basis(), Answers(page=page))
    assert fault is not None
    assert made.cursor.seq == 1


def test_an_erased_body_is_no_break() -> None:
    page = feed(op(), op())
    old = page.changes[0]
    page.changes[0] = wire.Change(old.seq, old.op_id, old.commitment, old.chain)
    made, fault = plan(basis(), Answers(page=page))
    assert fault is None
    assert made.cursor.seq == 2


def test_what_was_answered_before_the_line_broke_is_written() -> None:
    one, two = op(), op()
    told = (wire.Outcome(one.op_id, "applied", "", 1),)
    lost = OutsideError("portal_unreachable")
    made, fault = plan(basis(*queued(one, two)), Answers(outcomes=told, fault=lost))
    assert fault is lost
    assert (made.sent, made.fault) == ((one.op_id,), "portal_unreachable")


def test_published_needs_the_echo_and_the_public_page() -> None:
    one, two = op(), op()
    statuses = tuple(
        wire.ReleaseStatus(rec, state, [], "https://cong.vn/x")
        for rec, state in (
            (one.rec, "public"),
            (two.rec, "public"),
            (uuid4(), "waiting"),
            (uuid4(), "withdrawn"),
        )
    )
    made, _fault = plan(basis(*queued(two)), Answers(statuses=statuses))
    assert made.published == ((one.rec, "https://cong.vn/x"),)


def test_a_conflict_is_told_by_the_feed_even_when_the_answer_was_lost() -> None:
    one = op()
    made, _fault = plan(basis(*queued(one)), Answers(page=feed(one, outcome="conflict")))
    assert made.quarantined == ((one.op_id, "release_conflict"),)
    assert made.echoed == (one.op_id,)


def test_waiting_doubles_up_to_half_an_hour() -> None:
    minutes = [next_wait(failures, 0).total_seconds() / 60 for failures in range(9)]
    assert minutes == [1, 1, 2, 4, 8, 16, 30, 30, 30]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_waiting_is_never_longer_than_half_an_hour_nor_shorter_than_most_of_a_minute(
    failures: int, jitter: float
) -> None:
    assert timedelta(seconds=48) <= next_wait(failures, jitter) <= timedelta(minutes=30)
