"""A workspace with a million contacts and twenty thousand journalists, made once and used by several benchmarks.

``SPOKESDESK_MILLION`` names a folder where it is kept between runs; ``SPOKESDESK_MILLION_CONTACTS`` makes it smaller.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spokesdesk import bootstrap
from spokesdesk.outside import sealing
from spokesdesk.services import checkpoints, people, samples
from spokesdesk.services.ports import Desk

CONTACTS = int(os.environ.get("SPOKESDESK_MILLION_CONTACTS", "1000000"))
JOURNALISTS = CONTACTS // 50
PASSPHRASE = "đo tốc độ"


@contextmanager
def workspace(name: str, contacts: int = CONTACTS, journalists: int = JOURNALISTS) -> Iterator[Path]:
    """Give the folder of a workspace with so many entries; kept or thrown away after."""
    # The key is at hand: stretching a passphrase is not what is measured.
    sealing.COST = (64, 1, 1)
    kept = os.environ.get("SPOKESDESK_MILLION", "")
    if kept:
        folder = Path(kept) / f"{name}-{contacts}"
        if not folder.exists():
            _make(folder, contacts, journalists)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="million-") as made:
        _make(Path(made) / name, contacts, journalists)
        yield Path(made) / name


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    """Give the desk of a workspace, with its first member at work."""
    desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    try:
        yield desk.working_as(people.members(desk)[0])
    finally:
        desk.close()


def _make(folder: Path, contacts: int, journalists: int) -> None:
    agency, members = samples.sample_agency(), samples.sample_members()[:1]
    part = folder.with_name(folder.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    desk, _key = bootstrap.create(part, agency, members, passphrase=PASSPHRASE)
    start = time.perf_counter()
    samples.fill(desk, contacts, journalists=journalists)
    # As a desk does that is opened every day; here it would be done at the first opening that is measured.
    checkpoints.close_days(desk)
    desk.close()
    part.rename(folder)
    print(f"{contacts} contacts, {journalists} journalists written in {time.perf_counter() - start:.0f} s")
