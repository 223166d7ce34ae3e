"""The log is JSON of allowed keys; no name, telephone number or sentence of anybody gets into it (T22)."""

import json
import logging
from uuid import uuid4

import httpx

from spokesdesk import wire
from spokesdesk.server import logs
from tests.server.running import Device, Postgres, RunningPortal

NAME, PHONE = "Trần Hoàng Yến Canary", "0912345678"
ALLOWED = {"at", "level", "logger", "frames", *logs.KEYS}


def provoke(device: Device) -> None:
    """Send canaries down every way on which something goes wrong."""
    url, path = device.portal.url, f"/j/{device.journal}"
    good = {"authorization": f"Bearer {device.token}"}
    canary = f"{NAME} {PHONE}"
    ops = [device.put(uuid4(), name, None, canary) for name in ("name", "x" * 90)]
    bodies = (
        wire.encode(wire.Push(ops)),
        wire.encode(wire.Push(ops[:1])),
        canary.encode(),
        wire.encode({"ops": canary}),
        b"{" + canary.encode(),
        b"\xff\xfe",
    )
    with httpx.Client(base_url=url, headers=good, trust_env=False) as client:
        for body in bodies:
            client.post(f"{path}/push", content=body)
            client.post(f"{path}/push", content=body, headers={"content-encoding": "zstd"})
            client.post(f"{path}/restored", content=body)
            client.post("/enrol", content=body)
            client.put(f"/files/{canary}", content=body)
            client.put(f"/files/{'a' * 64}", content=body)
        for asked in (f"/?tim={canary}", f"/{PHONE}", f"/{canary}/x", f"{path}/changes?after={canary}"):
            client.get(asked)
        client.get(
            "/hello", headers={"authorization": f"Bearer {PHONE}", "user-agent": PHONE, "referer": PHONE}
        )
        client.request(PHONE, "/hello")


def canary_free(log: str) -> None:
    for mark in (NAME, PHONE, "Canary", "canary", *NAME.split(), json.dumps(NAME)[1:-1]):
        assert mark not in log
    for line in log.splitlines():
        assert set(json.loads(line)) <= ALLOWED


def test_no_canary_reaches_the_log_on_any_way_that_fails(portal: RunningPortal) -> None:
    provoke(portal.device(f"Sở {NAME} {uuid4().hex[:6]}"))
    canary_free(portal.log())


def test_no_canary_reaches_the_log_when_the_database_fails(
    postgres: Postgres, own_portal: RunningPortal
) -> None:
    own_portal.database = postgres.new_database()
    own_portal.start()
    device = own_portal.device(f"Sở {NAME}")
    postgres.close_database(own_portal.database)
    provoke(device)
    log = own_portal.log()
    canary_free(log)
    assert '"event": "database"' in log


def test_what_a_library_says_is_not_written_but_where_it_comes_from() -> None:
    formatter = logs.Lines()
    try:
        raise ValueError(f"no number: {PHONE}")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("some.library", logging.ERROR, "x.py", 1, "for %s", (NAME,), told)
    line = json.loads(formatter.format(record))
    assert (line["logger"], line["level"], line["fault"]) == ("some.library", "error", "ValueError")
    assert PHONE not in json.dumps(line)
    assert NAME not in json.dumps(line, ensure_ascii=False)
