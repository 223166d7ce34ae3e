"""A desk killed in its rounds, a portal killed while many push: nothing acknowledged is lost or doubled.

Kinds of work for ``tests.outside.killing``. The desk's portal runs in a process of its own, which nobody kills.
"""

import atexit
import itertools
import os
import signal
import tempfile
import threading
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import httpx
import sqlalchemy as sa

from spokesdesk import bootstrap, wire
from spokesdesk.domain.people import Outlet
from spokesdesk.outside import rulebook, rulepacks, sealing
from spokesdesk.server import accounts, checking, commands, database, files, listening, tables
from spokesdesk.server.portal import utc_now
from spokesdesk.services import people, samples, sync
from spokesdesk.services.ports import Desk
from tests.outside.killing import Acknowledge
from tests.server.running import Device, RunningPortal, ask
from tests.sync.simulation.history import SIGNED_OUT

PASSPHRASE = "bị ngắt giữa lượt"
LAPS, DEVICES, OPS = 12, 4, 8


@cache
def lasting_portal() -> RunningPortal:
    """Give a portal that lasts as long as this program."""
    portal = RunningPortal(Path(tempfile.mkdtemp(prefix="spokesdesk-kill-"))).start()
    owner = os.getpid()

    def end() -> None:
        if os.getpid() == owner:
            portal.stop()

    atexit.register(end)
    return portal


class Rounds:
    """Somebody saves outlets and exchanges after each; a colleague's desk must have all of them."""

    pieces, pause_s = 6, 0.3

    def __init__(self, folder: Path) -> None:
        sealing.COST = (64, 1, 1)  # neither the passphrase is what is tried here, nor the reading of the law
        vars(rulepacks)["shipped_contents"] = cache(rulebook.shipped_contents)
        self._portal, self._agency = lasting_portal(), f"Sở {uuid4().hex}"
        self._places = [folder / name for name in ("killed", "witness")]
        for place in self._places:
            desk, _key = bootstrap.create(
                place, samples.sample_agency(), samples.sample_members()[:1], passphrase=PASSPHRASE
            )
            self._join(desk)
            desk.close()

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        desk = bootstrap.open_desk(self._places[0], passphrase=PASSPHRASE)
        while True:
            for _ in range(2):
                name = f"Báo {uuid4().hex}"
                people.save_outlet(desk, Outlet(desk.new_id(), name))
                acknowledge(name)
            sync.run_round(desk)

    def check(self, acknowledged: list[str]) -> None:
        killed, witness = (bootstrap.open_desk(place, passphrase=PASSPHRASE) for place in self._places)
        try:
            self._calm(killed)
            self._calm(witness)
            names = Counter(outlet.name for outlet in people.outlets(witness))
            assert all(names[name] == 1 for name in acknowledged), "lost or doubled"
            assert names == Counter(outlet.name for outlet in people.outlets(killed)), "they differ"
        finally:
            killed.close()
            witness.close()

    def _calm(self, desk: Desk) -> None:
        for _ in range(LAPS):
            report, _changes = sync.run_round(desk)
            if report.fault is not None and report.fault.code in SIGNED_OUT:
                self._join(desk)  # killed twice while a token was renewed
            elif report.fault is None and not report.sent and not report.received:
                return
        raise AssertionError(f"no rest: {report.fault}")

    def _join(self, desk: Desk) -> None:
        sync.connect(desk, self._portal.url, self._portal.quick_code(self._agency))
        self._portal.engine.dispose()  # no connection goes through a fork


class Pushes:
    """A portal that takes pushes of several devices at once; what it answered is in the log, once."""

    pieces, pause_s = 25, 0.05

    def __init__(self, folder: Path) -> None:
        self._data = folder / "portal"
        with listening.listen("127.0.0.1", 0) as free:
            self._port = free.getsockname()[1]
        engine = database.open_database("", self._data)
        self._devices = []
        for n in range(DEVICES):
            seed = os.urandom(32)
            code = accounts.make_code(engine, f"Sở {n // 2}", utc_now()).code
            place = accounts.enrol(engine, ask(code, seed), "", utc_now())
            self._devices.append(Device(RunningPortal(self._data), None, seed, place))  # type: ignore[arg-type]
        engine.dispose()

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        for device in self._devices:
            threading.Thread(target=self._push, args=(device, acknowledge), daemon=True).start()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what this program prints is read by the test
        commands.main(["serve", "--json", "--data", str(self._data), "--port", str(self._port)])
        os._exit(1)

    def _push(self, device: Device, acknowledge: Acknowledge) -> None:
        device.numbers = itertools.count(time.time_ns() // 1000)  # above all that were used before the kill
        where = f"http://127.0.0.1:{self._port}/j/{device.journal}/push"
        headers = {"authorization": f"Bearer {device.token}"}
        with httpx.Client(trust_env=False, timeout=30) as client:
            while True:
                ops = [device.put(uuid4(), "a", None, "x" * 200) for _ in range(OPS)]
                body = wire.encode(wire.Push(ops))
                try:
                    answer = client.post(where, content=body, headers=headers)
                except httpx.TransportError:  # it does not listen yet
                    signal.sigtimedwait([signal.SIGUSR1], 0.02)
                    continue
                for told in wire.decode(answer.content, wire.PushReply).outcomes:
                    assert told.outcome == "applied", told
                    acknowledge(str(told.op_id))

    def check(self, acknowledged: list[str]) -> None:
        engine = database.open_database("", self._data)
        try:
            found = checking.check(engine, files.FileStore(self._data / "files"))
            assert found.findings == (), found.findings
            with database.reading(engine) as connection:
                ids = Counter(map(str, connection.execute(sa.select(tables.change.c.op_id)).scalars()))
            assert all(ids[op_id] == 1 for op_id in acknowledged), "lost or doubled"
        finally:
            engine.dispose()
