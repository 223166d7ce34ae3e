"""Large files by tus 1.0.0: an independent client, cuts, half-open lines, wrong bytes, who may, what is kept."""

import base64
import hashlib
import secrets
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from tusclient.client import TusClient

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.outside import portalfiles
from spokesdesk.outside.portal import HttpPortal
from spokesdesk.server import database, uploads
from spokesdesk.server.tables import journal, upload
from tests.server.faults import Fault, FaultyLine
from tests.server.running import Device, RunningPortal

CHUNK = wire.CHUNK_BYTES
PATCH = {"content-type": "application/offset+octet-stream"}


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portalfiles, "PAUSE_S", 0.01)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def told(data: bytes, **more: str) -> dict[str, str]:
    name = base64.b64encode(sha(data).encode()).decode()
    return {
        "tus-resumable": "1.0.0",
        "upload-length": str(len(data)),
        "upload-metadata": f"sha256 {name}",
    } | more


def begun(device: Device, data: bytes) -> str:
    answer = device.call("POST", "/uploads", headers=told(data))
    assert answer.status_code == 201, answer.text
    return answer.headers["location"].removeprefix(device.portal.url)


def patch(device: Device, place: str, at: int, piece: bytes, **more: str) -> httpx.Response:
    headers = {"tus-resumable": "1.0.0", "upload-offset": str(at)} | PATCH | more
    return device.call("PATCH", place, content=piece, headers=headers)


def offset(device: Device, place: str) -> int:
    answer = device.call("HEAD", place, headers={"tus-resumable": "1.0.0"})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return int(answer.headers["upload-offset"])


def stored(portal: RunningPortal, data: bytes) -> Path:
    return portal.data / "files" / sha(data)[:2] / sha(data)


def send(device: Device, url: str, data: bytes) -> None:
    client = HttpPortal(url)
    device.portal.clients.append(client)
    client.put_file(device.token, Attachment(sha(data), "a.mp4", len(data)), BytesIO(data))


def told_of(steps: list[int]) -> Callable[[int], bool]:
    def told(at: int) -> bool:
        steps.append(at)
        return True

    return told


def test_an_independent_client_uploads_a_file(portal: RunningPortal, device: Device, tmp_path: Path) -> None:
    data = secrets.token_bytes(CHUNK * 2 + 12_345)
    (tmp_path / "phim.mp4").write_bytes(data)
    client = TusClient(f"{portal.url}/uploads", {"authorization": f"Bearer {device.token}"})
    with (tmp_path / "phim.mp4").open("rb") as handle:
        client.uploader(
            file_stream=handle, chunk_size=1_000_000, metadata={"sha256": sha(data)}, upload_checksum=True
        ).upload()
    assert stored(portal, data).read_bytes() == data
    assert device.client.has_file(device.token, sha(data))


def test_the_portal_says_what_it_speaks(portal: RunningPortal) -> None:
    answer = httpx.options(f"{portal.url}/uploads", trust_env=False)
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation",
        "checksum",
        "termination",
        "expiration",
    }
    assert "sha1" in answer.headers["tus-checksum-algorithm"].split(",")


def test_cuts_cost_at_most_a_chunk_each(portal: RunningPortal, device: Device) -> None:
    data, cuts = secrets.token_bytes(CHUNK * 4 + 777), 6
    with FaultyLine(portal.port) as line:
        line.faults += [
            Fault(cut_after=(3_000_000, 12_000_000)[n % 2], reset=n % 3 == 0) for n in range(cuts)
        ]
        send(device, line.url, data)
        assert line.sent < len(data) + cuts * (CHUNK + 4096)
        assert line.connections > cuts
    assert stored(portal, data).read_bytes() == data


