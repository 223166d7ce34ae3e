"""Files: stored whole under their own hash or not at all, reached only through the journal that holds them."""

import hashlib
import json
import os
import secrets
import socket

import pytest
import sqlalchemy as sa

from spokesdesk.server import database
from spokesdesk.server.tables import journal
from tests.server.running import Device, RunningPortal


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stored(portal: RunningPortal, sha256: str) -> bool:
    return (portal.data / "files" / sha256[:2] / sha256).exists()


def unfinished(portal: RunningPortal) -> list[str]:
    """Give what is left of files sent in one piece; those sent in pieces may wait to be taken up again."""
    found = (path.name for path in (portal.data / "files" / "incoming").iterdir())
    return sorted(name for name in found if not name.endswith(".upload"))


def test_a_file_is_kept_whole_under_its_hash(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(3_000_000)
    device.upload(data)
    assert (portal.data / "files" / sha(data)[:2] / sha(data)).read_bytes() == data
    assert device.client.has_file(device.token, sha(data))
    assert unfinished(portal) == []


def test_a_file_sent_twice_is_kept_once(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(1000)
    for _ in range(2):
        assert device.call("PUT", f"/files/{sha(data)}", content=data).status_code == 204
    assert stored(portal, sha(data))


def test_bytes_of_another_hash_are_refused(portal: RunningPortal, device: Device) -> None:
    wanted = sha(secrets.token_bytes(10))
    answer = device.call("PUT", f"/files/{wanted}", content=b"something else")
    assert (answer.status_code, answer.json()["error"]) == (422, "file_hash_wrong")
    assert not stored(portal, wanted)
    assert not device.client.has_file(device.token, wanted)
    assert unfinished(portal) == []


@pytest.mark.parametrize("name", ["0" * 63, "G" * 64, "..%2f..%2fetc%2fpasswd", "A" * 64, "%00" * 64])
def test_a_name_that_is_no_hash_is_refused(device: Device, name: str) -> None:
    assert device.call("PUT", f"/files/{name}", content=b"x").status_code in (400, 404)
    assert device.call("HEAD", f"/files/{name}").status_code in (400, 404)


def test_an_upload_that_is_cut_leaves_nothing(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(500_000)
    head = (
        f"PUT /files/{sha(data)} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {device.token}\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", portal.port)) as line:
        line.sendall(head.encode() + data[:200_000])
    # The next upload on the same portal is answered after the cut one was noticed.
    device.upload(secrets.token_bytes(100))
    portal_is_calm(portal)
    assert not stored(portal, sha(data))
    assert not device.client.has_file(device.token, sha(data))
    device.upload(data)
    assert stored(portal, sha(data))


def portal_is_calm(portal: RunningPortal) -> None:
    """Wait until no upload is under way; every turn asks the portal, so that it gets its time."""
    for _ in range(500):
        if unfinished(portal) == []:
            return
        portal.get("/healthz")
    raise AssertionError(unfinished(portal))


def test_a_length_is_needed_and_must_hold(device: Device) -> None:
    assert device.call("PUT", f"/files/{sha(b'x')}", content=iter([b"x"])).status_code == 411
    answer = device.call("PUT", f"/files/{sha(b'')}", content=b"")
    assert (answer.status_code, answer.json()["error"]) == (400, "file_empty")


def test_a_file_too_big_is_refused_before_it_is_sent(portal: RunningPortal, device: Device) -> None:
    head = (
        f"PUT /files/{'0' * 64} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {device.token}\r\n"
        f"Content-Length: {300 * 1024**2}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", portal.port)) as line:
        line.sendall(head.encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_journal_over_its_quota_takes_no_more(portal: RunningPortal, device: Device) -> None:
    with database.writing(portal.engine) as connection:
        connection.execute(sa.update(journal).where(journal.c.id == device.journal).values(quota=1500))
    device.upload(secrets.token_bytes(1000))
    data = secrets.token_bytes(1000)
    answer = device.call("PUT", f"/files/{sha(data)}", content=data)
    assert (answer.status_code, answer.json()["error"]) == (507, "quota_used_up")
    assert not stored(portal, sha(data))


def test_a_stranger_learns_nothing_of_a_file(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(1000)
    device.upload(data)
    stranger = portal.device()
    assert not stranger.client.has_file(stranger.token, sha(data))
    assert portal.get(f"/files/{sha(data)}").status_code in (401, 404, 405)
    assert device.call("HEAD", f"/files/{sha(data)}").status_code == 200


def test_a_strangers_file_completes_no_release(portal: RunningPortal, device: Device) -> None:
    """A release is public when its own journal holds the files, not when somebody does."""
    stranger, title = portal.device(), f"về việc mượn tệp {secrets.token_hex(4)}"
    files = (f"%PDF {title}".encode(), f"PK {title}".encode())
    signed = device.release(title, *files)
    device.push(signed)
    for data in files:
        stranger.upload(data)
    [status] = device.client.releases(device.token, device.journal, [signed.op.rec]).releases
    assert status.state == "waiting"
    assert sorted(status.missing) == sorted(map(sha, files))
    assert title[3:] not in portal.get("/").text


def test_parts_left_by_a_killed_portal_are_forgotten_after_a_day(own_portal: RunningPortal) -> None:
    incoming = own_portal.data / "files" / "incoming"
    incoming.mkdir(parents=True)
    old, fresh = incoming / "old.part", incoming / "fresh.part"
    for part in (old, fresh):
        part.write_bytes(b"x")
    os.utime(old, (1_000_000, 1_000_000))
    own_portal.start()
    assert not old.exists()
    assert fresh.exists()


def test_errors_are_answers_without_the_inside(device: Device) -> None:
    answer = device.call("PUT", f"/files/{'0' * 64}", content=b"x")
    told = json.loads(answer.content)
    assert set(told) == {"error", "params"}
    assert "/" not in json.dumps(told["params"])
