"""One flipped byte (F26): found, pinpointed, and everything but the rows on that page saved."""

import random
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.salvage import sentences
from spokesdesk.services import journal, samples, workspace
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, copied

PAGE = 4096


@pytest.fixture
def busy(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a few hundred entries, closed."""
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    folder = copied(template, tmp_path)
    desk = at_work(folder)
    samples.fill(desk, 300, journalists=30)
    desk.close()
    return folder


def at_work(folder: Path) -> Desk:
    desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    with desk.read() as unit:
        return desk.working_as(next(one for one in unit.people.members() if one.name == "Trần Minh Khuê"))


def flip(folder: Path, page: int) -> None:
    path = folder / "desk.db"
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * PAGE + 1234] ^= 1
    path.write_bytes(raw)


def rows_of(folder: Path) -> dict[str, int]:
    from spokesdesk.outside.workspace import open_workspace
    from spokesdesk.store.backups import survey

    opened = open_workspace(folder, passphrase=PASSPHRASE)
    return dict(survey(opened.database_path, opened.database_key).rows)


def pages_of(folder: Path) -> int:
    return (folder / "desk.db").stat().st_size // PAGE


def test_everything_is_saved_of_a_whole_workspace(busy: Path, tmp_path: Path) -> None:
    before = rows_of(busy)
    found = bootstrap.salvage(busy, tmp_path / "mới")
    assert sentences(found) == ()
    assert rows_of(tmp_path / "mới") == before
    again = at_work(tmp_path / "mới")
    first = journal.contact(again, journal.contact_rows(again, journal.contact_numbers(again)[:1])[0].id)
    assert journal.contact_numbers(again, first.topic)
    again.close()


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 40))]
)
def test_one_flipped_byte_is_named_and_costs_the_rows_of_its_page_at_most(
    busy: Path, tmp_path: Path, seed: int
) -> None:
    before = rows_of(busy)
    page = random.Random(seed).randrange(40, pages_of(busy))
    flip(busy, page)
    desk = at_work(busy)
    found = workspace.sentences(workspace.doctor(desk))
    assert any(f"{page}" in one for one in found), "the page is named"
    desk.close()
    saved = bootstrap.salvage(busy, tmp_path / "mới")
    after = rows_of(tmp_path / "mới")
    lost = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    told = {one.table for one in saved.lost}
    assert set(lost) <= told, "nothing is lost without being told"
    assert len(lost) <= 1
    assert sum(lost.values()) <= PAGE // 20


def test_a_workspace_that_no_longer_opens_is_salvaged_or_said_to_be_past_saving(
    busy: Path, tmp_path: Path
) -> None:
    from spokesdesk.domain.errors import OutsideError

    flip(busy, 1)
    with pytest.raises(OutsideError, match="database_damaged"):
        bootstrap.salvage(busy, tmp_path / "mới")
    assert not (tmp_path / "mới").exists()


def test_the_damaged_workspace_is_left_as_it_was(busy: Path, tmp_path: Path) -> None:
    flip(busy, pages_of(busy) - 1)
    before = (busy / "desk.db").read_bytes()
    bootstrap.salvage(busy, tmp_path / "mới")
    assert (busy / "desk.db").read_bytes() == before


def test_tables_without_row_numbers_are_read_by_their_key() -> None:
    from spokesdesk.store.salvage import WITHOUT_NUMBERS
    from spokesdesk.store.tables import metadata

    found = {
        name for name, table in metadata.tables.items() if not table.dialect_options["sqlite"]["with_rowid"]
    }
    assert found - {"list_span"} == set(WITHOUT_NUMBERS)