@pytest.mark.long
def test_500_mb_with_20_cuts_resend_at_most_a_chunk_a_cut(portal: RunningPortal, device: Device) -> None:
    data, cuts = secrets.token_bytes(500 * 1024**2), 20
    with FaultyLine(portal.port) as line:
        line.faults += [Fault(cut_after=9_000_000 + secrets.randbelow(14_000_000)) for _ in range(cuts)]
        send(device, line.url, data)
        assert line.sent < len(data) + cuts * (CHUNK + 4096)
        assert line.connections > cuts
    assert stored(portal, data).read_bytes() == data


def test_an_answer_that_is_lost_costs_nothing(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(CHUNK + 9)
    with FaultyLine(portal.port, [Fault(), Fault(drop_reply=True)]) as line:
        send(device, line.url, data)
    assert stored(portal, data).read_bytes() == data


def test_a_byte_that_flips_on_the_way_is_sent_again(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(CHUNK * 2)
    with FaultyLine(portal.port, [Fault(flip=5_000_000)]) as line:
        send(device, line.url, data)
    assert stored(portal, data).read_bytes() == data


@pytest.mark.parametrize(
    ("algorithm", "wrong"),
    [
        ("sha1", hashlib.sha1(b"other", usedforsecurity=False).digest()),
        ("sha256", hashlib.sha256(b"other").digest()),
        ("crc32", bytes(4)),
    ],
)
def test_a_wrong_piece_is_not_kept(device: Device, algorithm: str, wrong: bytes) -> None:
    data = secrets.token_bytes(3000)
    place = begun(device, data)
    checksum = f"{algorithm} {base64.b64encode(wrong).decode()}"
    answer = patch(device, place, 0, data[:1000], **{"upload-checksum": checksum})
    assert (answer.status_code, answer.json()["error"]) == (460, "upload_checksum")
    assert offset(device, place) == 0


def test_of_several_stretches_in_one_request_those_before_a_wrong_one_are_kept(
    portal: RunningPortal, device: Device
) -> None:
    data = secrets.token_bytes(CHUNK * 2 + 1000)
    stretches = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    digests = [base64.b64encode(hashlib.sha256(one).digest()).decode() for one in stretches]
    place = begun(device, data)
    wrong = f"sha256 {digests[0]},{digests[2]},{digests[2]}"
    answer = patch(device, place, 0, data, **{"upload-checksum": wrong})
    assert (answer.status_code, answer.json()["error"]) == (460, "upload_checksum")
    assert offset(device, place) == CHUNK
    right = f"sha256 {digests[1]},{digests[2]}"
    assert patch(device, place, CHUNK, data[CHUNK:], **{"upload-checksum": right}).status_code == 204
    assert stored(portal, data).read_bytes() == data


@pytest.mark.parametrize("size", [100_000, 3_000_000])
def test_a_newer_request_takes_over_from_one_that_hangs(
    portal: RunningPortal, device: Device, size: int
) -> None:
    data, other = secrets.token_bytes(size), secrets.token_bytes(5000)
    place, elsewhere = begun(device, data), begun(device, other)
    head = (
        f"PATCH {place} HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {device.token}\r\n"
        f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: {PATCH['content-type']}\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", portal.port), timeout=10) as hanging:
        hanging.sendall(head.encode() + data[:40_000])
        assert patch(device, elsewhere, 0, other).status_code == 204
        assert offset(device, place) == 0
        assert patch(device, place, 0, data).status_code == 204
        assert hanging.recv(100).startswith(b"HTTP/1.1 409")
    assert stored(portal, data).read_bytes() == data


def test_a_cut_without_checksum_keeps_what_came(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(2_000_000)
    place = begun(device, data)
    with FaultyLine(portal.port, [Fault(cut_after=1_500_000)]) as line, pytest.raises(httpx.TransportError):
        httpx.patch(
            line.url + place,
            content=data,
            headers={
                "authorization": f"Bearer {device.token}",
                "tus-resumable": "1.0.0",
                "upload-offset": "0",
            }
            | PATCH,
            trust_env=False,
        )
    for _ in range(500):
        if at := offset(device, place):
            break
    assert 500_000 < at < 1_500_000
    assert patch(device, place, at, data[at:]).status_code == 204
    assert stored(portal, data).read_bytes() == data


def test_a_byte_that_rots_on_the_disk_is_never_stored(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(2000)
    place = begun(device, data)
    patch(device, place, 0, data[:1500])
    [part] = (portal.data / "files" / "incoming").glob(f"{place.split('/')[-1].replace('-', '')}.upload")
    kept = part.read_bytes()
    part.write_bytes(bytes([kept[0] ^ 1]) + kept[1:])
    answer = patch(device, place, 1500, data[1500:])
    assert (answer.status_code, answer.json()["error"]) == (422, "file_hash_wrong")
    assert not stored(portal, data).exists()
    assert not part.exists()
    send(device, portal.url, data + bytes(CHUNK))


def test_what_is_refused_leaves_the_offset(device: Device) -> None:
    data = secrets.token_bytes(3000)
    place = begun(device, data)
    patch(device, place, 0, data[:1000])
    for status, answer in (
        (409, patch(device, place, 0, data[:1000])),
        (415, patch(device, place, 1000, data[1000:], **{"content-type": "text/plain"})),
        (412, patch(device, place, 1000, data[1000:], **{"tus-resumable": "0.2.2"})),
        (413, patch(device, place, 1000, data + data)),
        (400, patch(device, place, 1000, data[1000:], **{"upload-offset": "-5"})),
        (400, patch(device, place, 1000, data[1000:], **{"upload-checksum": "md5 AAAA"})),
    ):
        assert answer.status_code == status, answer.text
    assert offset(device, place) == 1000


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"upload-length": "0"}, 400),
        ({"upload-length": "x"}, 400),
        ({"upload-length": str(wire.UPLOAD_BYTES + 1)}, 413),
        ({"upload-metadata": ""}, 400),
        ({"upload-metadata": "sha256 Li4vLi4vZXRj"}, 400),
    ],
)
def test_an_upload_that_can_never_be_kept_is_refused_before_its_bytes(
    device: Device, headers: dict[str, str], status: int
) -> None:
    answer = device.call("POST", "/uploads", headers=told(b"x", **headers))
    assert answer.status_code == status


def test_room_is_kept_for_what_was_announced(portal: RunningPortal, device: Device) -> None:
    with database.writing(portal.engine) as connection:
        connection.execute(sa.update(journal).where(journal.c.id == device.journal).values(quota=5000))
    first = secrets.token_bytes(3000)
    place = begun(device, first)
    answer = device.call("POST", "/uploads", headers=told(secrets.token_bytes(3000)))
    assert (answer.status_code, answer.json()["error"]) == (507, "quota_used_up")
    assert patch(device, place, 0, first).status_code == 204


def test_a_stranger_has_no_such_upload(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(3000)
    place, stranger = begun(device, data), portal.device()
    headers = {"tus-resumable": "1.0.0"}
    assert stranger.call("HEAD", place, headers=headers).status_code == 404
    assert patch(stranger, place, 0, data).status_code == 404
    assert stranger.call("DELETE", place, headers=headers).status_code == 404
    assert "location" not in stranger.call("HEAD", f"/files/{sha(data)}").headers
    assert httpx.head(portal.url + place, headers=headers, trust_env=False).status_code in (401, 403)
    assert offset(device, place) == 0


def test_an_upload_that_is_ended_or_too_old_is_gone(portal: RunningPortal, device: Device) -> None:
    ended, old = begun(device, b"ended"), begun(device, b"too old")
    assert device.call("DELETE", ended, headers={"tus-resumable": "1.0.0"}).status_code == 204
    with database.writing(portal.engine) as connection:
        past = sa.update(upload).where(upload.c.journal == device.journal)
        connection.execute(past.values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
    for place in (ended, old):
        assert device.call("HEAD", place, headers={"tus-resumable": "1.0.0"}).status_code == 404
    begun(device, b"a new one")  # what is too old goes when the next begins
    assert (
        len(list((portal.data / "files" / "incoming").glob(f"{old.split('/')[-1].replace('-', '')}*"))) == 0
    )


def test_a_portal_killed_before_the_end_ends_the_upload_later(own_portal: RunningPortal) -> None:
    device = own_portal.start().device()
    data = secrets.token_bytes(5000)
    place = begun(device, data)
    own_portal.stop()
    which = place.split("/")[-1]
    engine = database.open_database("", own_portal.data)
    with database.writing(engine) as connection:
        connection.execute(
            sa.update(upload).where(upload.c.journal == device.journal).values(received=len(data))
        )
    engine.dispose()
    (own_portal.data / "files" / "incoming" / f"{which.replace('-', '')}.upload").write_bytes(data)
    own_portal.start()
    assert offset(device, place) == len(data)
    assert stored(own_portal, data).read_bytes() == data


def test_a_file_comes_back_whole_over_a_line_that_is_cut(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(3_000_000)
    device.upload(data)
    whole = device.call("GET", f"/files/{sha(data)}")
    assert whole.content == data
    assert whole.headers["content-disposition"].startswith("attachment")
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = {"range": "bytes=1000-1999", "if-range": f'"{sha(data)}"'}
    answer = device.call("GET", f"/files/{sha(data)}", headers=part)
    assert (answer.status_code, answer.content) == (206, data[1000:2000])
    changed = device.call("GET", f"/files/{sha(data)}", headers=part | {"if-range": '"other"'})
    assert (changed.status_code, len(changed.content)) == (200, len(data))


def test_what_the_disk_lost_is_missing_again(portal: RunningPortal, device: Device) -> None:
    held, lost, never = (secrets.token_bytes(100) for _ in range(3))
    for data in (held, lost):
        device.upload(data)
    stored(portal, lost).unlink()
    asked = [sha(held), sha(lost), sha(never)]
    assert set(device.client.missing_files(device.token, device.journal, asked)) == {sha(lost), sha(never)}
    device.upload(lost)
    assert device.client.missing_files(device.token, device.journal, asked) == (sha(never),)


def test_who_wants_no_more_goes_on_later(portal: RunningPortal, device: Device) -> None:
    data = secrets.token_bytes(CHUNK * 2)
    file = Attachment(sha(data), "a.mp4", len(data))
    with pytest.raises(WaitError, match="transfer_stopped"):
        device.client.put_file(device.token, file, BytesIO(data), lambda at: at == 0)
    steps: list[int] = []
    device.client.put_file(device.token, file, BytesIO(data), told_of(steps))
    assert steps == [CHUNK]
    assert stored(portal, data).read_bytes() == data


def test_other_bytes_than_announced_are_refused_in_the_end(device: Device) -> None:
    data = secrets.token_bytes(CHUNK + 5)
    with pytest.raises(OutsideError, match="file_hash_wrong"):
        device.client.put_file(device.token, Attachment("0" * 64, "a", len(data)), BytesIO(data))


def test_a_lease_that_went_to_another_request_writes_no_more(portal: RunningPortal, device: Device) -> None:
    """Two workers of one portal: the row in the database decides."""
    data = secrets.token_bytes(100)
    which, now = UUID(begun(device, data).split("/")[-1]), datetime.now(UTC)
    older = uploads.take_over(portal.engine, device.journal, which, now)
    newer = uploads.take_over(portal.engine, device.journal, which, now)
    with pytest.raises(WaitError, match="upload_taken"):
        uploads.advance(portal.engine, older, 0, 10, now)
    uploads.advance(portal.engine, newer, 0, 20, now)
    assert uploads.get(portal.engine, device.journal, which, now).received == 20
