"""An office of three desks and its portal, put back to the same morning before each history."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from spokesdesk import bootstrap
from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.door import Person
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.library import LawDraft
from spokesdesk.domain.people import MemberDraft, Outlet, Role
from spokesdesk.domain.requests import RequestDraft
from spokesdesk.outside import ids, sealing, workspace
from spokesdesk.server import accounts, app, database, door_tables, portal
from spokesdesk.server.database import writing
from spokesdesk.server.door import asking
from spokesdesk.server.door.journalists import VERIFIED, Account
from spokesdesk.services import cases, journal, library, papers, people, requests, sync
from spokesdesk.services.ports import Desk
from spokesdesk.store.database import Database
from spokesdesk.store.unit import unit_maker
from tests.desks import AGENCY
from tests.sync.desks import PASSPHRASE, press_release
from tests.sync.simulation.line import Line, PortalDiedError, Weather
from tests.sync.simulation.places import (
    MORNING,
    NAMES,
    Clock,
    Ids,
    Keys,
    Place,
    content,
    dying,
    put_file_back,
)

ADDRESS = "http://127.0.0.1"
TEXT = (
    "Mưa lớn kéo dài. Thiệt hại ước 7,2 tỷ đồng.\n\nCác xã đã di dời 1.200 hộ dân. Đường tỉnh 830 bị ngập."
    "\n\nTrường học đóng cửa hai ngày. Nước sẽ rút chậm."
)
AGENCY_NAME, PROVINCE_NAME = "Sở Mô phỏng", "UBND tỉnh Mô phỏng"


def quick_folder() -> Path | None:
    """Give where files live in memory, if there is such a place: nothing here has to survive a power cut."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() else None


