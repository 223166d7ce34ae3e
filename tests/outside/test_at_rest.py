"""Whoever copies the disk reads nothing: not in the database, its log, the files, the settings or the temp folder."""

import unicodedata
from pathlib import Path

import pytest

from spokesdesk.outside.backup import backup
from spokesdesk.outside.blobs import BlobStore
from spokesdesk.outside.logs import Logs
from spokesdesk.outside.workspace import create
from spokesdesk.store.database import Database

CANARIES = ("Nguồn tin mật Ấn Độ Dương", "0912345678", "khoa-thiet-bi-7391", "Mật khẩu của Sở")


def readings(text: str) -> set[bytes]:
    forms = {text, unicodedata.normalize("NFD", text), text.casefold()}
    return {form.encode(coding) for form in forms for coding in ("utf-8", "utf-16-le")}


def test_a_day_of_work_leaves_nothing_readable(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, phone, secret, passphrase = CANARIES
    temp = tmp_path / "temp"
    temp.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP"):
        monkeypatch.setenv(name, str(temp))
    monkeypatch.chdir(tmp_path)

    def fill(path: Path, key: bytes) -> None:
        Database(path, key, create=True).close()

    with Logs():
        desk, recovery = create(
            tmp_path / "desk", agency_name="Sở", passphrase=passphrase, use_keyring=False, fill=fill
        )
        database = Database(desk.database_path, desk.database_key)
        with database.writing() as c:
            c.exec_driver_sql("CREATE VIRTUAL TABLE f USING fts5(x)")
            c.exec_driver_sql("CREATE TABLE t (x TEXT)")
            for number in range(3000):
                c.exec_driver_sql("INSERT INTO t VALUES (?)", (f"{number} {source} {phone}" * 9,))
                c.exec_driver_sql("INSERT INTO f VALUES (?)", (f"{number} {source} {phone}",))
        with database.reading() as c:
            assert c.exec_driver_sql("SELECT x FROM t ORDER BY x DESC").first()
            assert c.exec_driver_sql("SELECT count(*) FROM f WHERE f MATCH 'nguon OR tin'").scalar()
        desk.device.put("seed", secret.encode())
        BlobStore(desk.blobs_path, desk.blob_key).put_bytes(f"{source} {phone}".encode() * 9000, source)
        backup(desk, database.backup_to, tmp_path / "b.spokesbackup")
        hidden = [desk.database_key, desk.blob_key, recovery.encode(), recovery.replace("-", "").encode()]
        assert (tmp_path / "desk" / "desk.db-wal").stat().st_size > 1_000_000
        hidden += [reading for canary in CANARIES for reading in readings(canary)]
        looked_at = 0
        for path in (*tmp_path.rglob("*"), *home.rglob("*")):
            assert not any(part in str(path).encode() for part in hidden)
            if path.is_file():
                raw = path.read_bytes()
                assert not [part for part in hidden if part in raw], path
                looked_at += len(raw)
        assert looked_at > 3_000_000
        database.close()
