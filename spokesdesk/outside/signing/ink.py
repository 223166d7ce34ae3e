"""Signed in ink: the scan of the paper is kept with it."""

from pathlib import Path

from spokesdesk.domain.signing import INK, SignAsk
from spokesdesk.outside.signing.outside import read_pdf


class InkScan:
    """The scan of a paper signed and sealed in ink.

    Args:
        file: the scan, a PDF.
    """

    adapter = INK

    def __init__(self, file: Path) -> None:
        self._file = file

    def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        """Give the scan; nothing in it can be checked."""
        return read_pdf(self._file)
