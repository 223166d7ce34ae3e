"""Files in S3-compatible storage behind the same door as files on the disk: whole or not at all, by their hash.

What is read or judged comes through a folder beside the portal, which may be emptied at any time. Uploads under way
lie on the portal's own disk until they are whole.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.server.files import FileStore

PIECE_BYTES = 8 * 1024**2
CACHE_BYTES = 4 * 1024**3
_USED_LATELY_S = 600
_PLACE_FILE = "files-place"


@dataclass(frozen=True, slots=True)
class BucketStore(FileStore):
    """A bucket, and the folder through which its files are read.

    Attributes:
        prefix: what stands before the hash in a key.
        client: boto3's.
    """

    bucket: str
    prefix: str
    client: Any

    def has(self, sha256: str) -> bool:
        """Say whether the bucket has the file."""
        self.path(sha256)
        with _speaking():
            return self._size(sha256) is not None

    def local(self, sha256: str) -> Path:
        """Give where a file can be read, fetched first where it is not; what is not in the bucket is not there."""
        path = self.path(sha256)
        if path.is_file():
            os.utime(path)
            return path
        part = self.incoming / f"{secrets.token_hex(16)}.part"
        with _speaking():
            if self._size(sha256) is None:
                return path
            self.client.download_file(self.bucket, self._key(sha256), str(part))
        with part.open("rb") as source:
            is_right = hashlib.file_digest(source, "sha256").hexdigest() == sha256
        if not is_right:  # altered in the bucket: nobody gets it
            part.unlink()
            return path
        self._make_room()
        path.parent.mkdir(exist_ok=True)
        part.replace(path)
        return path

    def place(self, part: Path, sha256: str) -> None:
        """Put a part whose bytes were checked into the bucket."""
        from boto3.s3.transfer import TransferConfig

        pieces = TransferConfig(multipart_threshold=PIECE_BYTES, multipart_chunksize=PIECE_BYTES)
        with _speaking():
            self.client.upload_file(str(part), self.bucket, self._key(sha256), Config=pieces)
        part.unlink()

    def remove(self, sha256: str) -> None:
        """Let a file go."""
        self.path(sha256).unlink(missing_ok=True)
        with _speaking():
            self.client.delete_object(Bucket=self.bucket, Key=self._key(sha256))

    def stored(self) -> Iterator[tuple[str, int, float]]:
        """Give every file in the bucket: hash, bytes, when it was put there."""
        with _speaking():
            for page in self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self.prefix
            ):
                for one in page.get("Contents", ()):
                    put_at: datetime = one["LastModified"]
                    yield one["Key"].rpartition("/")[2], one["Size"], put_at.timestamp()

    def _key(self, sha256: str) -> str:
        return f"{self.prefix}{sha256[:2]}/{sha256}"

    def _size(self, sha256: str) -> int | None:
        from botocore.exceptions import ClientError

        try:
            told = self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise
        return int(told["ContentLength"])

    def _make_room(self) -> None:
        """Let go of what was read longest ago when the folder has grown too large."""
        found = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in self.folder.glob("??/*"))
        total = sum(size for _at, size, _path in found)
        for at, size, path in found:
            if total <= CACHE_BYTES or at > time.time() - _USED_LATELY_S:
                return
            path.unlink(missing_ok=True)
            total -= size


@contextmanager
def _speaking() -> Iterator[None]:
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise OutsideError("file_storage_unreachable", detail=type(error).__name__) from error


def store_at(data: Path, place: str = "", endpoint: str = "") -> FileStore:
    """Give the store of a portal's files.

    Args:
        data: the portal's folder.
        place: ``s3://bucket/prefix``; "" for the one chosen before, or the disk.
        endpoint: address of storage that is not Amazon's. Who may enter is said as boto3 has it (environment, profile).

    Raises:
        UserError: ``file_storage_form``.
    """
    kept = data / _PLACE_FILE
    is_known = not place
    if is_known and kept.is_file():
        place, endpoint, *_rest = kept.read_text(encoding="utf-8").split("\n")
    if not place:
        return FileStore(data / "files")
    parts = urlsplit(place)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
        raise UserError("file_storage_form", field="files")
    prefix = parts.path.strip("/")
    store = BucketStore(data / "files-read", parts.netloc, f"{prefix}/" if prefix else "", _client(endpoint))
    if not is_known:  # and can be used: a slip is not kept
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.write_text(f"{place}\n{endpoint}\n", encoding="utf-8")
    return store


def _client(endpoint: str) -> Any:
    import boto3
    from botocore.config import Config

    limits = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"})
    try:
        return boto3.client("s3", endpoint_url=endpoint or None, config=limits)
    except ValueError as error:
        raise UserError("file_storage_form", field="s3-endpoint") from error
