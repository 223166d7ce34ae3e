"""A desk killed while it is filled for the first time: the next round goes on, and nothing is lost, doubled or unfound.

A kind of work for ``tests.outside.killing``; the portal is that of ``killing_rounds``.
"""

import shutil
from functools import cache
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

from spokesdesk import bootstrap, wire
from spokesdesk.outside import rulebook, rulepacks, sealing
from spokesdesk.services import journal, samples, sync
from spokesdesk.services.ports import Desk
from spokesdesk.services.sync import filling
from tests.outside.killing import Acknowledge
from tests.sync.killing_rounds import PASSPHRASE, lasting_portal
from tests.sync.pairs import differences, faults, found_by, well

ENTRIES, PAGE = 240, 20


class Fillings:
    """A desk that joins a journal of many entries, each time a new one."""

    pieces, pause_s = 12, 0.1

    def __init__(self, folder: Path) -> None:
        sealing.COST = (64, 1, 1)  # neither the passphrase is what is tried here, nor the reading of the law
        vars(rulepacks)["shipped_contents"] = cache(rulebook.shipped_contents)
        wire.PAGE_OPS = filling._TOGETHER = PAGE
        self._portal, self._agency = lasting_portal(), f"Sở {uuid4().hex}"
        self._first, self._killed = folder / "first", folder / "killed"
        desk = self._joined(self._first, entries=ENTRIES)
        well(desk)
        desk.close()
        self._begin()

    def _joined(self, place: Path, entries: int) -> Desk:
        desk, _key = bootstrap.create(
            place, samples.sample_agency(), samples.sample_members()[:1], passphrase=PASSPHRASE
        )
        if entries:
            samples.fill(desk, entries, journalists=20)
        sync.connect(desk, self._portal.url, self._portal.quick_code(self._agency))
        self._portal.engine.dispose()  # no connection goes through a fork
        return desk

    def _begin(self) -> None:
        """Make the desk that is filled next."""
        shutil.rmtree(self._killed, ignore_errors=True)
        self._joined(self._killed, entries=0).close()

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        desk = bootstrap.open_desk(self._killed, passphrase=PASSPHRASE)

        def told(_filled: int) -> bool:
            acknowledge(str(len(journal.contact_numbers(desk))))
            return True

        sync.run_round(desk, told)
        while True:
            acknowledge(str(ENTRIES))

    def check(self, acknowledged: list[str]) -> None:
        first, killed = (
            bootstrap.open_desk(place, passphrase=PASSPHRASE) for place in (self._first, self._killed)
        )
        try:
            listed = len(journal.contact_numbers(killed))
            assert listed >= max(map(int, acknowledged), default=0), "lost"
            assert faults(killed) == []
            for desk in (killed, first, killed, first):
                assert well(desk).repaired == 0, "lost, and only found again by comparing"
            assert differences(first, killed) == []
            assert found_by(killed) == found_by(first), "not found alike"
        finally:
            first.close()
            killed.close()
        self._begin()
