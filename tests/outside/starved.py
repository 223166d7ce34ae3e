"""Works on a disk that is full or may not be written, in a process of its own, and prints what came of it as JSON.

``python -m tests.outside.starved full|quota|readonly FOLDER``. ``full`` needs the folder to be a small disk;
``quota`` limits the size of a file; ``readonly`` takes away the right to write (also from root).
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import argon2.low_level  # noqa: F401  (loaded while the files of this program can still be read)
import cryptography.hazmat.primitives.ciphers.aead
import cryptography.hazmat.primitives.kdf.hkdf
import keyring.core  # noqa: F401
import uuid_utils  # noqa: F401

from spokesdesk.domain.errors import DeskError
from spokesdesk.outside.backup import backup
from spokesdesk.outside.blobs import BlobStore
from spokesdesk.outside.workspace import OpenWorkspace, create, open_workspace
from spokesdesk.store.database import Database

assert cryptography.hazmat.primitives.ciphers.aead
assert cryptography.hazmat.primitives.kdf.hkdf
PIECE = 20_000
NOBODY = 65534


def code_of(work: Callable[[], object]) -> str:
    """Give the code of the error that work ends with; "" when it ends well."""
    try:
        work()
    except DeskError as error:
        return error.code
    return ""


class Office:
    """A workspace with a database and files."""

    def __init__(self, folder: Path) -> None:
        def fill(path: Path, key: bytes) -> None:
            database = Database(path, key, create=True)
            with database.writing() as c:
                c.exec_driver_sql("CREATE TABLE t (x TEXT)")
            database.close()

        self.workspace, _ = create(
            folder / "desk", agency_name="X", passphrase="x", use_keyring=False, fill=fill
        )
        self.database = Database(self.workspace.database_path, self.workspace.database_key)
        self.blobs = BlobStore(self.workspace.blobs_path, self.workspace.blob_key)
        self.saved = 0

    def save(self) -> None:
        """Write one row."""
        with self.database.writing() as c:
            c.exec_driver_sql("INSERT INTO t VALUES (?)", (os.urandom(PIECE // 2).hex(),))
        self.saved += 1

    def save_until_it_fails(self) -> None:
        """Write rows for ever."""
        while self.saved < 100_000:
            self.save()

    def count(self) -> int:
        """Read the rows back."""
        with self.database.reading() as c:
            return int(c.exec_driver_sql("SELECT count(*) FROM t WHERE length(x) > 0").scalar_one())

    def seen_again(self) -> OpenWorkspace:
        """Unlock the workspace anew."""
        return open_workspace(self.workspace.folder, passphrase="x")


def starve(office: Office, folder: Path) -> dict[str, object]:
    """Fill the disk and try everything that writes."""
    kept = office.blobs.put_bytes(b"kept", "a")
    saw: dict[str, object] = {"save": code_of(office.save_until_it_fails)}
    saw["rows_kept"] = office.count() == office.saved > 0
    saw["attach"] = code_of(lambda: office.blobs.put_bytes(os.urandom(9 << 20), "b"))
    saw["backup"] = code_of(
        lambda: backup(office.workspace, office.database.backup_to, folder / "b.spokesbackup")
    )
    saw["files_kept"] = office.blobs.read(kept.sha256).decode()
    saw["leftovers"] = [
        path.name for path in folder.rglob("*") if ".part" in path.name or path.parent.name == "part"
    ]
    saw["faults"] = office.database.integrity_faults()
    saw["opens"] = office.seen_again().database_key == office.workspace.database_key
    return saw


def forbid(office: Office, folder: Path) -> dict[str, object]:
    """Take away the right to write and try everything that writes."""
    office.save()
    kept = office.blobs.put_bytes(b"kept", "a")
    (folder / "letter").write_bytes(b"x")
    office.database.close()
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if not os.geteuid():
        os.seteuid(NOBODY)
    key = office.workspace.database_key
    saw: dict[str, object] = {"open": code_of(lambda: Database(office.workspace.database_path, key))}
    saw["attach"] = code_of(lambda: office.blobs.put_bytes(b"x", "b"))
    saw["keys"] = code_of(lambda: office.workspace.change_passphrase("y"))
    saw["create"] = code_of(
        lambda: create(folder / "new", agency_name="X", passphrase="x", use_keyring=False)
    )
    saw["export"] = code_of(lambda: office.blobs.export(kept.sha256, folder / "out"))
    saw["read"] = office.blobs.read(kept.sha256).decode()
    saw["unlock"] = office.seen_again().database_key == key
    return saw


def main(how: str, folder: Path) -> dict[str, object]:
    """Starve the office in one way."""
    office = Office(folder)
    if how == "readonly":
        return forbid(office, folder)
    if how == "quota":
        resource.setrlimit(resource.RLIMIT_FSIZE, (4 << 20, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    return starve(office, folder)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
