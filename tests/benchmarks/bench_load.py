"""A province at work: 200 devices that wait for news and 50 that push, in 20 journals, against one portal.

Each pushing device sends up to 20 operations every 5 seconds; those that wait ask by long poll and read what came. The
generator runs on the same machine. ``SPOKESDESK_LOAD_S`` is how many seconds it lasts. The baseline is ``/healthz``
asked by one more client in the same run: what the machine takes for the least there is to ask.
"""

import asyncio
import itertools
import os
import random
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx

from spokesdesk import wire
from tests.benchmarks.measure import shown, table
from tests.server.running import Device, Postgres, RunningPortal

JOURNALS, WAITING, PUSHING, MOST_OPS, EVERY_S = 20, 200, 50, 20, 5.0
SECONDS = float(os.environ.get("SPOKESDESK_LOAD_S", "30"))


@dataclass
class Load:
    """What was asked, how long each answer took, and what went wrong."""

    url: str
    taken: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    idle_bytes: list[int] = field(default_factory=list)

    async def ask(
        self,
        client: httpx.AsyncClient,
        name: str,
        method: str,
        path: str,
        token: str,
        body: bytes | None = None,
    ) -> httpx.Response | None:
        """Ask the portal something and note how long it took."""
        began = time.perf_counter()
        try:
            answer = await client.request(
                method,
                self.url + path,
                headers={"authorization": f"Bearer {token}"} if token else {},
                content=body,
            )
        except httpx.HTTPError as error:
            self.faults.append(f"{name}: {type(error).__name__}")
            return None
        self.taken.setdefault(name, []).append(time.perf_counter() - began)
        if answer.status_code != 200:
            self.faults.append(f"{name}: {answer.status_code}")
            return None
        return answer


def main() -> None:
    """Print a table for the embedded database, and one for PostgreSQL."""
    print("embedded")
    _measure("")
    server = Postgres(durable=True)
    try:
        print("PostgreSQL")
        _measure(server.new_database())
    finally:
        server.stop()


def _measure(database: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        portal = RunningPortal(Path(folder) / "portal", database).start()
        try:
            load = Load(portal.url)
            devices = [portal.device(f"Sở {n % JOURNALS}") for n in range(WAITING + PUSHING)]
            asyncio.run(_run(load, devices))
        finally:
            portal.stop()
            RunningPortal.close_all()
    _print(load)


async def _run(load: Load, devices: list[Device]) -> None:
    async with AsyncExitStack() as stack:
        # One for each: a pool that all share looks through all its connections at every request.
        clients = [
            await stack.enter_async_context(httpx.AsyncClient(timeout=60, trust_env=False, verify=False))
            for _ in range(len(devices) + 1)
        ]
        await _idle(load, clients[-1], devices[0])
        until = time.monotonic() + SECONDS
        pairs = list(zip(clients, devices, strict=False))
        waiting = [_wait(load, client, one, until) for client, one in pairs[:WAITING]]
        pushing = [_push(load, client, one, until) for client, one in pairs[WAITING:]]
        await asyncio.gather(*waiting, *pushing, _least(load, clients[-1], until))


async def _idle(load: Load, client: httpx.AsyncClient, device: Device) -> None:
    answer = await load.ask(client, "idle round", "GET", "/hello", device.token)
    if answer is not None:
        asked = len(answer.request.url.raw_path) + sum(
            len(a) + len(b) + 4 for a, b in answer.request.headers.raw
        )
        told = len(answer.content) + sum(len(a) + len(b) + 4 for a, b in answer.headers.raw)
        load.idle_bytes.append(asked + told)


async def _least(load: Load, client: httpx.AsyncClient, until: float) -> None:
    while time.monotonic() < until:
        await load.ask(client, "healthz", "GET", "/healthz", "")
        await asyncio.sleep(0.25)


async def _wait(load: Load, client: httpx.AsyncClient, device: Device, until: float) -> None:
    """Wait for news, then read them; the waiting itself is not an answer that is late."""
    await asyncio.sleep(
        random.Random(str(device.place.device)).uniform(0, EVERY_S)
    )  # they do not come all at once
    journal, at, seq, chain = device.journal, 0, 0, wire.GENESIS.hex()
    while (left := until - time.monotonic()) > 1:
        seconds = max(1, min(25, int(left)))
        path = f"/j/{journal}/wait?after={at}&for={seconds}"
        if await load.ask(client, "wait", "GET", path, device.token) is None:
            return
        path = f"/j/{journal}/changes?epoch={device.place.epoch}&after={seq}&chain={chain}&limit=1000"
        answer = await load.ask(client, "changes", "GET", path, device.token)
        if answer is None:
            return
        page = wire.decode(answer.content, wire.Changes)
        at = page.seq
        if page.changes:
            seq, chain = page.changes[-1].seq, page.changes[-1].chain


async def _push(load: Load, client: httpx.AsyncClient, device: Device, until: float) -> None:
    chance = random.Random(str(device.place.device))
    await asyncio.sleep(chance.uniform(0, EVERY_S))
    for lap in itertools.count():
        if time.monotonic() > until:
            return
        began = time.monotonic()
        ops = [
            device.put(uuid4(), "address", None, f"nơi {lap}", entity="outlet")
            for _ in range(chance.randint(1, MOST_OPS))
        ]
        body = wire.encode(wire.Push(ops))
        answer = await load.ask(client, "push", "POST", f"/j/{device.journal}/push", device.token, body)
        if answer is not None:
            told = wire.decode(answer.content, wire.PushReply)
            load.faults += [f"push: {one.reason}" for one in told.outcomes if one.outcome != "applied"]
        await asyncio.sleep(max(0.0, EVERY_S - (time.monotonic() - began)))


def _print(load: Load) -> None:
    least = statistics.median(load.taken["healthz"])
    rows = []
    for name in ("push", "changes"):
        times = sorted(load.taken.get(name, [0.0]))
        late = times[int(len(times) * 0.95)]
        rows.append(
            (f"{name}, p95 of {len(times)}", shown(late), shown(least), f"{late / least:.1f}", "300 ms")
        )
    rows.append(("idle round", f"{max(load.idle_bytes, default=0)} B", "", "", "2000 B"))
    rows.append(("answers that were none", str(len(load.faults)), "", "", "0"))
    table(rows)
    for fault in sorted(set(load.faults))[:10]:
        print(f"{load.faults.count(fault)} × {fault}")
