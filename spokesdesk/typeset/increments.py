"""Updates at the end of a PDF that leave its metadata alone."""

from io import BytesIO
from typing import Any


def writer_of(pdf: bytes, *, strict: bool = True) -> Any:
    """Give pyHanko's incremental writer for a file.

    The library would put every schema of the metadata into one description and name itself as the producer; the
    paper's metadata were true before, and archives (PDF/A-1b) take them as they are.

    Args:
        pdf: the file that gets an update.
        strict: refuse a file with small faults in its structure.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class KeptMetadata(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            return

    return KeptMetadata(BytesIO(pdf), strict=strict)
