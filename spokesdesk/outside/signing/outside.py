"""Signed with another program: the file is given out, signed there and loaded again."""

from pathlib import Path

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.signing import SignAsk

MOST_BYTES = 100 * 1024 * 1024


def read_pdf(path: Path) -> bytes:
    """Give a PDF file's bytes.

    Raises:
        UserError: ``sign_file_unreadable``, ``sign_file_large``, ``sign_not_pdf``.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("sign_file_large", field="file", limit=MOST_BYTES // 1024 // 1024)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("sign_file_unreadable", field="file", path=path) from error
    if not data.startswith(b"%PDF-"):
        raise UserError("sign_not_pdf", field="file", path=path)
    return data


class SignedOutside:
    """A file that was given out, signed with another program, and comes back.

    Args:
        file: the signed file.
    """

    adapter = "outside"

    def __init__(self, file: Path) -> None:
        self._file = file

    def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        """Give the file that came back.

        Raises:
            ConflictError: ``sign_other_file``: it does not begin with the bytes given out.
        """
        signed = read_pdf(self._file)
        if not signed.startswith(pdf) or len(signed) == len(pdf):
            raise ConflictError("sign_other_file", path=self._file)
        return signed
