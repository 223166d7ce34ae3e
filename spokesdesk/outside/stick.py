"""A folder in which desks of one agency leave sealed changes for each other: a USB stick, or a folder that several see.

Each desk has a folder of its own there. ``muc-luc.json`` is signed and names what belongs together; it is replaced
last, at
once: until then what was there before holds, and what is half written is taken up again the next time. Names of files
tell
nothing of their content. Files are sealed by keys that follow from the writer's private key and the content, so the
same file need not be written twice; the text of the changes gets a fresh key each time.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, WaitError
from spokesdesk.outside import carryseal, disk
from spokesdesk.outside.carryfile import PART_BYTES, Joined, Parts, Reading
from spokesdesk.outside.sticknotes import StickNotes
from spokesdesk.services.ports.carrying import CarryFile, CarryKey, CarrySeal, CarryTold, CarryWritten

FOLDER, INDEX, FORM = "SpokesDesk-mang-tay", "muc-luc.json", "spokesdesk-carry-1"
ASKS, WELCOMES = "xin-vao-so", "giay-don"
INDEX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Piece:
    """One content on the stick: how its parts are called, its key, its size."""

    name: str
    key: bytes
    size: int


class FolderStick:
    """What lies in one folder.

    Args:
        folder: that a person chose; it exists.
        part_bytes: greatest size of a file made in it.

    Attributes:
        asks: requests of desks to join; ``welcomes``: answers to them.
    """

    def __init__(self, folder: Path, part_bytes: int = PART_BYTES) -> None:
        self._chosen, self._part_bytes = folder, part_bytes
        self._folder = folder if folder.name == FOLDER else folder / FOLDER
        self.asks = StickNotes(folder, self._folder / ASKS)
        self.welcomes = StickNotes(folder, self._folder / WELCOMES)

    def write(
        self, seal: CarrySeal, frames: Iterable[bytes], files: Sequence[CarryFile], told: CarryTold | None
    ) -> CarryWritten:
        """Leave changes and files for the readers of the seal; small files first.

        Raises:
            OutsideError: ``carry_folder``: the folder is not there; ``disk_full``, ``read_only``: what lay there before
                is whole. Files that find no room are left out, and told.
            WaitError: ``transfer_stopped``: the next time goes on from there.
        """
        if not self._chosen.is_dir():
            raise OutsideError("carry_folder", path=str(self._chosen))
        own = self._folder / seal.device.hex
        with disk.explained(own):
            own.mkdir(parents=True, exist_ok=True)
        progress = _Progress(sum(file.size for file in files), told)
        content = _Piece(f"noi-dung-{secrets.token_hex(8)}", os.urandom(32), 0)
        try:
            size = self._parts(own, content).write(Joined(iter(frames)))
            content = _Piece(content.name, content.key, size)
            pieces, left_out = self._write_files(own, seal.private, files, progress)
            self._finish(own, seal, content, pieces)
        except BaseException:
            for path in own.glob(f"{content.name}.*"):
                path.unlink(missing_ok=True)
            raise
        return CarryWritten(size + sum(piece.size for piece in pieces.values()), left_out)

    def _write_files(
        self, own: Path, private: bytes, files: Sequence[CarryFile], progress: "_Progress"
    ) -> tuple[dict[str, _Piece], tuple[str, ...]]:
        pieces: dict[str, _Piece] = {}
        left_out: list[str] = []
        for file in sorted(files, key=lambda one: one.size):
            name, key = carryseal.file_key(private, file.sha256)
            piece = _Piece(f"tep-{name}", key, file.size)
            try:
                with file.open() as source:
                    written = self._parts(own, piece).write(source, progress.over, resume=True)
                pieces[file.sha256] = _Piece(piece.name, key, written)
            except DeskError as error:
                if error.code not in {"disk_full", "blob_missing", "blob_damaged"}:
                    raise
                # What does not fit, or cannot be read, keeps the rest not back; half a file makes room again.
                for path in own.glob(f"{piece.name}.*"):
                    path.unlink(missing_ok=True)
                left_out.append(file.sha256)
        return pieces, tuple(left_out)

    def _finish(self, own: Path, seal: CarrySeal, content: _Piece, pieces: dict[str, _Piece]) -> None:
        inside = {
            "content": _told_of(content),
            "part_bytes": self._part_bytes,
            "files": {sha256: _told_of(piece) for sha256, piece in pieces.items()},
        }
        body = {
            "form": FORM,
            "journal": str(seal.journal),
            "device": str(seal.device),
            "at": seal.at.isoformat(),
            **carryseal.sealed(json.dumps(inside).encode(), seal.readers),
        }
        made = {"body": body, "seal": wire.sign_bytes(seal.seed, _bytes(body))}
        with disk.explained(own):
            disk.sync_folder(own)
        disk.write_atomically(own / INDEX, json.dumps(made).encode())
        kept = {
            INDEX,
            *(name for one in (content, *pieces.values()) for name in self._parts(own, one).names(one.size)),
        }
        for path in own.iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def writers(self) -> tuple[UUID, ...]:
        """Give the ids of the desks that left something, as their folders are called.

        Raises:
            OutsideError: ``carry_folder``: the folder is not there.
        """
        if not self._chosen.is_dir():
            raise OutsideError("carry_folder", path=str(self._chosen))
        found: list[UUID] = []
        with disk.explained(self._folder):
            for path in sorted(self._folder.glob(f"*/{INDEX}")):
                try:
                    found.append(UUID(hex=path.parent.name))
                except ValueError:
                    continue
        return tuple(found)

    def drop(self, writer: UUID) -> None:
        """Take away what a desk left; what cannot be taken away does no harm."""
        shutil.rmtree(self._folder / writer.hex, ignore_errors=True)

    def open(
        self, writer: UUID, journal: UUID, device: UUID, private: bytes, keys: Sequence[CarryKey]
    ) -> "WrittenStick":
        """Open what a desk left, as the desk that it may be meant for.

        Args:
            journal: of the reader; ``device``, ``private``: the reader, and the key that things are sealed to for it.
            keys: desks of the agency.

        Raises:
            AccessError: ``carry_foreign``: of another agency; ``carry_signer_unknown``; ``carry_not_for_us``.
            OutsideError: ``carry_damaged``: changed after it was signed; ``disk_failed``.
        """
        folder = self._folder / writer.hex
        body, seal = _read_index(folder / INDEX)
        try:
            if body["form"] != FORM or UUID(body["device"]) != writer:
                raise OutsideError("carry_damaged", name=INDEX)
            if UUID(body["journal"]) != journal:
                raise AccessError("carry_foreign")
            key = next((one for one in keys if one.device == writer), None)
            if key is None:
                raise AccessError("carry_signer_unknown")
            if not wire.is_signature(key.signing, seal, _bytes(body)):
                raise OutsideError("carry_damaged", name=INDEX)
            return WrittenStick(
                folder, carryseal.opened(private, device, body), datetime.fromisoformat(body["at"])
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise OutsideError("carry_damaged", name=INDEX) from error

    def _parts(self, own: Path, piece: _Piece) -> Parts:
        return Parts(own, piece.name, piece.key, self._part_bytes)


class WrittenStick:
    """What one desk wrote.

    Attributes:
        at: when, by the writer's clock.
        size: bytes of the changes and files.
    """

    def __init__(self, folder: Path, inside: bytes, at: datetime) -> None:
        told = json.loads(inside)
        self._folder, self.at = folder, at
        self._part_bytes = int(told["part_bytes"])
        self._content = _piece_of(told["content"])
        self._files = {str(sha256): _piece_of(one) for sha256, one in told["files"].items()}
        self.size = self._content.size + sum(one.size for one in self._files.values())

    def frames(self) -> Iterator[bytes]:
        """Give the frames, a line each; raises OutsideError("carry_damaged") where a byte was changed."""
        rest = b""
        for chunk in self._parts(self._content).chunks(self._content.size):
            lines = (rest + chunk).split(b"\n")
            rest = lines.pop()
            yield from lines

    def files(self) -> dict[str, int]:
        """Give hash and size of the files."""
        return {sha256: piece.size for sha256, piece in self._files.items()}

    def file(self, sha256: str) -> Reading:
        """Give one of the files as a stream."""
        piece = self._files[sha256]
        return Reading(self._parts(piece).chunks(piece.size))

    def _parts(self, piece: _Piece) -> Parts:
        return Parts(self._folder, piece.name, piece.key, self._part_bytes)


class _Progress:
    """Counts what is over, and stops when told to."""

    def __init__(self, size: int, told: CarryTold | None) -> None:
        self._size, self._told, self._done = size, told, 0

    def over(self, size: int) -> None:
        self._done += size
        if self._told is not None and not self._told(min(self._done, self._size), self._size):
            raise WaitError("transfer_stopped")


def _told_of(piece: _Piece) -> dict[str, Any]:
    return {"name": piece.name, "key": piece.key.hex(), "size": piece.size}


def _piece_of(told: Any) -> _Piece:
    name = str(told["name"])
    if not name.replace("-", "").isalnum():
        raise ValueError("name")
    return _Piece(name, bytes.fromhex(told["key"]), int(told["size"]))


def _bytes(body: Any) -> bytes:
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return FORM.encode() + b":" + plain.encode()


def _read_index(path: Path) -> tuple[Any, str]:
    try:
        with path.open("rb") as source:
            data = source.read(INDEX_BYTES + 1)
        if len(data) > INDEX_BYTES:
            raise ValueError("too large")
        held = json.loads(data)
        return held["body"], str(held["seal"])
    except OSError as error:
        raise disk.meaning(error, path) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise OutsideError("carry_damaged", name=path.name) from error
