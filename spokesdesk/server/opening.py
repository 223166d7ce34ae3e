"""The portal's folder and database, as its commands open them."""

from pathlib import Path

from sqlalchemy.engine import Engine

from spokesdesk.domain.errors import OutsideError
from spokesdesk.server import database

_ADDRESS_FILE = "database-url"


def open_at(data: Path, url: str, *, keep: bool = False) -> Engine:
    """Give the database of the portal in a folder, both made ready.

    Args:
        data: the portal's folder.
        url: PostgreSQL; "" takes the one chosen before, or the embedded database.
        keep: the portal works with this address from now on. Else only the first is kept: what a copy or an upgrade is
            made with, the owner's, must not become the portal's.

    Raises:
        UserError: ``database_url_unknown``.
        OutsideError: ``portal_folder_failed``, ``database_unreachable``.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = database.open_database(url or remembered(data), data)
        if url and (keep or not remembered(data)):
            _remember(data, url)
    except OSError as error:
        raise OutsideError("portal_folder_failed", path=str(data), detail=error.strerror or "") from error
    return engine


def remembered(data: Path) -> str:
    """Give the database chosen before, so that a code made later lands where the portal looks."""
    path = data / _ADDRESS_FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _remember(data: Path, url: str) -> None:
    path = data / _ADDRESS_FILE
    path.touch(mode=0o600)
    path.write_text(url, encoding="utf-8")
