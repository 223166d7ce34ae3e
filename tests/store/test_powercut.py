"""After a power cut the workspace opens with everything that was said to be saved (F2, F3)."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import backups, drafts, journal
from spokesdesk.store import migrate
from spokesdesk.store.database import Database
from spokesdesk.store.migrations import SCHEMA
from tests.desks import AGENCY, MEMBERS, PASSPHRASE
from tests.store.powercut import Disk, Recording, cut, judged, played, recorded

KEY = bytes(range(32))
CUTS, LONG_CUTS = 200, 2_000
OLD = 8


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A workspace founded and an hour of work in it, as statements."""
    from spokesdesk.outside import sealing

    folder = tmp_path_factory.mktemp("work")
    with recorded() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "COST", (64, 1, 1))
        desk, _key = bootstrap.create(folder / "bàn", AGENCY, MEMBERS, passphrase=PASSPHRASE)
        for n in range(12):
            draft = ContactDraft(
                channel=Channel.PHONE,
                received_at=datetime.now(UTC) - timedelta(hours=n + 1),
                outlet="Báo Long An",
                journalist=f"Nguyễn Văn Ấn {n % 3}",
                topic=f"Việc thứ {n}",
            )
            journal.log_contact(desk, draft)
            drafts.save(desk, "contact", desk.new_id(), {"topic": f"đang gõ {n}"})
        backups.back_up(desk)
        desk.close()
    return made


@pytest.fixture(scope="module")
def upgrade(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """An older database with rows, brought to the present shape, as statements."""
    path = tmp_path_factory.mktemp("upgrade") / "desk.db"
    with recorded() as made, pytest.MonkeyPatch.context() as patch:
        database = Database(path, KEY, create=True)
        patch.setattr(migrate, "SCHEMA", OLD)
        migrate.prepare(database)
        with database.writing() as c:
            for n in range(200):
                c.exec_driver_sql(
                    "INSERT INTO outlet(id, name, name_fold, kind) VALUES (?, ?, 'bao', 'bao')",
                    (n.to_bytes(16, "big"), f"Báo {n}"),
                )
        patch.setattr(migrate, "SCHEMA", SCHEMA)
        migrate.prepare(database)
        database.close()
    return made


def survey(disk: Disk, cuts: int, folder: Path, seed: int) -> list[str]:
    """Cut the power many times; give what was wrong after each cut that lost or hurt anything."""
    chance = random.Random(seed)
    wrong = []
    for n in range(cuts):
        # A new file appears with its folder, by one rename, after the first commit.
        at = chance.randrange(disk.commits[0], len(disk.events) + 1)
        place = folder / str(n)
        place.mkdir()
        cut(disk, at, chance, place)
        faults, found = judged(place)
        told = disk.acknowledged(at)
        if faults != "ok":
            wrong.append(f"cut {n} after {at}: {faults}")
        elif found not in disk.states[told : told + 2]:
            wrong.append(f"cut {n} after {at}: not what was told to be saved")
        for file in place.iterdir():
            file.unlink()
    return wrong


@pytest.mark.parametrize("what", ["work", "upgrade"])
@pytest.mark.parametrize("cuts", [CUTS, pytest.param(LONG_CUTS, marks=pytest.mark.long)])
def test_no_cut_of_the_power_loses_what_was_told_to_be_saved(
    what: str, cuts: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    disk = played(request.getfixturevalue(what), tmp_path, "FULL")
    assert len(disk.commits) > (1 if what == "upgrade" else 25)
    (tmp_path / "cuts").mkdir()
    assert survey(disk, cuts, tmp_path / "cuts", seed=1) == []


def test_the_same_cuts_show_what_a_disk_without_flushes_would_lose(work: Recording, tmp_path: Path) -> None:
    disk = played(work, tmp_path, "OFF")
    (tmp_path / "cuts").mkdir()
    assert survey(disk, 60, tmp_path / "cuts", seed=1), "the cuts are too gentle to prove anything"


def test_every_connection_of_the_program_flushes_at_each_commit(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db", KEY, create=True)
    with database.writing() as c:
        assert c.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert c.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    database.close()
