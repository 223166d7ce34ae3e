"""What the portal tells a monitoring system, whether it is ready, how often a device may ask, how long it waits."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed

from spokesdesk.domain.errors import WaitError
from spokesdesk.server import app, database, listening, portal
from spokesdesk.server.rates import Rates
from tests.server.running import RunningPortal


def told_by(at: RunningPortal) -> dict[tuple[str, ...], float]:
    answer = httpx.get(f"http://127.0.0.1:{at.metrics_port}/metrics", trust_env=False)
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in parsed(answer.text)
        for sample in family.samples
    }


def test_metrics_count_what_happened_and_name_nobody(own_portal: RunningPortal) -> None:
    own_portal.options = ("--metrics-port", "0")
    own_portal.start()
    device = own_portal.device("Sở Nguyễn Thị Chim Hoàng Yến")
    device.publish("về việc chim hoàng yến")
    own_portal.get("/")
    own_portal.get("/chim-hoang-yen")
    httpx.get(f"{own_portal.url}/hello", headers={"authorization": "Bearer x"}, trust_env=False)
    told = told_by(own_portal)
    assert told["spokesdesk_request_seconds_count", "/files", "2xx", "PUT"] == 2
    assert told["spokesdesk_request_seconds_count", "/…", "4xx", "GET"] == 1
    assert told["spokesdesk_refused_total", "portal_token_refused"] == 1
    assert told["spokesdesk_public_releases",] == 1
    assert told["spokesdesk_database_up",] == 1
    page = httpx.get(f"http://127.0.0.1:{own_portal.metrics_port}/metrics", trust_env=False).text
    assert "chim" not in page.lower()
    assert str(device.journal) not in page
    assert own_portal.get("/metrics").status_code == 404


def test_a_portal_without_its_folder_or_database_is_alive_but_not_ready(own_portal: RunningPortal) -> None:
    own_portal.start()
    assert (own_portal.get("/readyz").status_code, own_portal.get("/healthz").text) == (200, "ok")
    (own_portal.data / "files").rename(own_portal.data / "away")
    assert (own_portal.get("/readyz").status_code, own_portal.get("/readyz").text) == (503, "folder")
    assert own_portal.get("/healthz").status_code == 200


def test_a_device_that_asks_too_often_is_told_to_wait_and_its_neighbour_is_not(
    own_portal: RunningPortal,
) -> None:
    own_portal.options = ("--rate", "12")
    own_portal.start()
    device, other = own_portal.device(), own_portal.device()
    assert device.client.hello(device.token).seq == 0
    # A fifth of a request a second, saved up for ten: one or two more while the test runs, not fifty.
    answers: list[int | str] = []
    for _ in range(50):
        try:
            answers.append(device.client.hello(device.token).seq)
        except WaitError as fault:
            answers.append(fault.code)
    assert "too_many_requests" in answers
    assert other.client.hello(other.token).seq == 0


def test_what_a_device_saves_up_has_an_end() -> None:
    now = 0.0
    rates = Rates(60, clock=lambda: now)
    device = uuid4()
    spent = spend_all(rates, device)
    now = 5.0
    assert (spent, spend_all(rates, device)) == (10, 5)
    now = 10_000.0
    assert spend_all(rates, device) == 10


def spend_all(rates: Rates, device: object) -> int:
    for count in range(1000):
        try:
            rates.spend(device)  # type: ignore[arg-type]
        except WaitError:
            return count
    return 1000


class Hurried(listening.Impatient):
    """Waits a tenth of a second."""

    headers_s = 0.1


class Narrow(listening.Impatient):
    """Holds three connections."""

    most = 3


@asynccontextmanager
async def spoken(kind: type[listening.Impatient], folder: Path) -> AsyncIterator[tuple[str, int]]:
    """Serve in this process, and give the address."""
    import uvicorn

    engine = database.open_database("", folder)
    served = app.build(portal.portal_at(engine, folder))
    door = listening.listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(served, http=kind, ws="none", log_config=None, access_log=False, lifespan="off")
    )
    serving = asyncio.create_task(server.serve([door]))
    yield door.getsockname()
    server.should_exit = True
    await serving
    engine.dispose()


ASKED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def test_a_connection_that_never_finishes_its_headers_is_closed(tmp_path: Path) -> None:
    """Slowloris: the door waits for headers for a time only; a request in time is answered (T20)."""

    async def run() -> bytes:
        async with spoken(Hurried, tmp_path) as place:
            reader, writer = await asyncio.open_connection(*place)
            writer.write(ASKED)
            answer = await reader.readuntil(b"ok")
            writer.write(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
            rest = await asyncio.wait_for(reader.read(), 20)
            writer.close()
            return answer + rest

    answer = asyncio.run(run())
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"ok")


def test_half_open_connections_without_end_cost_nobody_his_own(tmp_path: Path) -> None:
    """More connections than may be are closed at once: who has one is answered, and so is who comes after (T20)."""

    async def run() -> tuple[list[bytes], bytes]:
        async with spoken(Narrow, tmp_path) as place:
            held = [await asyncio.open_connection(*place) for _ in range(3)]
            for reader, writer in held:
                writer.write(ASKED)
                await reader.readuntil(b"ok")
            found = []
            for _ in range(5):
                reader, writer = await asyncio.open_connection(*place)
                found.append(await asyncio.wait_for(nothing(reader), 10))
                writer.close()
            reader, writer = held[0]
            writer.write(ASKED)
            again = await reader.readuntil(b"ok")
            for _reader, writer in held:
                writer.close()
            return found, again

    found, again = asyncio.run(run())
    assert found == [b""] * 5
    assert again.endswith(b"ok")


async def nothing(reader: asyncio.StreamReader) -> bytes:
    with suppress(ConnectionError):
        return await reader.read()
    return b""


def test_a_portal_leaves_files_for_its_own_work() -> None:
    assert 0 < listening.door().most < os.sysconf("SC_OPEN_MAX")


def test_a_metrics_port_that_is_taken_is_said(
    own_portal: RunningPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert own_portal.command("serve", "--json", "--port", "0", "--metrics-port", port) == 6
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == "port_not_free"
    assert "--metrics-port" in told["message"]
