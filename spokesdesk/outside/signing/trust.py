"""The roots that this machine trusts: certificate files in a folder; none come with the program."""

from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.typeset.verify import certificates

ENDINGS = frozenset({".crt", ".cer", ".pem", ".der"})
_MOST_BYTES = 1024 * 1024


def roots_in(folder: Path) -> tuple[bytes, ...]:
    """Give the certificates in a folder, DER.

    Raises:
        UserError: ``trust_folder_missing``; ``trust_folder_empty`` when no file in it is a certificate.
    """
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
        held = [file.read_bytes() for file in files if file.stat().st_size <= _MOST_BYTES]
    except OSError as error:
        raise UserError("trust_folder_missing", field="trust", path=folder) from error
    found = tuple(one.dump() for data in held for one in certificates(data))
    if not found:
        raise UserError("trust_folder_empty", field="trust", path=folder)
    return found