class World:
    """The office, its portal, and the province that shares that.

    Args:
        folder: where its files are.

    Attributes:
        places: the desks; the third one may be put back to before it joined, the last one is the province's.
        outlets, paper, request, law, case: what is there in the morning, known to all.
        journal: the office's at the portal; ``journalist``: who may ask it there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.clock, self.ids, self.weather = Clock(), Ids(), Weather()
        self._patched = pytest.MonkeyPatch()
        # Secrets are the same again when a history is replayed, too.
        self._patched.setattr("random._urandom", self.ids.secret)
        self._patched.setattr(asking, "uuid4", self._early_ids())
        self.line = Line(self.weather)
        self._start_portal()
        with pytest.MonkeyPatch.context() as early:
            # What a passphrase costs is tested elsewhere; ids are the same in each run, so that a seed can be replayed.
            early.setattr(sealing, "COST", (64, 1, 1))
            early.setattr(ids, "new_id", self._early_ids())
            self.places = [self._place(n) for n in range(len(NAMES))]
        self._morning()

    def end(self) -> None:
        """Close all, and forget it."""
        for place in self.places:
            place.database.close()
        self.engine.dispose()
        self.line.end()
        self._patched.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _early_ids(self) -> Callable[[], UUID]:
        return self.ids.maker(lambda: self.clock.at)

    def _start_portal(self) -> None:
        self.engine = database.open_database("", self.folder / "portal")
        made = portal.portal_at(self.engine, self.folder / "portal")
        self.line.app = app.build(replace(made, now=lambda: self.clock.at))

        @sa.event.listens_for(self.engine, "commit")
        def _dies(connection: sa.Connection) -> None:
            if connection.get_execution_options().get("writes") and self.weather.next_in_portal():
                raise PortalDiedError

    def _place(self, n: int) -> Place:
        folder, keys = self.folder / f"desk{n}", Keys()
        drafts = [MemberDraft(NAMES[n], frozenset(Role))]
        made, _key = bootstrap.create(folder, AGENCY, drafts, passphrase=PASSPHRASE)
        made.close()  # nobody else holds the file: it is put back again and again
        opened = workspace.open_workspace(folder, passphrase=PASSPHRASE)
        file = Database(opened.database_path, opened.database_key)
        now = self.clock.on_desk(n)
        write = unit_maker(file.writing, keys=keys)
        desk = replace(
            made,
            write=lambda: dying(write, self.weather),
            read=unit_maker(file.reading, keys=keys),
            now=now,
            new_id=self.ids.maker(now),
            device_keys=keys,
            portal_at=self.line.portal_at(keys),
        )
        return Place(n, desk, file, keys, self.weather)

    def _morning(self) -> None:
        first, second, third, province = (place.desk for place in self.places)
        self._furnish(first)
        self.journalist = self._known_journalist()
        for desk in (first, second):
            self.join(desk)
        self.join(province, PROVINCE_NAME)
        self._round_all((first, second, province))
        with first.read() as unit:
            place = unit.outbox.enrolment()
        assert place is not None
        self.journal = place.journal
        self.apart = [place.state() for place in self.places]
        self.apart_portal = self.portal_state()
        self.join(third)
        self._round_all((first, second, third, province))
        self.together = [place.state() for place in self.places]
        self.together_portal = self.portal_state()

    def _furnish(self, desk: Desk) -> None:
        self.outlets = [self.new_outlet(desk, f"Báo số {n}") for n in range(2)]
        self.paper = papers.create(desk, press_release("về mưa lũ", TEXT))[0].id
        before = desk.now() - timedelta(hours=1)
        journal.log_contact(desk, ContactDraft(Channel.PHONE, before, "Báo số 0", "Phạm Thu Hà", "mưa lũ"))
        asked = RequestDraft(Channel.PHONE, before, "số liệu", asker="UBND xã A")
        self.request = requests.open_request(desk, replace(asked, outlet="Báo số 0"))[0].id
        draft = LawDraft(
            name="QĐ 12/2026", title="Quy chế phát ngôn", text="Điều 1. Phạm vi. Điều 2. Hiệu lực."
        )
        made, _changes = library.save(desk, draft)
        self.law = next(one.id for one in self._entries(desk) if one.draft.title == made.title)
        facts = CaseDraft(CaseKind.HARASSMENT, "Đòi tiền", person="Một người", facts="Đến lúc 9 giờ.")
        self.case = cases.open_case(desk, facts)[0].id

    def _known_journalist(self) -> Account:
        """Give somebody with an account that may ask."""
        person = Person("Nguyễn Thị Lan", "Báo Tuổi Trẻ", "IBT-02311", "lan@toasoan.vn", "0912345678")
        made = Account(self._early_ids()(), person, VERIFIED, "", MORNING, MORNING)
        values = {"id": made.id, **asdict(person), "pass_hash": "", "state": VERIFIED, "reason": ""}
        with writing(self.engine) as connection:
            stood = {"made_at": MORNING, "decided_at": MORNING}
            connection.execute(sa.insert(door_tables.journalist).values(**values, **stood))
        return made

    def _entries(self, desk: Desk) -> tuple[Any, ...]:
        with desk.read() as unit:
            return tuple(unit.library.entries())

    def new_outlet(self, desk: Desk, name: str) -> UUID:
        """Write an outlet down."""
        made = Outlet(desk.new_id(), name)
        people.save_outlet(desk, made)
        return made.id

    def join(self, desk: Desk, name: str = AGENCY_NAME) -> None:
        """Enrol a desk with a code of its own."""
        is_province = name == PROVINCE_NAME
        code = accounts.make_code(self.engine, name, self.clock.at, province=is_province).code
        sync.connect(desk, ADDRESS, code)

    def _round_all(self, desks: tuple[Desk, ...]) -> None:
        for desk in (*desks, *desks, *desks):
            report, _changes = sync.run_round(desk)
            assert report.fault is None, report.fault

    def portal_state(self) -> bytes:
        """Give the portal's disk as it is now."""
        return content(self.folder / "portal" / "portal.db", self.engine)

    def restore_portal(self, data: bytes) -> None:
        """Make the portal's disk as it was."""
        put_file_back(self.folder / "portal" / "portal.db", self.engine, data)

    def put_back(self, seed: int, *, together: bool) -> None:
        """Begin a history: the same morning each time.

        Args:
            together: all three desks share the journal; else the third one does not yet.
        """
        self.clock.put_back()
        self.weather.clear()
        shutil.rmtree(self.folder / "sticks", ignore_errors=True)
        self.ids.random, self.ids.secrets = Random(f"ids {seed}"), Random(f"secrets {seed}")
        self.restore_portal(self.together_portal if together else self.apart_portal)
        for place, state in zip(self.places, self.together if together else self.apart, strict=True):
            place.put_back(state)
