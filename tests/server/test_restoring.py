"""A portal restored from an older backup is found out by the chain, and its clients give back what it forgot."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.server import database, restoring
from spokesdesk.server.portal import utc_now
from spokesdesk.server.tables import change, journal
from spokesdesk.services.ports import Cursor
from tests.server.running import Device, Postgres, RunningPortal, ask
from tests.server.test_log import told
from tests.server.test_records import colleagues, replayed


class Backup:
    """A backup of a portal's database, and the way back to it."""

    def __init__(self, portal: RunningPortal, postgres: Postgres | None) -> None:
        self.portal, self.postgres = portal, postgres
        self.copy = portal.data / "backup.db"
        if postgres is not None:
            self.copy = postgres.dump(portal.database)
            return
        with portal.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"VACUUM INTO '{self.copy}'")

    def restore(self) -> None:
        """Stop the portal, put the backup in place, start it again on the same port."""
        self.portal.stop()
        self.portal.__dict__.pop("engine", None)
        if self.postgres is not None:
            self.portal.database = self.postgres.restored(self.copy)
        else:
            for old in self.portal.data.glob("portal.db*"):
                old.unlink()
            shutil.copy(self.copy, self.portal.data / "portal.db")
        self.portal.start()


@pytest.fixture(params=["embedded", "postgres"])
def backed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[RunningPortal, Postgres | None]]:
    """A portal of its own, on either kind of database, that can be put back to a backup."""
    server: Postgres | None = None
    url = ""
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        url = server.new_database()
    portal = RunningPortal(tmp_path / "data", url).start()
    yield portal, server
    portal.stop()


def forked(device: Device, cursor: Cursor) -> None:
    with pytest.raises(WaitError, match="portal_restored"):
        device.client.changes(device.token, device.journal, cursor, 10)


def tell(device: Device, epoch: str, entry: wire.Change) -> wire.Hello:
    body = wire.encode(wire.ForkTold(epoch, entry))
    answer = device.call("POST", f"/j/{device.journal}/restored", content=body)
    assert answer.status_code == 200, answer.text
    return wire.decode(answer.content, wire.Hello)


def last_common(device: Device, seen: list[wire.Change]) -> int:
    """Find by halves the last place where the desk's past and the portal's are the same."""
    low, high = 0, len(seen)
    while low < high:
        middle = (low + high + 1) // 2
        [point] = device.get("chain", wire.ChainPoints, seq=middle).points
        low, high = (middle, high) if point.chain == seen[middle - 1].chain else (low, middle - 1)
    return low


def donated(device: Device, entries: list[wire.Change]) -> list[tuple[str, str]]:
    """Give back entries of the feed under their old ids and signatures."""
    effects = [wire.decode(entry.effect or "", wire.Effect) for entry in entries]
    return told(device.push(*[wire.SignedOp(effect.op, effect.sig) for effect in effects]))


def test_what_a_restored_portal_forgot_comes_back_from_its_clients(
    backed: tuple[RunningPortal, Postgres | None],
) -> None:
    portal, server = backed
    one, two = colleagues(portal)
    rec, other = uuid4(), uuid4()
    one.push(one.put(rec, "name", None, "Lan"), one.put(other, "name", None, "Minh"))
    backup = Backup(portal, server)
    one.push(one.put(rec, "name", "Lan", "Liên"))
    two.push(two.put(rec, "name", "Lan", "Loan"))
    one.push(one.record_op("settle", rec, {"name": wire.settling("Liên", "Loan", "Loan")}))
    two.push(two.put(other, "name", "Minh", "Minh Anh"))
    seen = one.feed()
    before = replayed(one.effects())
    backup.restore()

    newcomer = portal.device(one.place.agency)
    newcomer.push(
        *[newcomer.put(uuid4(), "name", None, f"mới {n}") for n in range(9)]
    )  # the log is longer than before
    cursor = Cursor(one.place.epoch, seen[-1].seq, seen[-1].chain)
    forked(one, cursor)
    hello = tell(one, one.place.epoch, seen[-1])
    assert hello.epoch != one.place.epoch
    assert tell(two, one.place.epoch, seen[-2]).epoch == hello.epoch  # told twice, changed once

    assert last_common(one, seen) == 2
    assert donated(one, seen[2:]) == [("applied", ""), ("conflict", ""), ("applied", ""), ("applied", "")]
    assert donated(two, seen[2:]) == [("duplicate", "")] * 4
    for device in (one, two, newcomer):
        device.place = wire.Enrolled(device.journal, device.place.device, device.token, "", hello.epoch)
    after = replayed(newcomer.effects())
    assert before.items() <= after.items()
    assert len(after) == len(before) + 9
    assert newcomer.get("snapshot", wire.Snapshot).conflicts == []  # what was settled stays settled


def test_a_device_that_the_backup_had_not_comes_back_under_its_own_id(own_portal: RunningPortal) -> None:
    portal = own_portal.start()
    one = portal.device("Sở Quên Máy")
    backup = Backup(portal, None)
    two = portal.device(one.place.agency)
    made = two.put(uuid4(), "name", None, "Lan")
    two.push(made)
    seen = one.feed()
    backup.restore()
    assert donated(one, seen) == [("quarantined", "device_unknown")]
    code = portal.quick_code(one.place.agency)
    given = portal.client().enrol(
        wire.EnrolAsk(code, wire.public_key(two.seed), ask(code, two.seed).proof, device=two.place.device)
    )
    assert given.device == two.place.device
    assert donated(one, seen) == [("applied", "")]


