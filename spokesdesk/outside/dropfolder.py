"""A drop folder: for portals without an interface, releases lie in a folder that somebody's program collects.

``cho-dang/<id>-publish`` holds ``manifest.json``, which has the text, and both files; it appears whole, by one
renaming. Who collects it answers with ``bien-nhan/<id>-publish.json``: the hash of the manifest, a state, an address.
The same for ``-withdraw``.
"""

import hashlib
import json
import secrets
import shutil
from pathlib import Path
from typing import Any

from spokesdesk.domain.elsewhere import ElsewherePlace, Item, Receipt
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.text import clean_line, safe_file_name
from spokesdesk.outside import disk
from spokesdesk.services.ports.elsewhere import Opened

OUTGOING, RECEIPTS, MANIFEST = "cho-dang", "bien-nhan", "manifest.json"
FORMAT = 1
RECEIPT_BYTES = 64 * 1024
_STATES = {"publish": ("accepted", "published", "refused"), "withdraw": ("accepted", "withdrawn", "refused")}


class DropFolder:
    """A folder on this machine or a shared disk."""

    def __init__(self, place: ElsewherePlace) -> None:
        self._folder = Path(place.address)

    def check(self) -> None:
        """Make the two folders and try to write.

        Raises:
            UserError: ``elsewhere_folder``: not a folder, or not named from the root.
            OutsideError: ``read_only``, ``disk_full`` and their kin.
        """
        if not self._folder.is_absolute() or not self._folder.is_dir():
            raise UserError("elsewhere_folder", field="address", path=str(self._folder)[:200])
        with disk.explained(self._folder):
            for name in (OUTGOING, RECEIPTS):
                (self._folder / name).mkdir(exist_ok=True)
            tried = self._folder / OUTGOING / f".{secrets.token_hex(8)}.part"
            tried.write_bytes(b"")
            tried.unlink()

    def publish(self, item: Item, files: Opened, remote: str) -> Receipt:
        """Lay a release into the folder; raises OutsideError as the disk does."""
        return self._laid(item, "publish", files)

    def withdraw(self, item: Item, remote: str) -> Receipt:
        """Lay down that a release is withdrawn; raises OutsideError as the disk does."""
        return self._laid(item, "withdraw", None)

    def receipt(self, item: Item, wanted: str, remote: str) -> Receipt | None:
        """Read the answer; None while there is none.

        A receipt for another manifest, or one that cannot be read, is told and not believed.
        """
        path = self._folder / RECEIPTS / f"{item.record}-{wanted}.json"
        try:
            with path.open("rb") as source:
                data = source.read(RECEIPT_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk.meaning(error, path) from error
        return _read(data, wanted, remote)

    def close(self) -> None:
        """Nothing stays open."""

    def _laid(self, item: Item, wanted: str, files: Opened | None) -> Receipt:
        if not (self._folder / OUTGOING).is_dir():  # a disk that is not plugged in must not become a folder
            raise OutsideError("elsewhere_unreachable", place=str(self._folder)[:200])
        target = self._folder / OUTGOING / f"{item.record}-{wanted}"
        manifest = _manifest(item, wanted)
        remote = hashlib.sha256(manifest).hexdigest()
        if target.is_dir():
            return Receipt("sent", remote=remote)
        part = target.with_name(f".{target.name}.part")
        with disk.explained(target):
            shutil.rmtree(part, ignore_errors=True)  # left by a process that was killed
            try:
                part.mkdir()
                if files is not None:
                    _copy(item, part, files)
                (part / MANIFEST).write_bytes(manifest)
                for path in part.iterdir():
                    disk.sync_file(path)
                part.rename(target)
            finally:
                shutil.rmtree(part, ignore_errors=True)
            disk.sync_folder(target.parent)
        return Receipt("sent", remote=remote)


def _copy(item: Item, part: Path, files: Opened) -> None:
    for attachment, kind in ((item.pdf, "pdf"), (item.docx, "docx")):
        with files(attachment.sha256) as source, (part / f"thong-cao.{kind}").open("wb") as out:
            shutil.copyfileobj(source, out, 1024 * 1024)


def _manifest(item: Item, wanted: str) -> bytes:
    told: dict[str, Any] = {"format": FORMAT, "action": wanted, "id": str(item.record), "number": item.mark}
    if wanted == "publish":
        told |= {
            "title": item.title,
            "agency": item.agency,
            "place": item.place,
            "date": item.date_on.isoformat(),
            "released_at": item.released_at.isoformat(),
            "text": list(item.text),
            "files": [
                {
                    "file": f"thong-cao.{kind}",
                    "name": safe_file_name(one.name, otherwise=f"thong-cao.{kind}"),
                    "size": one.size,
                    "sha256": one.sha256,
                }
                for one, kind in ((item.pdf, "pdf"), (item.docx, "docx"))
            ],
        }
        if item.corrects is not None:
            told["corrects"] = str(item.corrects)
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _read(data: bytes, wanted: str, remote: str) -> Receipt:
    strange = Receipt("sent", remote=remote, reason="elsewhere_receipt_strange")
    if len(data) > RECEIPT_BYTES:
        return strange
    try:
        told = json.loads(data)
        state, of, url = told["state"], told["manifest_sha256"], told.get("url", "")
        reason = clean_line(told.get("reason", ""), field="reason", limit=300)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UserError):
        return strange
    is_address = (
        isinstance(url, str) and len(url) <= 500 and (not url or url.startswith(("https://", "http://")))
    )
    if of != remote or state not in _STATES[wanted] or not is_address or not url.isprintable():
        return strange
    if state == "refused":
        return Receipt("quarantined", remote=remote, reason=reason or "elsewhere_refused")
    return Receipt(state, url if state == "published" else "", remote)
