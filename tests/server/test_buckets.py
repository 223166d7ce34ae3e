"""Files in S3-compatible storage: a real portal and a storage server in processes of their own; and what is swept."""

import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
import sqlalchemy as sa

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.server import accounts, buckets, database, sweeping, tables
from spokesdesk.server.files import FileStore
from spokesdesk.server.portal import utc_now
from tests.server.running import RunningPortal

BUCKET = "spokesdesk"
LARGE = 20 * 1024**2


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Storage:
    """A storage server, and its own view of what it holds."""

    url: str
    client: Any
    process: "subprocess.Popen[bytes]"

    def names(self) -> set[str]:
        """Give every key of the bucket."""
        return {one["Key"] for one in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", ())}


@pytest.fixture(scope="module")
def storage() -> Iterator[Storage]:
    """Storage that speaks S3, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with pytest.MonkeyPatch.context() as patched:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patched.setenv(name, "testing")
        patched.setenv("AWS_DEFAULT_REGION", "us-east-1")
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            patched.delenv(name)
        url = f"http://127.0.0.1:{port}"
        client = boto3.client("s3", endpoint_url=url)
        until_it_answers(process, port)
        client.create_bucket(Bucket=BUCKET)
        yield Storage(url, client, process)
        client.close()
    process.kill()
    process.wait()


def until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(600):
        assert process.poll() is None
        with socket.socket() as knock:
            knock.settimeout(0.1)
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        process_wait(process)
    raise AssertionError("the storage does not answer")


def process_wait(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture(scope="module")
def cloudy(storage: Storage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal that keeps its files there."""
    options = ("--files", f"s3://{BUCKET}/cong", "--s3-endpoint", storage.url)
    portal = RunningPortal(tmp_path_factory.mktemp("cloudy") / "data", options=options).start()
    yield portal
    portal.stop()
    RunningPortal.close_all()


def test_files_go_to_the_bucket_and_come_back_whole_and_in_parts(
    cloudy: RunningPortal, storage: Storage
) -> None:
    device, small, large = cloudy.device(), b"nho " + secrets.token_bytes(50), secrets.token_bytes(LARGE)
    for data in (small, large):
        device.client.put_file(device.token, Attachment(sha256(data), "a", len(data)), BytesIO(data))
        assert f"cong/{sha256(data)[:2]}/{sha256(data)}" in storage.names()
        assert device.client.has_file(device.token, sha256(data))
        answer = device.call("GET", f"/files/{sha256(data)}")
        assert answer.content == data
    part = httpx.get(
        f"{cloudy.url}/files/{sha256(large)}",
        headers={"authorization": f"Bearer {device.token}", "range": "bytes=1000-1999"},
        trust_env=False,
        timeout=60,
    )
    assert (part.status_code, part.content) == (206, large[1000:2000])
    assert not list((cloudy.data / "files-read" / "incoming").iterdir())
    other = cloudy.device()
    assert not other.client.has_file(other.token, sha256(small))


def test_a_release_is_public_with_its_files_from_the_bucket(cloudy: RunningPortal) -> None:
    device = cloudy.device()
    signed = device.publish("về kho tệp")
    [status] = device.client.releases(device.token, device.journal, [signed.op.rec]).releases
    assert status.state == "public"
    page = httpx.get(status.url, trust_env=False, timeout=60)
    assert page.status_code == 200
    pdf = httpx.get(f"{status.url}/van-ban.pdf", trust_env=False, timeout=60)
    assert pdf.content == "%PDF về kho tệp".encode()


def test_what_the_bucket_lost_or_altered_is_served_to_nobody_and_found(
    cloudy: RunningPortal, storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    device, lost, altered = cloudy.device(), secrets.token_bytes(900), secrets.token_bytes(900)
    for data in (lost, altered):
        device.upload(data)
    storage.client.delete_object(Bucket=BUCKET, Key=f"cong/{sha256(lost)[:2]}/{sha256(lost)}")
    storage.client.put_object(Bucket=BUCKET, Key=f"cong/{sha256(altered)[:2]}/{sha256(altered)}", Body=b"x")
    missing = device.client.missing_files(device.token, device.journal, [sha256(lost)])
    assert missing == (sha256(lost),)
    assert device.call("GET", f"/files/{sha256(altered)}").status_code == 404
    capsys.readouterr()
    assert cloudy.command("check", "--json") == 8
    found = {one["where"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found == {sha256(lost), sha256(altered)}
    device.upload(lost)
    assert device.call("GET", f"/files/{sha256(lost)}").content == lost
    storage.client.delete_object(Bucket=BUCKET, Key=f"cong/{sha256(altered)[:2]}/{sha256(altered)}")
    device.upload(altered)


def test_storage_that_does_not_answer_keeps_nothing_half(tmp_path: Path, storage: Storage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    store = buckets.store_at(tmp_path, f"s3://{BUCKET}", nowhere)
    store.prepare()
    part = store.incoming / "x.part"
    part.write_bytes(b"abc")
    with pytest.raises(OutsideError, match="file_storage_unreachable"):
        store.move_in(part, sha256(b"abc"))
    assert part.exists()
    with pytest.raises(OutsideError, match="file_storage_unreachable"):
        store.has(sha256(b"abc"))
    assert isinstance(buckets.store_at(tmp_path), buckets.BucketStore)  # the place is remembered


@pytest.mark.parametrize("place", ["http://a/b", "s3://", "s3:bucket", "s3://a/b?c"])
def test_a_place_that_is_none_is_said(tmp_path: Path, place: str) -> None:
    with pytest.raises(UserError, match="file_storage_form"):
        buckets.store_at(tmp_path, place)


@pytest.fixture(params=["disk", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Both kinds of store, empty."""
    if request.param == "disk":
        found = FileStore(tmp_path / "files")
    else:
        storage: Storage = request.getfixturevalue("storage")
        found = buckets.store_at(tmp_path, f"s3://{BUCKET}/{secrets.token_hex(4)}", storage.url)
    found.prepare()
    return found


def kept(store: FileStore, data: bytes) -> str:
    part = store.incoming / f"{secrets.token_hex(4)}.part"
    part.write_bytes(data)
    store.move_in(part, sha256(data))
    return sha256(data)


def test_a_sweep_takes_only_what_nobody_holds(tmp_path: Path, store: FileStore) -> None:
    engine = database.open_database("", tmp_path)
    held, backed, gone, coming = (kept(store, secrets.token_bytes(100)) for _ in range(4))
    owner = accounts.make_code(engine, "Sở A", utc_now()).journal
    with database.writing(engine) as connection:
        row = dict(journal=owner, sha256=held, size=100, stored_at=utc_now())
        connection.execute(sa.insert(tables.blob).values(**row))
        made = dict(journal=owner, id=owner, sha256=coming, size=100, received=0, lease="")
        connection.execute(sa.insert(tables.upload).values(**made, expires_at=utc_now()))
    copies = tmp_path / "copies"
    copies.mkdir()
    with pytest.raises(UserError, match="backup_unreadable"):
        sweeping.sweep(engine, store, [copies], utc_now(), dry=True)
    (copies / "portal-1.json").write_text(json.dumps({"files": [backed]}))
    young = sweeping.sweep(engine, store, [copies], utc_now(), dry=False)
    assert (young.files, young.young) == ((), 2)
    later = utc_now() + timedelta(days=31)
    told = sweeping.sweep(engine, store, [copies], later, dry=True)
    assert (told.files, told.bytes, told.young, told.backed) == ((gone,), 100, 0, 1)
    assert store.has(gone)
    assert sweeping.sweep(engine, store, [copies], later, dry=False) == told
    assert [store.has(one) for one in (held, backed, gone, coming)] == [True, True, False, True]
    (copies / "portal-2.json").write_text("{")
    with pytest.raises(UserError, match="backup_unreadable"):
        sweeping.sweep(engine, store, [copies], later, dry=False)
    with pytest.raises(UserError, match="sweep_days_range"):
        sweeping.sweep(engine, store, [copies], later, 29, dry=False)
    engine.dispose()


def test_the_command_tells_before_it_takes(
    embedded_portal: RunningPortal, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "portal-1.json").write_text(json.dumps({"files": []}))
    capsys.readouterr()
    assert embedded_portal.command("sweep", "--backups", str(tmp_path), "--dry-run", "--json") == 0
    assert json.loads(capsys.readouterr().out)["files"] == []