def test_nobody_takes_the_id_of_a_device_that_is_there(portal: RunningPortal, device: Device) -> None:
    seed = bytes(32)
    code = portal.quick_code(device.place.agency)
    wanted = wire.EnrolAsk(code, wire.public_key(seed), ask(code, seed).proof, device=device.place.device)
    assert portal.client().enrol(wanted).device != device.place.device
    assert told(device.push(device.put(uuid4(), "a", None, 1))) == [("applied", "")]


def test_a_fork_must_be_proven(portal: RunningPortal, device: Device) -> None:
    device.push(device.put(uuid4(), "a", None, 1))
    [here] = device.feed()
    stranger = portal.device()
    stranger.push(stranger.put(uuid4(), "a", None, 1))
    [foreign] = stranger.feed()
    bare = wire.Change(here.seq, here.op_id, here.commitment, here.chain)
    altered = wire.Change(2, uuid4(), here.commitment, here.chain, here.salt, here.effect)
    for entry in (here, foreign, bare, altered):
        body = wire.encode(wire.ForkTold(device.place.epoch, entry))
        answer = device.call("POST", f"/j/{device.journal}/restored", content=body)
        assert (answer.status_code, answer.json()["error"]) == (400, "fork_unproven")
    assert device.client.hello(device.token).epoch == device.place.epoch


def test_chain_points_tell_what_is_there_and_what_is_not(device: Device) -> None:
    device.push(*[device.put(uuid4(), "a", None, n) for n in range(3)])
    entries = device.feed()
    answer = device.get("chain", wire.ChainPoints, seq=[0, 2, 9])
    assert [(point.seq, point.chain) for point in answer.points] == [
        (0, wire.GENESIS.hex()),
        (2, entries[1].chain),
        (9, ""),
    ]
    assert (answer.seq, answer.chain) == (3, entries[-1].chain)
    many = device.call("GET", f"/j/{device.journal}/chain", params={"seq": list(range(restoring.POINTS + 1))})
    assert many.status_code == 400


def test_a_client_below_the_floor_starts_from_a_snapshot_and_loses_nothing(
    portal: RunningPortal, device: Device
) -> None:
    recs = [uuid4() for _ in range(4)]
    ops = [device.put(rec, "a", None, 1) for rec in recs]
    device.push(*ops, device.record_op("delete", recs[3], {}, 1))
    entries = device.feed()
    later = utc_now() + timedelta(days=40)
    assert restoring.compact(portal.engine, later, ops=2) >= 3
    with pytest.raises(WaitError, match="below_floor"):
        device.feed()
    hello = device.client.hello(device.token)
    assert hello.floor == 3
    assert [one.seq for one in device.feed(Cursor(hello.epoch, 3, entries[2].chain))] == [4, 5]
    shot = device.get("snapshot", wire.Snapshot)
    assert {record.rec for record in shot.records if not record.deleted} == set(recs[:3])
    assert (shot.seq, shot.chain) == (hello.seq, hello.chain)
    assert told(device.push(*ops)) == [("duplicate", "")] * 4  # ids are kept for ever
    with database.reading(portal.engine) as connection:
        here = (change.c.journal == device.journal) & (change.c.seq <= 3)
        assert set(connection.execute(sa.select(change.c.effect).where(here)).scalars()) == {None}


def test_the_trash_is_emptied_and_then_nothing_is_there_to_restore(
    portal: RunningPortal, device: Device
) -> None:
    rec = uuid4()
    device.push(device.put(rec, "a", None, "bí mật"), device.record_op("delete", rec, {}, 1))
    restoring.compact(portal.engine, utc_now() + timedelta(days=100))
    assert [shot.fields for shot in device.get("snapshot", wire.Snapshot).records] == [{"a": "bí mật"}]
    restoring.compact(portal.engine, utc_now() + timedelta(days=181))
    [shot] = device.get("snapshot", wire.Snapshot).records
    assert (shot.deleted, shot.fields) == (True, {})
    assert told(device.push(device.record_op("restore", rec, {}, 2))) == [("quarantined", "trash_emptied")]


def test_an_administrator_says_that_the_portal_was_restored(
    own_portal: RunningPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    own_portal.start()
    device = own_portal.device()
    device.push(device.put(uuid4(), "a", None, 1))
    [entry] = device.feed()
    assert own_portal.command("restored") == 0
    assert "1" in capsys.readouterr().out
    hello = device.client.hello(device.token)
    assert hello.epoch != device.place.epoch
    forked(device, Cursor(device.place.epoch, 1, entry.chain))
    assert device.feed(Cursor(hello.epoch, 1, entry.chain)) == []


def test_the_compact_command_keeps_what_is_young(own_portal: RunningPortal) -> None:
    own_portal.start()
    device = own_portal.device()
    device.push(device.put(uuid4(), "a", None, 1))
    assert own_portal.command("compact") == 0
    with database.reading(own_portal.engine) as connection:
        assert connection.execute(sa.select(journal.c.floor)).scalar_one() == 0
