"""The publisher's files: ``metadata/`` with the signed lists, ``targets/`` with the archives they name by hash."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import zstandard
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from installer.talk import SetupError

DAYS = {"root": 730, "targets": 365, "snapshot": 365, "timestamp": 30}
"""How long a signature holds. A copy on a USB stick is good for as long as the time stamp: a month."""
ROOT_KEYS, ROOT_THRESHOLD = 3, 2
ONLINE = ("targets", "snapshot", "timestamp")
SHAPES: dict[str, Any] = {"targets": Targets, "snapshot": Snapshot, "timestamp": Timestamp}
PRETTY = JSONSerializer(compact=False)


def new_root(
    roots: Sequence[SSlibKey], others: Mapping[str, SSlibKey], now: datetime, before: Path | None = None
) -> Metadata[Any]:
    """Give a root of trust that nobody has signed yet.

    Args:
        roots: the three keys of whom two sign for it.
        others: the key of "targets", "snapshot" and "timestamp".
        now: when it begins; it holds two years.
        before: the root that this one follows; None for the first.

    Raises:
        SetupError: not three different keys.
    """
    if len({key.keyid for key in roots}) != ROOT_KEYS:
        raise SetupError(f"Cần đúng {ROOT_KEYS} khóa gốc khác nhau.")
    version = 1 if before is None else read(before).signed.version + 1
    root = Root(version=version, expires=_until("root", now), consistent_snapshot=True)
    for key in roots:
        root.add_key(key, "root")
    root.roles["root"].threshold = ROOT_THRESHOLD
    for role in ONLINE:
        root.add_key(others[role], role)
    return Metadata(root)


def sign(file: Path, signer: CryptoSigner) -> None:
    """Add one signature to a file of metadata, beside those it has."""
    signed = read(file)
    signed.sign(signer, append=True)
    write(signed, file)


def require_complete(file: Path, before: Path | None) -> None:
    """Raise SetupError unless a root has the signatures that it and the one before it ask for."""
    root = read(file)
    for judge in [root, *([read(before)] if before else [])]:
        try:
            judge.signed.verify_delegate("root", root.signed_bytes, root.signatures)
        except RepositoryError as error:
            raise SetupError(f"{file}: chưa đủ chữ ký ({error}).") from error


def publish_root(repository: Path, file: Path) -> Path:
    """Put a complete root among the publisher's files; gives its place.

    Raises:
        SetupError: signatures are missing, or it does not follow the newest one there.
    """
    version = read(file).signed.version
    before = repository / "metadata" / f"{version - 1}.root.json" if version > 1 else None
    if before is not None and not before.is_file():
        raise SetupError(f"Thiếu {before.name}: khóa gốc phải nối tiếp từng bản.")
    require_complete(file, before)
    target = repository / "metadata" / f"{version}.root.json"
    if target.exists() and target.read_bytes() != file.read_bytes():
        raise SetupError(f"{target} đã có và khác tệp này; không ghi đè.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    return target


def add_target(repository: Path, archive: Path, told: Mapping[str, object]) -> TargetFile:
    """Copy an archive among the publisher's files, under its hash.

    Args:
        told: what clients read of it: version, channel, platform, changes.

    Returns:
        Its entry for the list.
    """
    entry = TargetFile.from_file(archive.name, str(archive), ["sha256"])
    entry.unrecognized_fields["custom"] = {**told, "unpacked": unpacked_size(archive)}
    target = repository / "targets" / f"{entry.hashes['sha256']}.{archive.name}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(archive, target)
    return entry


def publish(
    repository: Path, entries: Iterable[TargetFile], signers: Mapping[str, CryptoSigner], now: datetime
) -> None:
    """Sign the list anew with further entries, then its snapshot and its time stamp.

    Args:
        entries: of ``add_target``; an entry of the same name is replaced.
        signers: of "targets", "snapshot", "timestamp".
    """
    metadata = repository / "metadata"
    targets = _next(metadata, "targets", now)
    for entry in entries:
        targets.signed.targets[entry.path] = entry
    _sign_into(targets, metadata / f"{targets.signed.version}.targets.json", signers["targets"])
    snapshot = _next(metadata, "snapshot", now)
    snapshot.signed.meta["targets.json"] = _meta(metadata, targets, "targets")
    _sign_into(snapshot, metadata / f"{snapshot.signed.version}.snapshot.json", signers["snapshot"])
    stamp(repository, signers["timestamp"], now)


def stamp(repository: Path, signer: CryptoSigner, now: datetime) -> None:
    """Sign that the newest list still holds; to be done before the last time stamp runs out."""
    metadata = repository / "metadata"
    snapshot = read(_newest(metadata, "snapshot"))
    made = _next(metadata, "timestamp", now)
    made.signed.snapshot_meta = _meta(metadata, snapshot, "snapshot")
    _sign_into(made, metadata / "timestamp.json", signer)


def read(file: Path) -> Metadata[Any]:
    """Read a file of metadata.

    Raises:
        SetupError: it is none.
    """
    try:
        return Metadata.from_file(str(file))
    except (OSError, RepositoryError, ValueError) as error:
        raise SetupError(f"{file}: không đọc được ({error}).") from error
    except Exception as error:  # the library wraps what it met in its storage error
        raise SetupError(f"{file}: không đọc được ({error}).") from error


def write(signed: Metadata[Any], file: Path) -> None:
    """Write a file of metadata, whole or not at all."""
    part = file.with_name(file.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(signed.to_bytes(PRETTY))
    part.replace(file)


def unpacked_size(archive: Path) -> int:
    """Give the size of the program's files in a .tar.zst, bytes: what a client unpacks of it."""
    with archive.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as bare:
        entries = tarfile.open(fileobj=bare, mode="r|")  # noqa: SIM115  closed with the stream it reads
        return sum(entry.size for entry in entries if "/program/" in entry.name)


def _next(metadata: Path, role: str, now: datetime) -> Metadata[Any]:
    """Give the next version of a list: the newest one with a new number and a new end, or the first."""
    found = _newest(metadata, role, missing=True)
    if found is None:
        return Metadata(SHAPES[role](expires=_until(role, now)))
    made = read(found)
    made.signed.version += 1
    made.signed.expires = _until(role, now)
    return made


def _newest(metadata: Path, role: str, *, missing: bool = False) -> Any:
    if role == "timestamp":
        found = [metadata / "timestamp.json"] if (metadata / "timestamp.json").is_file() else []
    else:
        found = sorted(metadata.glob(f"*.{role}.json"), key=lambda path: int(path.name.split(".")[0]))
    if not found and not missing:
        raise SetupError(f"{metadata}: chưa có {role}.")
    return found[-1] if found else None


def _meta(metadata: Path, signed: Metadata[Any], role: str) -> MetaFile:
    """Give what the list above says of a list: version, length and hash, so that two releases cannot be mixed."""
    version = signed.signed.version
    data = (metadata / f"{version}.{role}.json").read_bytes()
    return MetaFile.from_data(version, data, ["sha256"])


def _sign_into(made: Metadata[Any], file: Path, signer: CryptoSigner) -> None:
    made.sign(signer)
    write(made, file)


def _until(role: str, now: datetime) -> datetime:
    return (now.astimezone(UTC) + timedelta(days=DAYS[role])).replace(microsecond=0)
