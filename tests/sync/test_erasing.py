"""Data erased on one desk are gone from the portal, its log, and every other desk, even one that was away."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import find, journal, privacy, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.pairs import Pair, differences, faults, made_desk, paired, well

NAME = "Đỗ Văn Kín"


@pytest.fixture
def own(own_portal: RunningPortal, tmp_path: Path) -> Iterator[Pair]:
    own_portal.start()
    with paired(tmp_path / "desks", own_portal) as made:
        yield made


def visit(desk: Desk, topic: str) -> UUID:
    at = desk.now() - timedelta(hours=1)
    return journal.log_contact(desk, ContactDraft(Channel.PHONE, at, "Báo Z", NAME, topic))[0].id


def erased(desk: Desk, entry: UUID) -> None:
    person = journal.contact(desk, entry).journalist
    assert person is not None
    privacy.erase(desk, person.id, privacy.law().delete[0].id)


def portal_says(portal: RunningPortal) -> bool:
    """Say whether the name stands anywhere in the portal's database."""
    with portal.engine.connect() as connection:
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        rows = [row for table in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]
    return any("Kín" in str(value) or "K\\u00edn" in str(value) for row in rows for value in row)


def desk_logs(desk: Desk) -> bool:
    with desk.read() as unit:
        return any("Kín" in (entry.effect or "") for entry in unit.outbox.log(0, 10_000))


def test_it_is_gone_everywhere_and_the_chain_holds(own: Pair) -> None:
    entry = visit(own.first, "hỏi về đất đai")
    own.settle_down()
    assert portal_says(own.portal)
    erased(own.second, entry)
    own.settle_down()
    assert not portal_says(own.portal)
    assert [desk_logs(desk) for desk in (own.first, own.second)] == [False, False]
    assert not any("Kín" in row.title for row in sync.ledger(own.first, every=True))
    assert find.find(own.first, "do van kin") == ()
    assert differences(own.first, own.second) == []
    assert [faults(desk) for desk in (own.first, own.second)] == [[], []]
    # The proof: which desk erased what, by which ground, is on both.
    with own.first.read() as unit:
        [proof] = unit.privacy.deletions()
    assert proof.author.id == own.second.member.id


def test_a_desk_that_was_away_keeps_what_is_left(own: Pair) -> None:
    entry = visit(own.first, "hỏi về đất đai")
    well(own.first)
    erased(own.first, entry)
    well(own.first)
    well(own.second)  # the bodies had gone before it read them
    own.settle_down()
    assert journal.contact(own.second, entry).journalist is None
    assert differences(own.first, own.second) == []
    assert [faults(desk) for desk in (own.first, own.second)] == [[], []]


def test_a_desk_that_joins_later_has_what_is_left(own: Pair, tmp_path: Path) -> None:
    entry = visit(own.first, "hỏi về đất đai")
    own.settle_down()
    erased(own.first, entry)
    own.settle_down()
    newcomer = made_desk(tmp_path / "moi", f"Vũ {secrets.token_hex(2)}")
    try:
        sync.connect(newcomer, own.portal.url, own.portal.quick_code(own.agency))
        well(newcomer)
        own.settle_down()
        assert journal.contact(newcomer, entry).id == entry
        assert find.find(newcomer, "do van kin") == ()
        assert faults(newcomer) == []
    finally:
        newcomer.close()
